/**
 * Splits bytes into lines. Whole lines within a chunk are offered to the handler as bytes, without making strings; each
 * line it declines, and each line that a chunk boundary cuts, goes through split2, which joins the pieces, decodes them
 * and hands them back as text.
 *
 * Both kinds stay in the order of the file because split2 calls its mapper before `write` returns: it is a Transform
 * stream whose mapper pushes nothing, so it never has to wait for a reader. A test holds that.
 */
import { finished } from 'node:stream/promises';
import split2 from 'split2';

export interface LineHandler {
  /** The chunk that the following `plainLines` calls are about; its bytes do not change meanwhile. */
  startChunk(bytes: Buffer): void;
  /**
   * Reads whole lines of the chunk from `start` on, one behind the other, up to the first that is not to be read as bytes or
   * is longer than the bound: the scanner hands that one over as text.
   * @param lineNumber of the first.
   * @returns how many lines there were.
   */
  plainLines(start: number, lineNumber: number): number;
  /** Behind the newline of the last of them. */
  readonly plainEnd: number;
  /** A line without its newline; a carriage return at its end is still there. Invalid UTF-8 has become U+FFFD. */
  textLine(line: string, lineNumber: number): void;
  /** A line of more than `maxLineLength` characters; its text is lost. */
  tooLongLine(lineNumber: number): void;
}

const NEWLINE = 0x0a;

export class LineScanner {
  readonly #handler: LineHandler;
  readonly #maxLineLength: number;
  readonly #splitter: ReturnType<typeof split2>;
  /** Set while a line has begun whose end is not yet seen; its beginning is inside split2. */
  #pending = false;
  #lineNumber = 1;
  /** Whether split2 called back for the line just written. */
  #delivered = false;
  #failure: unknown;

  /** @param maxLineLength in characters; bounds the memory that one line can take. */
  constructor(handler: LineHandler, maxLineLength: number) {
    this.#handler = handler;
    this.#maxLineLength = maxLineLength;
    // @types/split2 does not know skipOverflow.
    const options = { maxLength: maxLineLength, skipOverflow: true };
    this.#splitter = split2('\n', (line: string) => this.#deliver(line), options);
    this.#splitter.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** Takes the next bytes of the input. Throws what the handler threw. */
  write(chunk: Buffer): void {
    this.#handler.startChunk(chunk);
    let start = 0;
    const end = chunk.length;
    while (start < end) {
      if (!this.#pending) {
        const lines = this.#handler.plainLines(start, this.#lineNumber);
        if (lines > 0) {
          this.#lineNumber += lines;
          start = this.#handler.plainEnd;
          if (start === end) return;
        }
      }
      const newline = chunk.indexOf(NEWLINE, start);
      if (newline < 0) {
        this.#pending = true;
        this.#splitter.write(chunk.subarray(start));
        this.#rethrow();
        return;
      }
      this.#writeWhole(chunk.subarray(start, newline + 1));
      this.#lineNumber++;
      start = newline + 1;
    }
  }

  /** The input has ended; its last line may lack a newline. */
  async end(): Promise<void> {
    this.#splitter.end();
    this.#splitter.resume();
    await finished(this.#splitter).catch((error) => {
      this.#failure ??= error;
    });
    this.#rethrow();
  }

  /** Hands split2 the rest of a line, newline included. */
  #writeWhole(slice: Buffer): void {
    this.#pending = false;
    this.#delivered = false;
    this.#splitter.write(slice);
    this.#rethrow();
    if (!this.#delivered) this.#handler.tooLongLine(this.#lineNumber);
  }

  #deliver(line: string): undefined {
    this.#delivered = true;
    try {
      if (line.length > this.#maxLineLength) this.#handler.tooLongLine(this.#lineNumber);
      else this.#handler.textLine(line, this.#lineNumber);
    } catch (error) {
      // Thrown through the stream, it would come a tick after `write` has returned.
      this.#failure ??= error;
    }
    return undefined;
  }

  #rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
