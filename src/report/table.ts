/** The report for a person at a terminal: a sentence, a table of the first routes, a sentence about the rest. */
import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle } from '../term/text.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../term/units.ts';
import type { Report, RouteReport } from './report.ts';

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

interface Column {
  title: string;
  /** Left out first where there is no room for all: the highest number. */
  rank: number;
  text: (route: RouteReport) => string;
}

const GAP = 2;
const NARROWEST_ROUTE = 16;
/** cli-table3 takes seconds for ten thousand rows; a person reads fewer. */
const MOST_ROWS = 1000;

export function printTable(report: Report, style: TableStyle): string {
  const paint = painter(style.colour);
  const rows = report.routes.slice(0, Math.min(style.top, MOST_ROWS));
  const lines = [...headline(report, style, paint)];
  if (rows.length > 0) lines.push('', routeTable(rows, style, paint), '', ...footer(report, rows.length, style, paint));
  return `${lines.join('\n')}\n`;
}

function headline(report: Report, style: TableStyle, paint: Paint): string[] {
  const { totals, span } = report;
  if (totals.requests === 0) return ['No requests to report on.'];
  const dash = style.ascii ? '-' : '–';
  const when = span.from === null ? '' : `, ${spanText(span.from, span.to ?? span.from, dash)}`;
  const restarts = totals.restarts > 0 ? `, ${plural(totals.restarts, 'restart')}` : '';
  return [
    paint('bold', `${plural(totals.requests, 'request')}, ${plural(totals.workers, 'worker')}${restarts}${when}`),
    `The workers grew by ${formatBytes(totals.growthBytes, style.units)} in all; at their peaks they were ${formatBytes(totals.highWaterBytes, style.units)} above their first readings.`,
  ];
}

function spanText(from: string, to: string, dash: string): string {
  const [fromDay, fromTime] = from.split('T');
  const [toDay, toTime] = to.split('T');
  return fromDay === toDay
    ? `${fromDay} ${fromTime}${dash}${toTime}`
    : `${fromDay} ${fromTime} ${dash} ${toDay} ${toTime}`;
}

function routeTable(routes: readonly RouteReport[], style: TableStyle, paint: Paint): string {
  const bytes = (value: number) => formatBytes(value, style.units);
  const columns: Column[] = [
    { title: 'CALLS', rank: 1, text: (route) => formatCount(route.calls) },
    { title: 'TRIGGERED', rank: 0, text: (route) => bytes(route.highWaterBytes) },
    { title: 'NET', rank: 4, text: (route) => bytes(route.netGrowthBytes) },
    { title: 'GROSS', rank: 5, text: (route) => bytes(route.grossGrowthBytes) },
    { title: 'GREW IN', rank: 3, text: (route) => formatCount(route.growthCalls) },
    { title: 'LARGEST', rank: 2, text: (route) => bytes(route.largestGrowthBytes) },
  ];
  const cells = columns.map((column) => ({ ...column, texts: routes.map(column.text) }));
  const widthOf = (texts: readonly string[], title: string) =>
    Math.max(title.length, ...texts.map((text) => text.length));
  const ranks = routes.map(({ rank }) => String(rank));
  const rankWidth = widthOf(ranks, '#');
  let shown = cells;
  const room = () =>
    style.width - rankWidth - GAP - shown.reduce((sum, { texts, title }) => sum + GAP + widthOf(texts, title), 0);
  const names = routes.map(({ route }) => routeText(route, style.ascii));
  const longest = Math.max('ROUTE'.length, ...names.map((name) => stringWidth(name)));
  // Columns go before the routes become unreadable; numbers are never shortened.
  while (room() < Math.min(longest, NARROWEST_ROUTE) && shown.length > 2) {
    const least = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank !== least);
  }
  const routeWidth = Math.max(1, Math.min(longest, room()));
  const table = new CliTable({
    head: ['#', 'ROUTE', ...shown.map(({ title }) => title)].map((title) => paint('bold', title)),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: ['right', 'left', ...shown.map(() => 'right' as const)],
  });
  const ellipsis = style.ascii ? '...' : '…';
  for (const [i, name] of names.entries()) {
    table.push([ranks[i]!, shortenMiddle(name, routeWidth, ellipsis), ...shown.map(({ texts }) => texts[i]!)]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

const NO_BORDERS = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '',
  middle: ' '.repeat(GAP),
}; // biome-ignore format: a table of border names

function routeText(route: string, ascii: boolean): string {
  const text = printable(route) || '(empty path)';
  return ascii ? text.replace(/[^\x20-\x7e]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`) : text;
}

function footer(report: Report, shown: number, style: TableStyle, paint: Paint): string[] {
  const lines: string[] = [];
  const hidden = report.routes.length - shown;
  if (hidden > 0) {
    const all = report.routes.length;
    lines.push(`${plural(hidden, 'more route')}: ${all > MOST_ROWS ? '' : `--top ${all} shows all, `}--json has all.`);
  }
  const { unattributedHighWaterBytes } = report.totals;
  if (unattributedHighWaterBytes > 0) {
    lines.push(
      `${formatBytes(unattributedHighWaterBytes, style.units)} of the growth to the peaks belongs to no route listed here.`,
    );
  }
  lines.push(
    paint('dim', "TRIGGERED is what a route's requests added above every earlier size of their worker."),
    paint('dim', 'The route that makes a worker grow is often not the one that leaks.'),
  );
  return lines;
}
