/** Why one route was judged as it was, as a small chart and lists. */
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle } from '../term/text.ts';
import { formatBytes, formatCount, plural } from '../term/units.ts';
import type { PrintStyle } from './printer.ts';
import type { Explanation, Report, RouteReport } from './report.ts';
import { paintVerdict } from './table-columns.ts';

const WIDEST_CHART = 100;
const WIDEST_BAR = 30;
const MOST_WORKERS = 8;

/** Undefined when the report explains no route. */
export function printExplanation(report: Report, style: PrintStyle): string | undefined {
  const { explanation } = report;
  const route = explanation && report.routes.find((one) => one.route === explanation.route);
  if (!explanation || !route) return undefined;
  const paint = painter(style.colour);
  const lines = [
    ...verdictLines(route, style, paint),
    '',
    ...chartLines(explanation, route, style, paint),
    '',
    ...workerLines(explanation, style),
    '',
    ...growthLines(explanation, style),
  ];
  const text = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd();
  return `${style.ascii ? text.replace(/[^\n\x20-\x7e\u001b]/gu, '?') : text}\n`;
}

function verdictLines(route: RouteReport, style: PrintStyle, paint: Paint): string[] {
  const bytes = (value: number) => formatBytes(value, style.units);
  const { leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high, detectableBytesPerCall: detectable } = route;
  const lines = [
    `${paint('bold', printable(route.route))}  ${paintVerdict(route.verdict, paint)}: ${printable(route.reason)}`,
    `${plural(route.calls, 'call')}; ${bytes(route.highWaterBytes)} triggered, ${bytes(route.netGrowthBytes)} net in its own requests`,
  ];
  if (route.leakedBytesPerCall > 0) {
    const interval = low !== null && high !== null ? ` (95 %: ${bytes(low)} to ${bytes(high)})` : '';
    lines.push(
      `Estimated: ${bytes(route.leakedBytesPerCall)} kept per call${interval}, ${bytes(route.leakedBytes)} in all.`,
    );
  }
  if (route.leakedBytesPerCall === 0 && detectable !== null)
    lines.push(`The smallest leak that this log would have shown: ${bytes(detectable)} per call.`);
  return lines;
}

/** A bar per bin; the mark is where the estimate would put its end. */
function chartLines({ bins, windows }: Explanation, route: RouteReport, style: PrintStyle, paint: Paint): string[] {
  if (bins.length === 0) return ['No worker lived long enough for a window to be compared with the next.'];
  const bytes = (value: number) => formatBytes(value, style.units);
  const rows = bins.map((bin) => ({
    calls: bin.fewestCalls === bin.mostCalls ? String(bin.fewestCalls) : `${bin.fewestCalls} to ${bin.mostCalls}`,
    windows: formatCount(bin.windows),
    growth: bytes(bin.meanGrowthBytes),
    fitted: bytes(bin.fittedBytes),
    bin,
  }));
  const pad = (of: (row: (typeof rows)[number]) => string, title: string) =>
    Math.max(title.length, ...rows.map((row) => of(row).length));
  const widths = {
    calls: pad((r) => r.calls, 'CALLS'),
    windows: pad((r) => r.windows, 'WINDOWS'),
    growth: pad((r) => r.growth, 'GROWTH'),
    fitted: pad((r) => r.fitted, 'FITTED'),
  };
  const taken = widths.calls + widths.windows + widths.growth + widths.fitted + 8;
  const barWidth = Math.max(8, Math.min(WIDEST_BAR, Math.min(style.width, WIDEST_CHART) - taken));
  const largest = Math.max(1, ...bins.map((bin) => Math.max(Math.abs(bin.meanGrowthBytes), bin.fittedBytes)));
  const showsFit = route.leakedBytesPerCall > 0;
  const bar = (growth: number, fitted: number) => {
    const cells: string[] = Array.from({ length: barWidth }, (_, i) =>
      i < Math.round((Math.max(0, growth) / largest) * barWidth) ? (style.ascii ? '#' : '█') : ' ',
    );
    if (showsFit && fitted > 0)
      cells[Math.min(barWidth - 1, Math.round((fitted / largest) * barWidth))] = style.ascii ? '|' : '┃';
    return cells.join('').trimEnd();
  };
  const title = `${plural(windows, 'window')} of requests, by the calls of this route in them: mean growth that other routes leave over`;
  const head = `${'CALLS'.padStart(widths.calls)}  ${'WINDOWS'.padStart(widths.windows)}  ${'GROWTH'.padStart(widths.growth)}  ${showsFit ? `${'FITTED'.padStart(widths.fitted)}  ` : ''}`;
  return [
    title,
    paint('bold', head.trimEnd()),
    ...rows.map((row) => {
      const fitted = showsFit ? `${row.fitted.padStart(widths.fitted)}  ` : '';
      const numbers = `${row.calls.padStart(widths.calls)}  ${row.windows.padStart(widths.windows)}  ${row.growth.padStart(widths.growth)}  ${fitted}`;
      return `${numbers}${bar(row.bin.meanGrowthBytes, row.bin.fittedBytes)}`.trimEnd();
    }),
  ];
}

function workerLines({ workers }: Explanation, style: PrintStyle): string[] {
  if (workers.length === 0) return [];
  const shown = workers.slice(0, MOST_WORKERS);
  const more = workers.length > shown.length ? [`  and ${plural(workers.length - shown.length, 'more worker')}`] : [];
  const line = ({ worker, calls, bytesPerCall }: (typeof workers)[number]) => {
    const slope = bytesPerCall === null ? 'cannot be told' : `${formatBytes(bytesPerCall, style.units)} per call`;
    return `  worker ${worker}: ${plural(calls, 'call')}, ${slope}`;
  };
  return ['Each worker by itself, a rough slope:', ...shown.map(line), ...more];
}

function growthLines({ largestGrowths }: Explanation, style: PrintStyle): string[] {
  if (largestGrowths.length === 0) return ['None of its own requests made a worker grow.'];
  const bytes = (value: number) => formatBytes(value, style.units);
  const width = Number.isFinite(style.width) ? style.width : 1000;
  return [
    'Largest growths in its own requests:',
    ...largestGrowths.map(({ file, line, time, worker, method, uri, status, beforeBytes, afterBytes }) => {
      const when = time === null ? '' : ` ${time.replace('T', ' ')}`;
      const facts = `  ${bytes(afterBytes - beforeBytes)} (${bytes(beforeBytes)} to ${bytes(afterBytes)})  ${printable(file)}:${line}${when} worker ${worker}`;
      const request = `    ${method} ${uri}${status === null ? '' : ` ${status}`}`;
      return `${facts}\n${shortenMiddle(printable(request), width, style.ascii ? '...' : '…')}`;
    }),
  ];
}
