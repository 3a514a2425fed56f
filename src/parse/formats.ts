/** All formats, in the order in which they are tried on a line that the last one did not read. */
import type { ReadingOptions } from '../options.ts';
import { celery } from './celery/format.ts';
import type { Format } from './format.ts';
import { gunicorn } from './gunicorn/format.ts';
import { herokuMetrics } from './heroku/format.ts';
import { json } from './json/format.ts';
import { lambda } from './lambda/format.ts';
import { gunicornAccessLog, uwsgiLogFormat } from './log-format/formats.ts';
import { logfmt } from './logfmt/format.ts';
import { ltsv } from './ltsv/format.ts';
import { oink } from './oink/format.ts';
import { pattern } from './pattern/format.ts';
import { phpFpm } from './php-fpm/format.ts';
import { uwsgi } from './uwsgi/format.ts';

export const FORMATS: readonly Format[] = [
  pattern,
  uwsgiLogFormat,
  gunicornAccessLog,
  uwsgi,
  gunicorn,
  celery,
  phpFpm,
  oink,
  lambda,
  herokuMetrics,
  json,
  ltsv,
  logfmt,
];

/** Those that lines are offered to: the one that was asked for, or all of the known that can be used. */
export function formatsFor(reading: ReadingOptions, known: readonly Format[] = FORMATS): readonly Format[] {
  return known.filter(({ name, isAvailable }) =>
    reading.format === undefined ? isAvailable(reading) : name === reading.format,
  );
}

export function formatNamed(name: string): Format | undefined {
  return FORMATS.find((format) => format.name === name);
}
