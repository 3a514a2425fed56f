/** Times as uWSGI and gunicorn write them. */
import { ABSENT } from '../reading.ts';
import type { TimeUnit } from './piece.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface Moment {
  /** Milliseconds since 1970; of the wall clock as if it were UTC's where `zoned` is false. ABSENT when it is no time. */
  time: number;
  zoned: boolean;
}

const NO_TIME: Moment = { time: ABSENT, zoned: false };

export function momentOf(text: string, unit: TimeUnit): Moment {
  switch (unit) {
    case 's':
      return since1970(text, 1000);
    case 'ms':
      return since1970(text, 1);
    case 'us':
      return since1970(text, 0.001);
    case 'ctime':
      return ctime(text);
    case 'clf':
      return clf(text);
    case 'any':
      return anyTime(text.trim());
  }
}

function since1970(text: string, milliseconds: number): Moment {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 && text !== ''
    ? { time: Math.floor(value * milliseconds), zoned: true }
    : NO_TIME;
}

/** Seconds, milliseconds or microseconds since 1970 by their size, or a date as servers write it. */
function anyTime(text: string): Moment {
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return momentOf(text, 's');
  if (/^\d{12,13}(?:\.\d+)?$/.test(text)) return momentOf(text, 'ms');
  if (/^\d{15,16}$/.test(text)) return momentOf(text, 'us');
  return [iso, clf, ctime].map((read) => read(text)).find(({ time }) => time !== ABSENT) ?? NO_TIME;
}

/** "2026-11-23T20:51:34.123Z", "2026-11-23 20:51:34,123 +0100": without a zone it is a wall clock's. */
function iso(text: string): Moment {
  const parts =
    /^\[?(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|[+-]\d\d:?\d\d))?\]?$/i.exec(
      text,
    );
  if (!parts) return NO_TIME;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const milliseconds = Math.floor(Number(`0.${parts[7] ?? 0}`) * 1000 + 1e-6);
  const time = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!, milliseconds);
  const zone = parts[8];
  if (zone === undefined || zone.toUpperCase() === 'Z') return { time, zoned: zone !== undefined };
  const offset = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
  return { time: zone[0] === '-' ? time + offset : time - offset, zoned: true };
}

/** "Mon Nov 23 20:51:34 2026" */
function ctime(text: string): Moment {
  const parts = /^[A-Za-z]{3} ([A-Za-z]{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(text);
  const month = parts ? MONTHS.indexOf(parts[1]!) : -1;
  if (!parts || month < 0) return NO_TIME;
  const [day, hour, minute, second, year] = parts.slice(2).map(Number);
  return { time: Date.UTC(year!, month, day!, hour!, minute!, second!), zoned: false };
}

/** "23/Nov/2026:20:51:34 +0000", maybe in brackets. */
function clf(text: string): Moment {
  const parts = /^\[?(\d\d)\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\]?$/.exec(text);
  const month = parts ? MONTHS.indexOf(parts[2]!) : -1;
  if (!parts || month < 0) return NO_TIME;
  const [day, year, hour, minute, second] = [1, 3, 4, 5, 6].map((i) => Number(parts[i]));
  const offset = (Number(parts[8]) * 60 + Number(parts[9])) * 60_000 * (parts[7] === '-' ? -1 : 1);
  return { time: Date.UTC(year!, month, day!, hour!, minute!, second!) - offset, zoned: true };
}
