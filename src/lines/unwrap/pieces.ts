/** Joins the pieces of lines that were cut: of every stream that has an unfinished line, what has come of it so far. */
import type { Archive, Archived } from '../../state/archive.ts';
import type { Layer } from './unwrapper.ts';
import type { InnerLine } from './wrapper.ts';

/** Streams of which an unfinished line is kept. */
const MOST_STREAMS = 256;
/** All unfinished lines together take at most so many times what one line may have. */
const MOST_LINES = 4;
const MOST_MARKING = 1000;

export class Pieces implements Archived {
  readonly #longest: number;
  #unfinished = new Map<string, Layer>();
  #length = 0;
  /** Wrappers, nested as they are, that have marked the end of a line. */
  #marking = new Set<string>();

  /** @param longest in characters; what is behind them is cut off, but for one, so that a line that was too long shows it. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  get count(): number {
    return this.#unfinished.size;
  }

  /** The whole line when it ends here, else undefined. */
  join(layer: Layer, stream: string, part: InnerLine['part']): Layer | undefined {
    const wrappers = layer.wrappers.join(' ');
    if (part === 'ended' && this.#marking.size < MOST_MARKING) this.#marking.add(wrappers);
    if ((part === 'whole' || part === 'ended') && this.#unfinished.size === 0) return layer;
    const key = `${wrappers}\n${layer.origin}\n${stream}`;
    const begun = this.#take(key);
    const goesOn = part === 'piece' || (part === 'perhaps' && this.#marking.has(wrappers));
    if (!goesOn) return begun ? { ...layer, text: this.#concatenated(begun.text, layer.text) } : layer;
    const whole = { ...layer, text: this.#concatenated(begun?.text ?? '', layer.text) };
    this.#unfinished.set(key, whole);
    this.#length += whole.text.length;
    while (this.#unfinished.size > MOST_STREAMS || this.#length > MOST_LINES * (this.#longest + 1))
      this.#forgetOldest();
    return undefined;
  }

  takeAll(): Layer[] {
    const layers = [...this.#unfinished.values()];
    this.#unfinished.clear();
    this.#length = 0;
    return layers;
  }

  transfer(archive: Archive): void {
    this.#unfinished = archive.value(this.#unfinished);
    this.#length = archive.value(this.#length);
    this.#marking = archive.value(this.#marking);
  }

  #concatenated(begun: string, text: string): string {
    if (begun.length > this.#longest) return begun;
    // A string of its own: a slice would keep the whole line alive.
    return begun + Buffer.from(text.slice(0, this.#longest + 1 - begun.length), 'utf8').toString('utf8');
  }

  #take(key: string): Layer | undefined {
    const layer = this.#unfinished.get(key);
    if (!layer) return undefined;
    this.#unfinished.delete(key);
    this.#length -= layer.text.length;
    return layer;
  }

  #forgetOldest(): void {
    const [oldest] = this.#unfinished.keys();
    if (oldest !== undefined) this.#take(oldest);
  }
}
