/** What streaming makes of the few lines at the edges of workers' lives: how they began and ended. */
import type { Evidence } from '../attribute/evidence.ts';
import type { Options } from '../options.ts';
import { gather } from '../run.ts';
import { EVERYTHING } from '../select.ts';
import { linesSource } from '../source/source.ts';
import { numberOf, type Row, textOf } from './engine.ts';
import { lineOf } from './places.ts';

export interface Edges {
  evidence: Evidence;
}

/**
 * @param telling lines of the server about its processes, with `line` and `ord`.
 * @param ends the first and the last request of each life: prefix, pid, app, own, total, core and ord.
 */
export async function edgesOf(telling: readonly Row[], ends: readonly Row[], options: Options): Promise<Edges> {
  const rows = [
    ...telling.map((row) => ({ ord: row.ord, line: textOf(row, 'line').replaceAll('\n', ' ') })),
    ...ends.map((row) => ({ ord: row.ord, line: requestLine(row) })),
  ];
  const isNumeric = rows.every(({ ord }) => Number.isFinite(Number(ord)));
  const compare = isNumeric
    ? (a: unknown, b: unknown) => Number(a) - Number(b)
    : (a: unknown, b: unknown) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  const lines = rows.sort((a, b) => compare(a.ord, b.ord)).map(({ line }) => line);
  return await gather([linesSource('', lines)], { ...options, selection: EVERYTHING });
}

/** A request as uWSGI writes it, of which only the worker and the counters are looked at. */
function requestLine(row: Row): string {
  const counter = (key: string) => (numberOf(row, key) < 0 ? '-' : String(numberOf(row, key)));
  const core = Math.max(0, numberOf(row, 'core'));
  const head = `[pid: ${textOf(row, 'pid')}|app: ${counter('app')}|req: ${counter('own')}/${counter('total')}] - ()`;
  const middle = '{1 vars in 1 bytes} [Thu Jan  1 00:00:00 1970] GET / => generated 0 bytes in 0 msecs (HTTP/1.1 200)';
  return lineOf(textOf(row, 'prefix'), `${head} ${middle} 1 headers in 1 bytes (1 switches on core ${core})`);
}
