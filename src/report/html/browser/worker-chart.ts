/** The memory of all workers, zoomable: their lives one after another, or laid over each other. */
import uPlot from 'uplot';
import { printable } from '../../../term/printable.ts';
import { formatBytes, formatCount } from '../../../term/units.ts';
import type { PageData } from '../page-data.ts';
import { type PlacedLife, placedLives, workersLabel } from '../views/workers-view.ts';
import { colour, drawChart } from './chart.ts';

export interface WorkerChartChoice {
  oneAfterAnother: boolean;
  /** As shown, escapes included. */
  chosen: string | undefined;
}

/** Room that the reason of an end needs beside the one before it, in pixels. */
const REASON_ROOM = 76;
/** So many lives are told apart by colour and name. */
const MOST_NAMED = 6;

/** @param tell is given what the cursor points at. */
export function drawWorkers(
  place: HTMLElement,
  data: PageData,
  { oneAfterAnother, chosen }: WorkerChartChoice,
  tell: (text: string) => void,
): uPlot | undefined {
  const lives = placedLives(data.report, oneAfterAnother);
  if (lives.length === 0) return undefined;
  const isChosen = ({ worker }: PlacedLife) => printable(worker) === chosen;
  const faint = chosen !== undefined && lives.some(isChosen);
  const usual = { stroke: colour(faint ? 'faint' : 'measured'), width: 1.5, points: { show: false } };
  const strong = { stroke: colour('accent'), width: 2.5, points: { show: false } };
  const strokes = (life: PlacedLife, i: number) =>
    isChosen(life) ? strong : faint || lives.length > MOST_NAMED ? usual : { ...usual, stroke: colour(`life-${i}`) };
  const ordered = [...lives.filter((life) => !isChosen(life)), ...lives.filter(isChosen)];
  return drawChart(place, {
    series: oneAfterAnother ? [usual, strong] : ordered.map(strokes),
    data: oneAfterAnother ? inARow(lives, isChosen) : uPlot.join(ordered.map(({ x, bytes }) => [x, bytes])),
    label: workersLabel(data),
    xTitle: oneAfterAnother ? 'requests, one life after another' : 'requests of each worker',
    height: 320,
    units: data.units,
    plugins: [{ hooks: { draw: (chart) => drawEnds(chart, lives, !oneAfterAnother && lives.length <= MOST_NAMED) } }],
    onCursor: (chart) => tell(pointedAt(chart, lives, data, oneAfterAnother)),
  });
}

/** One column for all lives, with a gap between two; and one for the chosen life. */
function inARow(lives: readonly PlacedLife[], isChosen: (life: PlacedLife) => boolean): uPlot.AlignedData {
  const x: number[] = [];
  const all: (number | null)[] = [];
  const own: (number | null)[] = [];
  for (const life of lives) {
    const mine = isChosen(life);
    life.x.forEach((request, i) => {
      x.push(request);
      all.push(life.bytes[i]!);
      own.push(mine ? life.bytes[i]! : null);
    });
    x.push(life.x.at(-1)! + 0.5);
    all.push(null);
    own.push(null);
  }
  return [x, all, own];
}

/** A dot where a life ends, and beside it why, where there is room. */
function drawEnds(chart: uPlot, lives: readonly PlacedLife[], named: boolean): void {
  const { ctx, bbox } = chart;
  const pixel = devicePixelRatio;
  ctx.save();
  ctx.fillStyle = colour('end');
  ctx.font = `${11 * pixel}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  const taken: { left: number; top: number }[] = [];
  for (const { worker, x, bytes, ended } of lives) {
    if (ended === null && !named) continue;
    const [left, top] = [chart.valToPos(x.at(-1)!, 'x', true), chart.valToPos(bytes.at(-1)!, 'y', true)];
    if (left < bbox.left || left > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.arc(left, top, 3 * pixel, 0, 2 * Math.PI);
    ctx.fill();
    const text = [...(named ? [worker] : []), ...(ended === null ? [] : [ended])]
      .map((word) => printable(word).slice(0, 14))
      .join(' ');
    const isFree = (y: number) =>
      taken.every((other) => Math.abs(other.left - left) > REASON_ROOM * pixel || Math.abs(other.top - y) > 11 * pixel);
    // Above the curve, else below it.
    const y = [top - 6 * pixel, top + 14 * pixel].find(isFree);
    if (y === undefined || left - ctx.measureText(text).width < bbox.left) continue;
    ctx.fillText(text, left - 5 * pixel, y);
    taken.push({ left, top: y });
  }
  ctx.restore();
}

/** The life below the cursor; of lives laid over each other the one that is nearest. */
function pointedAt(chart: uPlot, lives: readonly PlacedLife[], { units }: PageData, oneAfterAnother: boolean): string {
  const { left, top } = chart.cursor;
  if (left === undefined || top === undefined || left < 0) return '';
  const [x, y] = [chart.posToVal(left, 'x'), chart.posToVal(top, 'y')];
  let nearest: { life: PlacedLife; i: number; distance: number } | undefined;
  for (const life of lives) {
    if (x < life.x[0]! - 1 || x > life.x.at(-1)! + 1) continue;
    const i = Math.max(
      0,
      life.x.findLastIndex((request) => request <= x),
    );
    const distance = Math.abs(life.bytes[i]! - y);
    if (nearest === undefined || distance < nearest.distance) nearest = { life, i, distance };
  }
  if (nearest === undefined) return '';
  const { life, i } = nearest;
  const request = life.x[i]! - (oneAfterAnother ? life.x[0]! - 1 : 0);
  const ended = life.ended === null ? '' : `, ended by ${printable(life.ended)}`;
  return `worker ${printable(life.worker)}, request ${formatCount(request)}: ${formatBytes(life.bytes[i]!, units)}${ended}`;
}
