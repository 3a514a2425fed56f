/**
 * The whole terminal as a page of lines, on the screen that terminals keep beside the usual one: what stood there before comes
 * back. Only lines that have changed are written, in one write that terminals show at once where they can.
 */
import {
  BEGIN_UPDATE,
  CLEAR,
  CLEAR_REST_OF_LINE,
  END_UPDATE,
  HIDE_CURSOR,
  SHOW_CURSOR,
} from '../term/terminal-codes.ts';

/** What is needed of a terminal. */
export interface Terminal {
  write: (text: string) => unknown;
  columns?: number;
  rows?: number;
}

const ENTER = `\x1b[?1049h${HIDE_CURSOR}${CLEAR}`;
const LEAVE = `${SHOW_CURSOR}\x1b[?1049l`;
/** Of a terminal that does not tell its size. */
const USUAL = { columns: 80, rows: 24 };

export class FullScreen {
  readonly #terminal: Terminal;
  #shown: string[] = [];
  #size = '';
  #isOpen = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get columns(): number {
    return this.#terminal.columns || USUAL.columns;
  }

  get rows(): number {
    return this.#terminal.rows || USUAL.rows;
  }

  open(): void {
    this.#isOpen = true;
    this.#terminal.write(ENTER);
  }

  /** @param lines each of at most as many columns as there are. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const size = `${this.columns}x${this.rows}`;
    let text = '';
    if (size !== this.#size) {
      this.#shown = [];
      this.#size = size;
      text = CLEAR;
    }
    const next = Array.from({ length: this.rows }, (_, row) => lines[row] ?? '');
    for (const [row, line] of next.entries()) {
      if (line !== (this.#shown[row] ?? '')) text += `\x1b[${row + 1};1H${line}${CLEAR_REST_OF_LINE}`;
    }
    this.#shown = next;
    if (text !== '') this.#terminal.write(`${BEGIN_UPDATE}${text}${END_UPDATE}`);
  }

  /** Gives the terminal back as it was; any number of times. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#terminal.write(LEAVE);
  }
}
