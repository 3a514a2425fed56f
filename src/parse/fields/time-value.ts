/** Points in time as logs write them. */
export interface LogTime {
  /** Milliseconds since 1970; of a wall clock, as if its zone were UTC, unless `zoned`. */
  time: number;
  zoned: boolean;
}

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Milliseconds of one: second, millisecond, microsecond, nanosecond since 1970. */
const EPOCH_UNITS = [1000, 1, 1e-3, 1e-6];

const ISO =
  /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT)| ?([+-])(\d\d):?(\d\d))?$/i;
const APACHE = /^\[?(\d\d)[/-]([A-Z][a-z]{2})[/-](\d{4})[: ](\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?\]?$/;
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A number since 1970 or a text; undefined for what is no time between 2000 and 2100 (a duration, for example). */
export function parseTime(value: unknown): LogTime | undefined {
  if (typeof value === 'number') return parseEpoch(value);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  if (/^\d{9,20}(?:\.\d{1,9})?$/.test(text)) return parseEpoch(Number(text));
  return parseIso(text) ?? parseApache(text) ?? parseCtime(text);
}

export function parseEpoch(value: number): LogTime | undefined {
  for (const unit of EPOCH_UNITS) {
    const time = value * unit;
    if (time >= EARLIEST && time < LATEST) return { time: Math.round(time), zoned: true };
  }
  return undefined;
}

function parseIso(text: string): LogTime | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction, utc, sign, offsetHours, offsetMinutes] = parts;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  const clock = clockTime(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  return moment(clock, utc !== undefined || sign !== undefined, sign, offsetHours, offsetMinutes);
}

function parseApache(text: string): LogTime | undefined {
  const parts = APACHE.exec(text);
  if (!parts) return undefined;
  const [, day, month, year, hour, minute, second, sign, offsetHours, offsetMinutes] = parts;
  const clock = clockTime(
    Number(year),
    MONTHS.indexOf(month!),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    0,
  );
  return moment(clock, sign !== undefined, sign, offsetHours, offsetMinutes);
}

function parseCtime(text: string): LogTime | undefined {
  const parts = CTIME.exec(text);
  if (!parts) return undefined;
  const [, month, day, hour, minute, second, year] = parts;
  const clock = clockTime(
    Number(year),
    MONTHS.indexOf(month!),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    0,
  );
  return moment(clock, false, undefined, undefined, undefined);
}

function clockTime(...[year, month, day, hour, minute, second, milliseconds]: number[]): number {
  if (month! < 0 || month! > 11 || day! < 1 || day! > 31 || hour! > 24 || minute! > 59 || second! > 60)
    return Number.NaN;
  return Date.UTC(year!, month, day, hour, minute, second, milliseconds);
}

function moment(
  clock: number,
  zoned: boolean,
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): LogTime | undefined {
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const time = clock - offset * 60_000;
  return time >= EARLIEST && time < LATEST ? { time, zoned } : undefined;
}
