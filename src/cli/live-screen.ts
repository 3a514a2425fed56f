/**
 * Text on a terminal that is replaced in place, without flicker: what is new is written over what is old, line by line, in one
 * write that terminals show at once where they can (the "synchronized output" mode; others ignore it).
 */
import type { Output } from './surroundings.ts';

const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_REST_OF_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

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
    this.#output.write(`${BEGIN}${start}${body}${CLEAR_BELOW}${END}`);
    this.#rows = lines.length;
  }

  /** Takes the text away and gives the cursor back. */
  close(): void {
    if (!this.#isStarted) return;
    this.#output.write(`${BEGIN}${this.#home()}${CLEAR_BELOW}${SHOW_CURSOR}${END}`);
    this.#isStarted = false;
    this.#rows = 0;
  }

  /** To the first row of the last text. */
  #home(): string {
    // Its lines are broken anew, nobody knows where.
    if (this.#output.columns !== this.#columns) return '\x1b[2J\x1b[H';
    return this.#rows > 0 ? `\x1b[${this.#rows}A\r` : '\r';
  }
}
