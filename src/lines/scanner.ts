/**
 * Splits bytes into lines. Whole lines within a chunk are offered to the handler as bytes, without making strings; each
 * line it declines, and each line that a chunk boundary cuts, goes through split2, which joins the pieces, decodes them
 * and hands them back as text.
 *
 * Both kinds stay in the order of the file because split2 calls its mapper before `write` returns: it is a Transform
 * stream whose mapper pushes nothing, so it never has to wait for a reader. A test holds that.
 */
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

/** The beginning of a line. */
export interface LinePlace {
  /** Bytes of the input before it. */
  offset: number;
  /** From 1 on. */
  lineNumber: number;
}

export const BEGINNING: LinePlace = { offset: 0, lineNumber: 1 };

const NEWLINE = 0x0a;

export class LineScanner {
  readonly #handler: LineHandler;
  readonly #maxLineLength: number;
  readonly #splitter: ReturnType<typeof split2>;
  /** Set while a line has begun whose end is not yet seen; its beginning is inside split2. */
  #pending = false;
  #lineNumber: number;
  /** Whether split2 called back for the line just written. */
  #delivered = false;
  #failure: unknown;
  /** All bytes that were written, and those up to the end of the last whole line. */
  #written: number;
  #wholeLines: number;

  /**
   * @param maxLineLength in characters; bounds the memory that one line can take.
   * @param start where in the input the first line begins that is to come.
   */
  constructor(handler: LineHandler, maxLineLength: number, start: LinePlace = BEGINNING) {
    this.#handler = handler;
    this.#maxLineLength = maxLineLength;
    this.#written = this.#wholeLines = start.offset;
    this.#lineNumber = start.lineNumber;
    // @types/split2 does not know skipOverflow.
    const options = { maxLength: maxLineLength, skipOverflow: true };
    this.#splitter = split2('\n', (line: string) => this.#deliver(line), options);
    this.#splitter.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** Behind the last whole line, where a later reading can go on; after the end, behind all. */
  get place(): LinePlace {
    return { offset: this.#wholeLines, lineNumber: this.#lineNumber };
  }

  /** Bytes of the input up to where it was read. */
  get readBytes(): number {
    return this.#written;
  }

  /** Takes the next bytes of the input. Throws what the handler threw. */
  write(chunk: Buffer): void {
    this.#handler.startChunk(chunk);
    let start = 0;
    const end = chunk.length;
    const before = this.#written;
    this.#written += end;
    while (start < end) {
      if (!this.#pending) {
        const lines = this.#handler.plainLines(start, this.#lineNumber);
        if (lines > 0) {
          this.#lineNumber += lines;
          start = this.#handler.plainEnd;
          this.#wholeLines = before + start;
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
      this.#wholeLines = before + start;
    }
  }

  /** The input has ended; its last line may lack a newline. */
  end(): void {
    if (this.#pending) {
      this.#writeWhole(Buffer.from('\n'));
      this.#lineNumber++;
    }
    this.#wholeLines = this.#written;
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
