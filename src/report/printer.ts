/** What a printer is: a function of the one Report that returns text. Where the text goes is not its business. */
import type { ClassicRow } from '../attribute/classic.ts';
import type { UnitSystem } from '../term/units.ts';
import type { Report } from './report.ts';

export interface PrintStyle {
  /** Columns of the terminal; Infinity leaves nothing out. */
  width: number;
  /** Rows to print at most. */
  top: number;
  colour: boolean;
  /** Nothing but ASCII. */
  ascii: boolean;
  units: UnitSystem;
}

export interface PrintContext {
  style: PrintStyle;
  /** The text goes to a person's screen, not into a file or a pipe. */
  toTerminal: boolean;
  /** For `classic` only, which prints figures of its own. */
  classicRows: readonly ClassicRow[];
}

export type Printer = (report: Report, context: PrintContext) => string;
