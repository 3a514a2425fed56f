/** The routes of a log as a file of rules, and the explanation of one path, as text. */
import type { PathExplanation } from '../rank/explain-path.ts';
import type { RouteRow } from '../rank/route-table.ts';
import { printable } from '../term/text.ts';
import { formatCount, plural } from '../term/units.ts';

const WIDEST_RULE = 60;

/** A rule per line, and behind it as a comment its calls and examples. */
export function printRoutes(rows: readonly RouteRow[], total: number): string {
  const texts = rows.map(({ rule, route }) => printable(rule ?? `# ${route}`));
  const width = Math.min(WIDEST_RULE, Math.max(0, ...texts.map(({ length }) => length)));
  const counts = rows.map(({ calls }) => formatCount(calls));
  const countWidth = Math.max(0, ...counts.map(({ length }) => length));
  const lines = rows.map(({ examples }, i) => {
    const shown = examples.map((example) => printable(example)).join('  ');
    return `${texts[i]!.padEnd(width)}  # ${counts[i]!.padStart(countWidth)}  ${shown}`.trimEnd();
  });
  return `# ${plural(rows.length, 'route')}, ${plural(total, 'call')}; edit and give back with --routes-from\n${lines.join('\n')}\n`;
}

export function printPathExplanation({ path, route, reasons }: PathExplanation): string {
  return `${printable(path)} is ${printable(route)}\n${reasons.map((reason) => `  ${printable(reason)}\n`).join('')}`;
}
