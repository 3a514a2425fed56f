/** The report for a person at a terminal: the answer, a table of the first routes, the reasons. */
import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle, wrapWords } from '../term/text.ts';
import { formatBytes, plural, type UnitSystem } from '../term/units.ts';
import { headline, isEstimated } from './headline.ts';
import type { Report, RouteReport } from './report.ts';
import { columnsOf, paintVerdict } from './table-columns.ts';

export interface TableStyle {
  /** Columns of the terminal; Infinity leaves nothing out. */
  width: number;
  /** Rows to print at most. */
  top: number;
  colour: boolean;
  /** Nothing but ASCII. */
  ascii: boolean;
  units: UnitSystem;
}

const GAP = 2;
const NARROWEST_ROUTE = 16;
/** Besides number and route, these stay however narrow it is: the verdict and what it is about. */
const FEWEST_COLUMNS = 2;
/** cli-table3 takes seconds for ten thousand rows; a person reads fewer. */
export const MOST_ROWS = 1000;
const MOST_REASONS = 10;
const LONGEST_LINE = 110;

export function printTable(report: Report, style: TableStyle): string {
  const paint = painter(style.colour);
  const rows = report.routes.slice(0, Math.min(style.top, MOST_ROWS));
  const lines = headline(report, style).flatMap(({ text, style: weight }) => {
    const wrapped = wrapWords(text, textWidth(style));
    return weight ? wrapped.map((line) => paint(weight, line)) : wrapped;
  });
  if (rows.length > 0) {
    lines.push(
      '',
      routeTable(rows, style, paint),
      '',
      ...reasons(rows, style, paint),
      ...footer(report, rows.length, style, paint),
    );
  }
  return `${lines.join('\n')}\n`;
}

function routeTable(routes: readonly RouteReport[], style: TableStyle, paint: Paint): string {
  const columns = columnsOf(style).map((column) => ({ ...column, texts: routes.map(column.text) }));
  const widthOf = (texts: readonly string[], title: string) =>
    Math.max(title.length, ...texts.map((text) => stringWidth(text)));
  const ranks = routes.map(({ rank }) => String(rank));
  const rankWidth = widthOf(ranks, '#');
  const names = routes.map(({ route }) => safe(route, style.ascii) || '(empty path)');
  const longest = widthOf(names, 'ROUTE');
  let shown = columns;
  const room = () =>
    style.width - rankWidth - GAP - shown.reduce((sum, { texts, title }) => sum + GAP + widthOf(texts, title), 0);
  // Columns go before the routes become unreadable; numbers are never shortened.
  while (room() < Math.min(longest, NARROWEST_ROUTE) && shown.length > FEWEST_COLUMNS) {
    const least = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank !== least);
  }
  const routeWidth = Math.max(1, Math.min(longest, room()));
  const table = new CliTable({
    head: ['#', 'ROUTE', ...shown.map(({ title }) => title)].map((title) => paint('bold', title)),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: ['right', 'left', ...shown.map(({ align }) => align)],
  });
  const ellipsis = style.ascii ? '...' : '…';
  for (const [i, name] of names.entries()) {
    const cells = shown.map(({ texts, painted }) => (painted ? painted(routes[i]!, paint) : texts[i]!));
    table.push([ranks[i]!, shortenMiddle(name, routeWidth, ellipsis), ...cells]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

// biome-ignore format: a table of border names
const NO_BORDERS = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
  middle: ' '.repeat(GAP),
};

/** Why the rows that matter are judged so; the others say it in their figures. */
function reasons(routes: readonly RouteReport[], style: TableStyle, paint: Paint): string[] {
  const told = routes
    .filter((route) => route.verdict === 'leak' || (route.verdict === 'unclear' && isEstimated(route)))
    .slice(0, MOST_REASONS);
  const width = Math.max(0, ...told.map(({ rank }) => String(rank).length));
  const lines = told.flatMap(({ rank, verdict, reason }) => {
    const number = `${String(rank).padStart(width)}  `;
    const [first = '', ...rest] = wrapWords(
      `${number}${verdict}: ${safe(reason, style.ascii)}`,
      textWidth(style),
      ' '.repeat(number.length),
    );
    return [`${number}${paintVerdict(verdict, paint)}${first.slice(number.length + verdict.length)}`, ...rest];
  });
  return lines.length > 0 ? [...lines, ''] : [];
}

function footer(report: Report, shown: number, style: TableStyle, paint: Paint): string[] {
  const lines: string[] = [];
  const hidden = report.routes.length - shown;
  if (hidden > 0) {
    const all = report.routes.length <= MOST_ROWS ? `--top ${report.routes.length} shows all, ` : '';
    lines.push(`${plural(hidden, 'more route')}: ${all}--json has all.`);
  }
  const { highWaterBytes, unattributedHighWaterBytes, leftOutHighWaterBytes } = report.totals;
  const elsewhere = unattributedHighWaterBytes + leftOutHighWaterBytes;
  const apart = elsewhere > 0 ? `, ${formatBytes(elsewhere, style.units)} of it by no route listed here` : '';
  const isLimited = report.routes.some(
    (route) => route.leakedBytesPerCall === 0 && route.detectableBytesPerCall !== null,
  );
  const notes = [
    ...(isLimited ? ['PER CALL with < is the smallest leak that this log would have shown.'] : []),
    `TRIGGERED, ${formatBytes(highWaterBytes, style.units)} in all${apart}: added above every earlier size of a worker. It says how large workers get, not who leaks: often another request makes a worker grow than the one that leaks.`,
  ];
  const wrapped = notes.flatMap((note) => wrapWords(note, textWidth(style)));
  return [...lines.flatMap((line) => wrapWords(line, textWidth(style))), ...wrapped.map((line) => paint('dim', line))];
}

/** Sentences are read best in lines that are not too long, whatever the terminal's width. */
function textWidth({ width }: TableStyle): number {
  return Math.max(20, Math.min(width, LONGEST_LINE));
}

function safe(text: string, ascii: boolean): string {
  const safeText = printable(text);
  return ascii ? safeText.replace(/[^\x20-\x7e]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`) : safeText;
}
