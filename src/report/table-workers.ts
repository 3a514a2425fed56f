/** The workers below the routes: each one's memory over its requests, and how it ended. Those that grew most come first. */
import stringWidth from 'string-width';
import { sparkline } from '../term/sparkline.ts';
import { printable, shortenMiddle, wrap } from '../term/text.ts';
import { formatBytes, formatCount } from '../term/units.ts';
import type { PrintStyle } from './printer.ts';
import type { Report, WorkerReport } from './report.ts';

const MOST_WORKERS = 8;
const WIDEST_CURVE = 24;
const NARROWEST_CURVE = 6;
const WIDEST_NAME = 40;

/** Lines with an empty one before them; none where the report has no curves. */
export function workerLines({ workers, series }: Report, style: PrintStyle): string[] {
  const floors = new Map(series?.workers.map(({ worker, floorBytes }) => [worker, floorBytes]));
  const grown = workers
    .filter(({ worker }) => (floors.get(worker)?.length ?? 0) > 1)
    .sort((a, b) => growth(b) - growth(a))
    .slice(0, MOST_WORKERS);
  if (grown.length === 0) return [];
  const ellipsis = style.ascii ? '...' : '…';
  const columns = grown.map((worker) => [
    shortenMiddle(
      plainName(worker.worker, style.ascii),
      Math.min(WIDEST_NAME, Math.max(8, style.width - 40)),
      ellipsis,
    ),
    `${formatBytes(worker.firstBytes ?? 0, style.units)} ${style.ascii ? '->' : '→'} ${formatBytes(worker.lastBytes ?? 0, style.units)}`,
    `${formatCount(worker.requests)} requests`,
    worker.ended === null ? '' : printable(worker.ended),
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...columns.map((row) => stringWidth(row[i]!))));
  const taken = widths.reduce((sum, width) => sum + width + 2, 0) + 2;
  const curveWidth = Math.max(NARROWEST_CURVE, Math.min(WIDEST_CURVE, style.width - taken));
  const curves = grown.map(({ worker }) => sparkline(floors.get(worker)!, curveWidth, style.ascii));
  const longest = Math.max(...curves.map((curve) => curve.length));
  const lines = columns.map(([name, sizes, requests, ended], i) => {
    const line = [
      padEnd(name!, widths[0]!),
      padEnd(curves[i]!, longest),
      padStart(sizes!, widths[1]!),
      padStart(requests!, widths[2]!),
      ended!,
    ].join('  ');
    // What does not fit is left out from the right, whole facts at a time.
    return fit(line, style.width, [ended!, padStart(requests!, widths[2]!)]);
  });
  const hidden = workers.length - grown.length;
  return [
    '',
    ...wrap(
      `Workers by growth, memory over their requests${hidden > 0 ? `; ${formatCount(hidden)} more not shown` : ''}:`,
      style.width,
    ),
    ...lines,
  ];
}

function growth({ firstBytes, lastBytes }: WorkerReport): number {
  return (lastBytes ?? 0) - (firstBytes ?? 0);
}

function plainName(name: string, ascii: boolean): string {
  const text = printable(name);
  return ascii ? text.replace(/[^\x20-\x7e]/gu, '?') : text;
}

function fit(line: string, width: number, droppable: readonly string[]): string {
  let fitted = line.trimEnd();
  for (const part of droppable) {
    if (stringWidth(fitted) <= width) break;
    if (fitted.endsWith(part)) fitted = fitted.slice(0, fitted.length - part.length).trimEnd();
  }
  return fitted;
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - stringWidth(text))) + text;
}
