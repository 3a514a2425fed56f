/** Where lines were written, by what stands before them: the wrappers are taken off here, one line of each kind. */
import { Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import { type Row, textOf } from './engine.ts';

const LONGEST = 65_536;
/** Any text that no wrapper takes for a part of its own. */
const RECORD = '[pid: 1|app: 0|req: 1/1] - ()';

/** How docker's json-file begins a line; SQL takes it off, and leaves this before the rest of the prefix. */
export const DOCKER_BOX = '{"log":';

/** A record as its line was written. @param prefix of rows-sql.ts. */
export function lineOf(prefix: string, record: string): string {
  if (!prefix.startsWith(DOCKER_BOX)) return prefix + record;
  const log = `${prefix.slice(DOCKER_BOX.length)}${record}\n`;
  return JSON.stringify({ log, stream: 'stdout', time: '1970-01-01T00:00:00Z' });
}

export interface Places {
  /** Of each shape: host, pod, container; '' where it does not say. */
  origins: Map<string, string>;
  wrappers: string[];
}

/** @param rows each `shape`, and a `prefix` of it. */
export function originsOf(rows: readonly Row[]): Places {
  const unwrapper = new Unwrapper(WRAPPERS, LONGEST);
  const wrappers = new Set<string>();
  const origins = new Map<string, string>();
  for (const row of rows) {
    const [peeled] = unwrapper.peel(lineOf(textOf(row, 'prefix'), RECORD));
    const layer = peeled?.kind === 'layers' ? peeled.layers[0] : undefined;
    origins.set(textOf(row, 'shape'), layer?.origin ?? '');
    for (const name of layer?.wrappers ?? []) wrappers.add(name);
  }
  return { origins, wrappers: [...wrappers] };
}
