/** Small pieces of text that several parts of the page share. */
import { printable } from '../../../term/printable.ts';
import type { RouteReport, Verdict } from '../../report.ts';
import { type Content, type Element, h } from '../element.ts';

const MOST_BREAKS = 40;

/** The name of a route; what could hide or turn text is shown as an escape. */
export function routeName(route: string): string {
  return printable(route) || '(empty path)';
}

export function verdictBadge(verdict: Verdict): Element {
  return h('span', { class: `verdict ${verdict}` }, verdict);
}

/** Whether the figure per call is the smallest leak that would have been seen. */
export function isBelow({ leakedBytesPerCall, detectableBytesPerCall }: RouteReport): boolean {
  return leakedBytesPerCall <= 0 && detectableBytesPerCall !== null;
}

export function heading(id: string, text: string): Element {
  return h('h2', { id }, text);
}

/** A path that a narrow column may break behind its slashes. */
export function breakable(path: string): Content[] {
  const parts = path.split(/(?<=\/)(?=[^/])/);
  const last = parts.length > MOST_BREAKS ? [parts.slice(MOST_BREAKS).join('')] : [];
  return [...parts.slice(0, MOST_BREAKS), ...last].flatMap((part, i) => (i < 2 ? [part] : [h('wbr', {}), part]));
}
