/** The options that shape an analysis: with others, what was read before would have come out differently. */
import type { Options } from '../options.ts';
import type { Shape } from './state-file.ts';

/** @param separate whether files of different names are of different servers. */
export function shapeOf(options: Options, separate: boolean) {
  const { reading, metric, group, rules, by, selection, maxRoutes, maxLineLength } = options;
  const values = {
    separate,
    input: reading.format ?? null,
    'log-format': reading.logFormats,
    'log-encoder': reading.logEncoders,
    pattern: reading.patterns,
    field: reading.fields,
    metric: metric ?? null,
    group,
    route: rules.all.map(({ name, text }) => [name, text]),
    by,
    since: selection.since ?? null,
    until: selection.until ?? null,
    status: selection.statuses,
    method: selection.methods,
    'max-routes': maxRoutes,
    'max-line-length': maxLineLength,
  };
  const shape: Shape = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]));
  return shape;
}
