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
  }
}

function since1970(text: string, milliseconds: number): Moment {
  const value = Number(text);
  return Number.isFinite(value) && value > 0 && text !== ''
    ? { time: Math.floor(value * milliseconds), zoned: true }
    : NO_TIME;
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
