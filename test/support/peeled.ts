/** What is left of lines when their wrappers are taken off. */
import { type Layer, type Peeled, Unwrapper } from '../../src/lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../../src/lines/unwrap/wrappers.ts';

export function unwrapper(longest: number = 2 ** 20): Unwrapper {
  return new Unwrapper(WRAPPERS, longest);
}

/** The innermost layer of each line that these lines of a log hold. */
export function innermost(lines: readonly string[], longest?: number): Layer[] {
  const own = unwrapper(longest);
  return [...lines.flatMap((line) => own.peel(line)), ...own.finish()].map(layerOf);
}

/** Of a log of one line. */
export function peeledLine(line: string): Layer {
  const [layer, ...more] = innermost([line]);
  if (!layer || more.length > 0) throw new Error(`${more.length + (layer ? 1 : 0)} lines in ${line}`);
  return layer;
}

function layerOf(peeled: Peeled): Layer {
  if (peeled.kind === 'lost') throw new Error('the line is lost');
  return peeled.layers[0]!;
}
