/** A comparison for a person at a terminal: the answer, the routes, the reasons for what changed. */
import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import type { Change, Comparison, RouteComparison } from '../../compare/comparison.ts';
import { type Paint, painter, type Style } from '../../term/colour.ts';
import { printable, shortenMiddle, wrap } from '../../term/text.ts';
import { formatBytes, plural } from '../../term/units.ts';
import { MOST_ROWS, type TableStyle } from '../table.ts';
import { answer, logText, type Row, rowsOf, WORDS } from './words.ts';

const COLOUR: Record<Change, Style> = {
  'new-leak': 'red',
  worse: 'red',
  better: 'green',
  gone: 'green',
  'cannot-tell': 'yellow',
  same: 'dim',
};
const GAP = 2;
const NARROWEST_ROUTE = 16;
const WIDEST_TEXT = 100;
const MOST_REASONS = 10;

/** Left out first where there is no room for all: the last. */
const COLUMNS = ['difference', 'after', 'before', 'calls', 'interval'] as const satisfies readonly (keyof Row)[];
type ColumnName = (typeof COLUMNS)[number];
const TITLES: Record<ColumnName, string> = {
  before: 'BEFORE',
  after: 'AFTER',
  difference: 'PER CALL',
  interval: '95 % INTERVAL',
  calls: 'CALLS',
};
const ORDER: readonly ColumnName[] = ['before', 'after', 'difference', 'interval', 'calls'];

export function printComparisonTable(comparison: Comparison, style: TableStyle): string {
  const paint = painter(style.colour);
  const width = Math.min(style.width, WIDEST_TEXT);
  const none = style.ascii ? '-' : '–';
  const rows = rowsOf(comparison, Math.min(style.top, MOST_ROWS), style.units, none);
  const plain = (text: string) => asciiOf(printable(text), style.ascii);
  const about = (word: string, log: Comparison['base']) => wrap(`${word} ${plain(log.name)}: ${logText(log)}`, width);
  const lines = [
    ...about('Before:', comparison.base),
    ...about('After: ', comparison.head),
    ...wrap(answer(comparison), width).map((line) => paint('bold', line)),
  ];
  if (rows.length > 0) lines.push('', ...tableLines(rows, style, paint), '');
  lines.push(...reasons(comparison, plain, width, paint), ...notes(comparison, rows, style, width, paint));
  return `${lines.join('\n')}\n`;
}

function tableLines(rows: readonly Row[], { width, ascii }: TableStyle, paint: Paint): string[] {
  const widthOf = (texts: readonly string[], title: string) =>
    Math.max(title.length, ...texts.map((text) => stringWidth(text)));
  const names = rows.map(({ route }) => asciiOf(printable(route), ascii) || '(empty path)');
  const longest = widthOf(names, 'ROUTE');
  const words = rows.map(({ change }) => WORDS[change]);
  const texts = (name: ColumnName) => rows.map((row) => row[name]);
  let kept = COLUMNS.filter((name) => texts(name).some((text) => text !== ''));
  const room = () =>
    width -
    widthOf(words, 'CHANGE') -
    GAP -
    kept.reduce((sum, name) => sum + GAP + widthOf(texts(name), TITLES[name]), 0);
  while (room() < Math.min(longest, NARROWEST_ROUTE) && kept.length > 1) kept = kept.slice(0, -1);
  const routeWidth = Math.max(1, Math.min(longest, room()));
  const shown = ORDER.filter((name) => kept.includes(name));
  const table = new CliTable({
    head: ['CHANGE', 'ROUTE', ...shown.map((name) => TITLES[name])].map((title) => paint('bold', title)),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: ['left', 'left', ...shown.map(() => 'right' as const)],
  });
  for (const [i, row] of rows.entries()) {
    const route = shortenMiddle(names[i]!, routeWidth, ascii ? '...' : '…');
    table.push([paint(COLOUR[row.change], words[i]!), route, ...shown.map((name) => row[name])]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

// biome-ignore format: a table of border names
const NO_BORDERS = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
  middle: ' '.repeat(GAP),
};

/** Of what changed, and of routes that leak now of which the logs don't tell. */
function reasons({ routes }: Comparison, plain: (text: string) => string, width: number, paint: Paint): string[] {
  const isTold = ({ change, head }: RouteComparison) =>
    change === 'cannot-tell' ? head?.verdict === 'leak' : change !== 'same';
  const lines = routes
    .filter(isTold)
    .slice(0, MOST_REASONS)
    .flatMap(({ route, change, reason }) => {
      const [first = '', ...rest] = wrap(`${WORDS[change]}: ${plain(route)}: ${plain(reason)}`, width, '  ');
      return [paint(COLOUR[change], WORDS[change]) + first.slice(WORDS[change].length), ...rest];
    });
  return lines.length > 0 ? [...lines, ''] : [];
}

function notes(comparison: Comparison, rows: readonly Row[], style: TableStyle, width: number, paint: Paint): string[] {
  const hidden = comparison.routes.length - rows.length;
  const more =
    hidden > 0 ? [`${plural(hidden, 'more route')}: --top ${comparison.routes.length} shows all, --json has all.`] : [];
  const least = formatBytes(comparison.minChangeBytesPerCall, style.units);
  const below = rows.some(({ difference }) => difference.startsWith('<'))
    ? [
        `PER CALL with < is the smallest change that these logs would have shown; below ${least} none counts (--min-change).`,
      ]
    : [];
  return [
    ...more.flatMap((line) => wrap(line, width)),
    ...below.flatMap((line) => wrap(line, width)).map((line) => paint('dim', line)),
  ];
}

function asciiOf(text: string, ascii: boolean): string {
  return ascii ? text.replace(/[^\x20-\x7e]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`) : text;
}
