/**
 * Takes wrappers off a line, one inside the other, and joins lines that a wrapper had cut. One per input, since it remembers
 * the beginnings of lines that are not complete yet.
 */
import type { Archive, Archived } from '../../state/archive.ts';
import { Pieces } from './pieces.ts';
import type { InnerLine, LostLine, Wrapper } from './wrapper.ts';

/** Four that stand around each other, and what travels between them: octet counts, colours. */
const MOST_WRAPPERS = 6;

/** A line with some of its wrappers taken off; the outermost layer is the line as it stands in the log. */
export interface Layer {
  text: string;
  /** All wrappers' origins, outermost first, joined by slashes; '' when none names one. */
  origin: string;
  /** Of the innermost wrapper that names a time with a zone, else of the innermost that names one; milliseconds, or -1. */
  time: number;
  zoned: boolean;
  /** Of the innermost wrapper that names a process; -1. */
  pid: number;
  /** Names of the wrappers taken off. */
  wrappers: readonly string[];
}

/** The layers of one line, innermost first; or a line that something before us has lost. */
export type Peeled = { kind: 'layers'; layers: Layer[] } | LostLine;

const MOST_LISTS = 1000;
const NO_WRAPPERS: readonly string[] = [];

export class Unwrapper implements Archived {
  /** By the first character's code; all that are not ASCII share the last. */
  readonly #candidates: readonly (readonly Wrapper[])[];
  readonly #pieces: Pieces;
  /** Lists of names, so that lines with the same wrappers share one. */
  readonly #names = new Map<string, readonly string[]>();

  /** @param longest joined lines are cut after so many characters. */
  constructor(wrappers: readonly Wrapper[], longest: number) {
    this.#candidates = Array.from({ length: 129 }, (_, code) => wrappers.filter(({ begins }) => begins(code)));
    this.#pieces = new Pieces(longest);
  }

  /** Lines that are begun and not ended. */
  get unfinished(): number {
    return this.#pieces.count;
  }

  /** What a line holds: nothing when it is a piece whose end is still to come, several lines when a collector bundles them. */
  peel(line: string): Peeled[] {
    const found: Peeled[] = [];
    // Some tools begin a file with a byte order mark.
    const text = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
    this.#peel([{ text, origin: '', time: -1, zoned: false, pid: -1, wrappers: NO_WRAPPERS }], found);
    return found;
  }

  /** The input has ended: what the unfinished lines hold. */
  finish(): Peeled[] {
    const found: Peeled[] = [];
    for (const layer of this.#pieces.takeAll()) this.#peel([layer], found);
    return found;
  }

  transfer(archive: Archive): void {
    this.#pieces.transfer(archive);
  }

  #peel(layers: Layer[], found: Peeled[]): void {
    for (;;) {
      const outer = layers[0]!;
      if (outer.wrappers.length >= MOST_WRAPPERS) break;
      const first = outer.text.charCodeAt(0);
      const result = this.#unwrap(outer.text, first < 128 ? first : 128);
      if (!result) break;
      const { wrapper, inside } = result;
      if (inside.kind === 'lost') {
        found.push({ ...inside, origin: join(outer.origin, inside.origin) });
        return;
      }
      if (inside.kind === 'lines') {
        for (const line of inside.lines) this.#add(layers.slice(), wrapper, line, found);
        return;
      }
      const layer = this.#joined(outer, wrapper, inside);
      if (!layer) return;
      layers.unshift(layer);
    }
    found.push({ kind: 'layers', layers });
  }

  #add(layers: Layer[], wrapper: Wrapper, line: InnerLine, found: Peeled[]): void {
    const layer = this.#joined(layers[0]!, wrapper, line);
    if (!layer) return;
    // The line around several others is none of them.
    layers[0] = layer;
    this.#peel(layers, found);
  }

  #unwrap(text: string, code: number) {
    for (const wrapper of this.#candidates[code] ?? []) {
      const inside = wrapper.unwrap(text);
      if (inside) return { wrapper, inside };
    }
    return undefined;
  }

  /** The layer inside, its pieces joined; undefined when it is one that does not end yet. */
  #joined(outer: Layer, wrapper: Wrapper, inside: InnerLine): Layer | undefined {
    const isBetter = inside.time >= 0 && (inside.zoned || !outer.zoned);
    const layer: Layer = {
      text: inside.text,
      origin: join(outer.origin, inside.origin),
      time: isBetter ? inside.time : outer.time,
      zoned: isBetter ? inside.zoned : outer.zoned,
      pid: inside.pid >= 0 ? inside.pid : outer.pid,
      wrappers: this.#namesWith(outer.wrappers, wrapper.name),
    };
    return this.#pieces.join(layer, inside.stream, inside.part);
  }

  #namesWith(names: readonly string[], name: string): readonly string[] {
    const key = `${names.join(' ')} ${name}`;
    let list = this.#names.get(key);
    if (!list) {
      list = [...names, name];
      if (this.#names.size < MOST_LISTS) this.#names.set(key, list);
    }
    return list;
  }
}

function join(outer: string, inner: string): string {
  if (outer === '' || inner === '') return outer + inner;
  return `${outer}/${inner}`;
}
