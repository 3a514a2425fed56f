/** What `leakrank watch` shows: a report and a choice as lines of the screen. */
import { comparators } from '../rank/order.ts';
import { accounting, answer } from '../report/answer.ts';
import { areOfPeaks } from '../report/peaks.ts';
import type { PrintStyle } from '../report/printer.ts';
import type { Report, RouteReport, WorkerReport } from '../report/report.ts';
import { columnsOf } from '../report/table-columns.ts';
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle, wrap } from '../term/text.ts';
import { formatBytes, formatCount, plural } from '../term/units.ts';
import type { Choice } from './choice.ts';
import { type ScreenColumn, screenTable } from './rows.ts';

export interface WatchFacts {
  report: Report;
  /** Names of the workers that have ended, the last one last. */
  ended: readonly string[];
  /** Names of the logs. */
  title: string;
  /** Requests per second of late; undefined before there are two reports. */
  requestsPerSecond: number | undefined;
}

const MOST_RESTARTS = 4;
const KEYS = 'q quit  / filter  s sort (l t n g c m a)  Tab view  arrows scroll';

/** @param rows lines there is room for. */
export function watchView(facts: WatchFacts, choice: Choice, style: PrintStyle, rows: number): string[] {
  const paint = painter(style.colour);
  const head = headLines(facts, style, paint);
  const foot = [footLine(choice, style, paint)];
  const room = Math.max(0, rows - head.length - foot.length);
  const body = bodyLines(facts, choice, style, paint, room).slice(0, room);
  const space = Array.from({ length: room - body.length }, () => '');
  return [...head, ...body, ...space, ...foot].slice(-rows);
}

function headLines({ report, title, requestsPerSecond }: WatchFacts, style: PrintStyle, paint: Paint): string[] {
  const { requests, workers, restarts } = report.totals;
  const rate = requestsPerSecond === undefined ? '' : ` (${formatCount(Math.round(requestsPerSecond))}/s)`;
  const counts = [
    `${plural(requests, 'request')}${rate}`,
    plural(workers, 'worker'),
    plural(restarts, 'restart'),
    shown(title, style),
  ].join(', ');
  if (requests === 0) return [clip(counts, style), 'No requests yet.', ''];
  return [
    clip(counts, style),
    ...wrap(answer(report, style.units), style.width).map((line) => paint('bold', clip(line, style))),
    clip(accounting(report, style.units), style),
    '',
  ];
}

function bodyLines(facts: WatchFacts, choice: Choice, style: PrintStyle, paint: Paint, room: number): string[] {
  const { report } = facts;
  const routes = routeLines(report, choice, style, paint);
  const workers = workerLines(report, choice, style, paint);
  if (choice.view === 'routes') return scrolled(routes, choice.offset, room);
  if (choice.view === 'workers') return scrolled(workers, choice.offset, room);
  const restarts = restartLines(facts, style, paint);
  const least = Math.min(workers.length, Math.max(3, Math.floor(room / 3)));
  const forRoutes = Math.max(2, room - restarts.length - least - 1);
  const first = scrolled(routes, choice.offset, forRoutes);
  const left = Math.max(0, room - first.length - restarts.length - 1);
  return [...first, '', ...workers.slice(0, left), ...restarts];
}

/** The head stays. */
function scrolled([head, ...lines]: readonly string[], offset: number, room: number): string[] {
  const start = Math.min(offset, Math.max(0, lines.length - (room - 1)));
  return [head ?? '', ...lines.slice(start, start + Math.max(0, room - 1))];
}

function routeLines({ routes }: Report, { sort, filter }: Choice, style: PrintStyle, paint: Paint): string[] {
  const columns: ScreenColumn<RouteReport>[] = [
    { title: `ROUTE, by ${sort}`, align: 'left', rank: 0, text: ({ route }) => shown(route, style) },
    ...columnsOf(style, areOfPeaks(routes)).map(({ painted, ...column }) => ({
      ...column,
      ...(painted && { painted: (route: RouteReport) => painted(route, paint) }),
    })),
    { title: 'NET', align: 'right', rank: 9, text: ({ netGrowthBytes }) => formatBytes(netGrowthBytes, style.units) },
  ];
  const chosen = routes.filter(({ route }) => matches(route, filter)).sort(comparators[sort]);
  return underlined(screenTable(chosen, columns, style.width, ellipsis(style)), paint);
}

function workerLines({ workers }: Report, { filter }: Choice, style: PrintStyle, paint: Paint): string[] {
  const bytes = (value: number | null) => (value === null ? none(style) : formatBytes(value, style.units));
  const columns: ScreenColumn<WorkerReport>[] = [
    { title: 'WORKER', align: 'left', rank: 0, text: ({ worker }) => shown(worker, style) },
    { title: 'NOW', align: 'right', rank: 0, text: ({ lastBytes }) => bytes(lastBytes) },
    { title: 'GREW', align: 'right', rank: 1, text: (worker) => bytes(growth(worker)) },
    { title: 'PEAK', align: 'right', rank: 3, text: ({ peakBytes }) => bytes(peakBytes) },
    { title: 'REQUESTS', align: 'right', rank: 2, text: ({ requests }) => formatCount(requests) },
  ];
  const alive = workers
    .filter(({ worker, ended }) => ended === null && matches(worker, filter))
    .sort((a, b) => (b.lastBytes ?? -1) - (a.lastBytes ?? -1));
  return underlined(screenTable(alive, columns, style.width, ellipsis(style)), paint);
}

/** The workers that ended last, the last one first. */
function restartLines({ report, ended: names }: WatchFacts, style: PrintStyle, paint: Paint): string[] {
  const known = new Map(report.workers.map((worker) => [worker.worker, worker]));
  const ended = names
    .slice(-MOST_RESTARTS)
    .reverse()
    .flatMap((name) => known.get(name) ?? []);
  if (ended.length === 0) return [];
  const columns: ScreenColumn<WorkerReport>[] = [
    { title: 'ENDED LAST', align: 'left', rank: 0, text: ({ worker }) => shown(worker, style) },
    { title: 'SIZE', align: 'right', rank: 1, text: ({ lastBytes }) => formatBytes(lastBytes ?? 0, style.units) },
    { title: 'REQUESTS', align: 'right', rank: 2, text: ({ requests }) => formatCount(requests) },
    { title: 'WHY', align: 'left', rank: 0, text: (worker) => shown(worker.ended ?? '', style).slice(0, 40) },
  ];
  return ['', ...underlined(screenTable(ended, columns, style.width, ellipsis(style)), paint)];
}

function footLine({ filter, isTyping }: Choice, style: PrintStyle, paint: Paint): string {
  if (isTyping) return clip(`/${shown(filter, style)}_   Enter: done  Esc: all`, style);
  const filtered = filter === '' ? '' : `filter: ${shown(filter, style)} (Esc: all)  `;
  return paint('dim', clip(filtered + KEYS, style));
}

function growth({ firstBytes, lastBytes }: WorkerReport): number | null {
  return firstBytes === null || lastBytes === null ? null : lastBytes - firstBytes;
}

function matches(name: string, filter: string): boolean {
  return name.toLowerCase().includes(filter.toLowerCase());
}

function underlined([head, ...lines]: readonly string[], paint: Paint): string[] {
  return [paint('bold', head ?? ''), ...lines];
}

/** Text from a log. */
function shown(text: string, { ascii }: PrintStyle): string {
  const safe = printable(text);
  return ascii ? safe.replace(/[^ -~]/gu, '?') : safe;
}

function clip(line: string, style: PrintStyle): string {
  return shortenMiddle(line, style.width, ellipsis(style));
}

function ellipsis({ ascii }: PrintStyle): string {
  return ascii ? '...' : '…';
}

function none({ ascii }: PrintStyle): string {
  return ascii ? '-' : '–';
}
