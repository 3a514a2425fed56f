/**
 * Text on a terminal that is replaced in place, without flicker: what is new is written over what is old, line by line, in one
 * write that terminals show at once where they can.
 */
import {
  BEGIN_UPDATE,
  CLEAR,
  CLEAR_BELOW,
  CLEAR_REST_OF_LINE,
  END_UPDATE,
  HIDE_CURSOR,
  SHOW_CURSOR,
} from '../term/terminal-codes.ts';
import type { Output } from './surroundings.ts';

export class LiveScreen {
  readonly #output: Output;
  /** Rows that the last text takes. */
  #rows = 0;
  #columns: number | undefined;
  #isStarted = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** @param text of lines that fit the width; as many are shown as fit the height. */
  show(text: string): void {
    const rows = Math.max(2, this.#output.rows ?? 24) - 1;
    const lines = text.trimEnd().split('\n').slice(0, rows);
    const start = this.#isStarted ? this.#home() : `${HIDE_CURSOR}\r`;
    this.#isStarted = true;
    this.#columns = this.#output.columns;
    const body = lines.map((line) => `${line}${CLEAR_REST_OF_LINE}\n`).join('');
    this.#output.write(`${BEGIN_UPDATE}${start}${body}${CLEAR_BELOW}${END_UPDATE}`);
    this.#rows = lines.length;
  }

  /** Takes the text away and gives the cursor back. */
  close(): void {
    if (!this.#isStarted) return;
    this.#output.write(`${BEGIN_UPDATE}${this.#home()}${CLEAR_BELOW}${SHOW_CURSOR}${END_UPDATE}`);
    this.#isStarted = false;
    this.#rows = 0;
  }

  /** To the first row of the last text. */
  #home(): string {
    // Its lines are broken anew, nobody knows where.
    if (this.#output.columns !== this.#columns) return `${CLEAR}\x1b[H`;
    return this.#rows > 0 ? `\x1b[${this.#rows}A\r` : '\r';
  }
}
