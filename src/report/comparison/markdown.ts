/** A comparison for a pull request: the answer and at most twenty rows, changes first. */
import type { Comparison } from '../../compare/comparison.ts';
import { printable } from '../../term/text.ts';
import { plural, type UnitSystem } from '../../term/units.ts';
import { answer, logText, rowsOf, WORDS } from './words.ts';

const MOST_ROWS = 20;
const SIGNS = { 'new-leak': '🔴', worse: '🔴', better: '🟢', gone: '🟢', 'cannot-tell': '⚪', same: '⚪' } as const;

export function printComparisonMarkdown(comparison: Comparison, units: UnitSystem): string {
  const rows = rowsOf(comparison, MOST_ROWS, units, '–');
  const hidden = comparison.routes.length - rows.length;
  const cells = rows.map(({ change, route, before, after, difference, interval }) => [
    `${SIGNS[change]} ${WORDS[change]}`,
    code(route || '(empty path)'),
    before,
    after,
    difference.replace('<', '&lt;'),
    interval,
  ]);
  return [
    `### leakrank: ${answer(comparison)}`,
    '',
    `Before: ${code(comparison.base.name)}, ${logText(comparison.base)}  `,
    `After: ${code(comparison.head.name)}, ${logText(comparison.head)}`,
    ...(cells.length > 0
      ? [
          '',
          '| change | route | before | after | per call | 95 % interval |',
          '|---|---|--:|--:|--:|--:|',
          ...cells.map((row) => `| ${row.join(' | ')} |`),
        ]
      : []),
    ...(hidden > 0 ? ['', `And ${plural(hidden, 'more route')}.`] : []),
    '',
  ].join('\n');
}

/**
 * As code, in which neither HTML nor links, mentions or emphasis are read; the fence is longer than any run of backticks
 * inside. A pipe would end the cell, even in code.
 */
function code(text: string): string {
  const safe = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}
