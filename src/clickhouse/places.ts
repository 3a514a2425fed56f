/** Where lines were written, by what stands before them: the wrappers are taken off here, one line of each kind. */
import { Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import { type Row, textOf } from './engine.ts';

const LONGEST = 65_536;
/** Any text that no wrapper takes for a part of its own. */
const RECORD = '[pid: 1|app: 0|req: 1/1] - ()';

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
    const [peeled] = unwrapper.peel(`${textOf(row, 'prefix')}${RECORD}`);
    const layer = peeled?.kind === 'layers' ? peeled.layers[0] : undefined;
    origins.set(textOf(row, 'shape'), layer?.origin ?? '');
    for (const name of layer?.wrappers ?? []) wrappers.add(name);
  }
  return { origins, wrappers: [...wrappers] };
}
