/** All formats, in the order in which they are tried on a line that the last one did not read. */
import type { ReadingOptions } from '../options.ts';
import type { Format } from './format.ts';
import { gunicorn } from './gunicorn/format.ts';
import { json } from './json/format.ts';
import { gunicornAccessLog, uwsgiLogFormat } from './log-format/formats.ts';
import { logfmt } from './logfmt/format.ts';
import { ltsv } from './ltsv/format.ts';
import { uwsgi } from './uwsgi/format.ts';

export const FORMATS: readonly Format[] = [uwsgiLogFormat, gunicornAccessLog, uwsgi, gunicorn, json, ltsv, logfmt];

/** Those that lines are offered to: the one that was asked for, or all that can be used. */
export function formatsFor(reading: ReadingOptions): readonly Format[] {
  return FORMATS.filter(({ name, isAvailable }) =>
    reading.format === undefined ? isAvailable(reading) : name === reading.format,
  );
}

export function formatNamed(name: string): Format | undefined {
  return FORMATS.find((format) => format.name === name);
}
