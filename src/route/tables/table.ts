/** What the readers of route tables have in common. */
import type { Rule } from '../rules/rule.ts';

/** Undefined where the text is not of this kind. `where` of a line: `routes.txt:4`. */
export type TableReader = (text: string, file: string) => Rule[] | undefined;

/** The lines with their numbers, without colours of a terminal. */
export function linesOf(text: string): { line: string; number: number }[] {
  return text.split(/\r?\n/).map((line, i) => ({ line: line.replace(COLOURS, ''), number: i + 1 }));
}

const COLOURS = /\u001b\[[\d;]*m/g;
