/** The report for a person at a terminal: the answer, a table of the first routes, the reasons. */
import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle, wrap } from '../term/text.ts';
import { formatBytes, plural } from '../term/units.ts';
import { printExplanation } from './explanation.ts';
import { headline } from './headline.ts';
import { areOfPeaks } from './peaks.ts';
import type { PrintContext, PrintStyle } from './printer.ts';
import type { Report, RouteReport } from './report.ts';
import { columnsOf, isBelow } from './table-columns.ts';
import { gateLines } from './table-gates.ts';
import { reasons } from './table-reasons.ts';
import { workerLines } from './table-workers.ts';

/** How text for people is laid out. */
export type TableStyle = PrintStyle;

const GAP = 2;
const NARROWEST_ROUTE = 16;
/** Besides number and route, these stay however narrow it is: the verdict, and the bytes leaked. */
const FEWEST_COLUMNS = 2;
/** cli-table3 takes seconds for ten thousand rows; a person reads fewer. */
export const MOST_ROWS = 1000;
/** Sentences are not wider, however wide the terminal. */
const WIDEST_TEXT = 100;

/** The table, or the evidence behind one route where the report explains one. */
export function tablePrinter(report: Report, { style }: PrintContext): string {
  return printExplanation(report, style) ?? printTable(report, style);
}

export function printTable(report: Report, style: TableStyle): string {
  const paint = painter(style.colour);
  const rows = report.routes.slice(0, Math.min(style.top, MOST_ROWS));
  const lines = headline(report, style, paint);
  if (rows.length > 0) {
    const { text, titles } = routeTable(rows, style, paint);
    lines.push(
      '',
      text,
      '',
      ...reasons(rows, report.series, style, paint),
      ...more(report, rows.length, style),
      ...notes(report, rows, titles, style, paint),
    );
  }
  lines.push(...workerLines(report, style));
  lines.push(...gateLines(report.gates, style, paint));
  return `${lines.join('\n')}\n`;
}

function routeTable(routes: readonly RouteReport[], style: TableStyle, paint: Paint) {
  const columns = columnsOf(style, areOfPeaks(routes))
    .map((column) => ({ ...column, texts: routes.map(column.text) }))
    .filter(({ texts }) => texts.some((text) => text !== ''));
  const widthOf = (texts: readonly string[], title: string) =>
    Math.max(title.length, ...texts.map((text) => stringWidth(text)));
  const ranks = routes.map(({ rank }) => String(rank));
  const rankWidth = widthOf(ranks, '#');
  const names = routes.map(({ route }) => routeText(route, style.ascii));
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
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return { text: lines.join('\n'), titles: shown.map(({ title }) => title) };
}

// biome-ignore format: a table of border names
const NO_BORDERS = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
  middle: ' '.repeat(GAP),
};

function routeText(route: string, ascii: boolean): string {
  const text = printable(route) || '(empty path)';
  return ascii ? text.replace(/[^\x20-\x7e]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`) : text;
}

function more({ routes }: Report, shown: number, { width }: TableStyle): string[] {
  const hidden = routes.length - shown;
  if (hidden === 0) return [];
  const all = routes.length <= MOST_ROWS ? `--top ${routes.length} shows all, ` : '';
  return wrap(`${plural(hidden, 'more route')}: ${all}--json has all.`, width);
}

/** On those columns that are there. */
function notes(
  { totals }: Report,
  rows: readonly RouteReport[],
  titles: readonly string[],
  style: TableStyle,
  paint: Paint,
): string[] {
  const { highWaterBytes, unattributedHighWaterBytes, leftOutHighWaterBytes } = totals;
  const elsewhere = unattributedHighWaterBytes + leftOutHighWaterBytes;
  const bytes = (value: number) => formatBytes(value, style.units);
  const apart = elsewhere > 0 ? `, ${bytes(elsewhere)} of it by no route listed here` : '';
  const about: Record<string, string> = {
    'PER CALL': rows.some(isBelow) ? 'PER CALL with < is the smallest leak that this log would have shown.' : '',
    PEAK: areOfPeaks(rows)
      ? 'PEAK is the most memory that was in use. It says how large workers get, not what a call keeps.'
      : '',
    TRIGGERED: `TRIGGERED, ${bytes(highWaterBytes)} in all${apart}: added above every earlier size of a worker. It says how large workers get, not who leaks: often another request makes a worker grow than the one that leaks.`,
  };
  const width = Math.min(style.width, WIDEST_TEXT);
  return titles
    .flatMap((title) => wrap(about[title] ?? '', width))
    .filter((line) => line !== '')
    .map((line) => paint('dim', line));
}
