/** A string that counts the characters which its methods have to look at, for those methods that parsers of log formats use. */
export class CountedText {
  steps = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length(): number {
    return this.#text.length;
  }

  charCodeAt(at: number): number {
    this.steps++;
    return this.#text.charCodeAt(at);
  }

  startsWith(part: string, at = 0): boolean {
    this.steps += part.length;
    return this.#text.startsWith(part, at);
  }

  indexOf(part: string, from = 0): number {
    const found = this.#text.indexOf(part, from);
    this.steps += (found < 0 ? this.#text.length : found) - from + part.length;
    return found;
  }

  lastIndexOf(part: string, from: number): number {
    const found = this.#text.lastIndexOf(part, from);
    this.steps += from - Math.max(found, 0) + part.length;
    return found;
  }

  slice(start?: number, end?: number): string {
    const part = this.#text.slice(start, end);
    this.steps += part.length;
    return part;
  }
}
