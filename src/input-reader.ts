/** Takes the bytes of one input through lines and formats into the analysis. */
import type { Analysis } from './analysis.ts';
import type { ClassicSums } from './attribute/classic.ts';
import { BEGINNING, type LinePlace, LineScanner } from './lines/scanner.ts';
import type { Options } from './options.ts';
import { Recognizer } from './parse/recognizer.ts';
import type { Archive, Archived } from './state/archive.ts';

export interface InputPlace {
  /** The number of the input in the analysis, which has begun it. */
  input: number;
  /** See {@link Source.place}. */
  place: string;
  /** Where its bytes begin that are to come. */
  start?: LinePlace;
}

export class InputReader implements Archived {
  readonly input: number;
  readonly #analysis: Analysis;
  readonly #recognizer: Recognizer;
  readonly #scanner: LineScanner;

  /** @param classic also sees every line. @throws UserError when the options of a format are wrong. */
  constructor(
    analysis: Analysis,
    options: Options,
    { input, place, start = BEGINNING }: InputPlace,
    classic?: ClassicSums,
  ) {
    this.input = input;
    this.#analysis = analysis;
    this.#recognizer = new Recognizer(analysis.memory, analysis, options, place);
    const handler = classic ? classic.tap(this.#recognizer) : this.#recognizer;
    this.#scanner = new LineScanner(handler, options.maxLineLength, start);
  }

  /** Readers of one analysis may take turns. */
  write(chunk: Buffer): void {
    this.#analysis.continueInput(this.input);
    this.#scanner.write(chunk);
  }

  /** The input is over; what was begun in it is read as it is. */
  end(): void {
    this.#analysis.continueInput(this.input);
    this.#scanner.end();
    this.#recognizer.finish();
  }

  /** Behind the last whole line. */
  get place(): LinePlace {
    return this.#scanner.place;
  }

  /** Up to where it was read, the line that has begun included. */
  get readBytes(): number {
    return this.#scanner.readBytes;
  }

  /** What earlier lines mean for the reading of later ones; without the line that has begun. */
  transfer(archive: Archive): void {
    this.#recognizer.transfer(archive);
  }
}
