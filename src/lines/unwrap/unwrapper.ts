/**
 * Takes wrappers off a line, up to four, one inside the other, and joins lines that a wrapper had cut. One per input, since
 * it remembers the beginnings of lines that are not complete yet.
 */
import type { Wrapper } from './wrapper.ts';

const MOST_WRAPPERS = 4;
/** Streams of which an unfinished line is kept. */
const MOST_STREAMS = 256;

/** A line with some of its wrappers taken off; the outermost layer is the line as it stands in the log. */
export interface Layer {
  text: string;
  /** All wrappers' origins, outermost first, joined by slashes; '' when none names one. */
  origin: string;
  /** Of the innermost wrapper that names a time; milliseconds, or -1. */
  time: number;
  zoned: boolean;
  /** Names of the wrappers taken off. */
  wrappers: readonly string[];
}

export class Unwrapper {
  readonly #wrappers: readonly Wrapper[];
  readonly #longest: number;
  /** Of each cut line what has come so far. */
  readonly #pieces = new Map<string, string>();
  /** The wrapper that was on the last line, at each depth: neighbours are alike. */
  readonly #last: (Wrapper | undefined)[] = [];

  /** @param longest joined lines are cut after so many characters. */
  constructor(wrappers: readonly Wrapper[], longest: number) {
    this.#wrappers = wrappers;
    this.#longest = longest;
  }

  /** The layers of a line, innermost first; empty when the line is a piece whose end is still to come. */
  layers(line: string): Layer[] {
    const layers: Layer[] = [{ text: line, origin: '', time: -1, zoned: false, wrappers: [] }];
    for (let depth = 0; depth < MOST_WRAPPERS; depth++) {
      const outer = layers[0]!;
      const found = this.#unwrap(outer.text, depth);
      if (!found) break;
      const { wrapper, inside } = found;
      const origin = [outer.origin, inside.origin].filter((part) => part !== '').join('/');
      const key = `${depth} ${wrapper.name} ${origin} ${inside.stream}`;
      const text = this.#joined(key, inside.text, inside.partial);
      if (text === undefined) return [];
      const timed = inside.time >= 0 ? inside : outer;
      layers.unshift({
        text,
        origin,
        time: timed.time,
        zoned: timed.zoned,
        wrappers: [...outer.wrappers, wrapper.name],
      });
    }
    return layers;
  }

  #unwrap(text: string, depth: number) {
    const usual = this.#last[depth];
    const first = usual?.unwrap(text);
    if (usual && first) return { wrapper: usual, inside: first };
    for (const wrapper of this.#wrappers) {
      if (wrapper === usual) continue;
      const inside = wrapper.unwrap(text);
      if (!inside) continue;
      this.#last[depth] = wrapper;
      return { wrapper, inside };
    }
    return undefined;
  }

  #joined(key: string, text: string, partial: boolean): string | undefined {
    const begun = this.#pieces.get(key);
    if (begun === undefined && !partial) return text;
    const whole = ((begun ?? '') + text).slice(0, this.#longest + 1);
    if (!partial) {
      this.#pieces.delete(key);
      return whole;
    }
    if (begun === undefined && this.#pieces.size >= MOST_STREAMS) {
      const [oldest] = this.#pieces.keys();
      this.#pieces.delete(oldest!);
    }
    this.#pieces.set(key, whole);
    return undefined;
  }
}
