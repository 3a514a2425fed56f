/** A line chart as plain SVG: what a page without script, a printer and a mail show. */
import { formatBytes, formatCount, type UnitSystem } from '../../../term/units.ts';
import { type Element, h } from '../element.ts';
import { byteSteps, COUNT_STEPS, ticks } from './ticks.ts';

export interface ChartLine {
  /** Of the same length; x never falls. */
  x: readonly number[];
  y: readonly number[];
  class: string;
}

export interface ChartMark {
  x: number;
  y: number;
  class: string;
  /** Pixels. */
  radius: number;
  /** What a pointer that rests on it is told. */
  title: string;
}

export interface Chart {
  /** What it shows, in a sentence, for who does not see it. */
  label: string;
  xTitle: string;
  lines: readonly ChartLine[];
  marks: readonly ChartMark[];
  /** Whether sizes begin at 0. */
  fromZero: boolean;
  units: UnitSystem;
  /** Beside others, or over the whole page. */
  width: 'half' | 'whole';
}

const WIDTHS = { half: 460, whole: 960 };
const HEIGHT = 240;
const LEFT = 78;
const RIGHT = 16;
const TOP = 10;
const BOTTOM = 40;

export function svgChart({ label, xTitle, lines, marks, fromZero, units, width }: Chart): Element {
  const outer = WIDTHS[width];
  const xs = [...lines.flatMap(({ x }) => [x[0] ?? 0, x.at(-1) ?? 0]), ...marks.map(({ x }) => x)];
  const ys = [...lines.flatMap(({ y }) => [...y]), ...marks.map(({ y }) => y), ...(fromZero ? [0] : [])];
  const [left, right] = extent(xs);
  const [bottom, top] = extent(ys);
  const px = (x: number) => LEFT + ((x - left) / (right - left)) * (outer - LEFT - RIGHT);
  const py = (y: number) => HEIGHT - BOTTOM - ((y - bottom) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const yTicks = ticks(bottom, top, 6, byteSteps(units)).map((tick) => [
    h('line', { class: 'grid', x1: LEFT, x2: outer - RIGHT, y1: py(tick).toFixed(1), y2: py(tick).toFixed(1) }),
    h('text', { x: LEFT - 8, y: (py(tick) + 4).toFixed(1), 'text-anchor': 'end' }, formatBytes(tick, units)),
  ]);
  const xTicks = ticks(left, right, width === 'half' ? 6 : 10, COUNT_STEPS).map((tick) =>
    h('text', { x: px(tick).toFixed(1), y: HEIGHT - BOTTOM + 18, 'text-anchor': 'middle' }, formatCount(tick)),
  );
  return h(
    'svg',
    { class: `chart ${width}-chart`, viewBox: `0 0 ${outer} ${HEIGHT}`, role: 'img', 'aria-label': label },
    yTicks.flat(),
    xTicks,
    h('text', { class: 'axis-title', x: (LEFT + outer - RIGHT) / 2, y: HEIGHT - 4, 'text-anchor': 'middle' }, xTitle),
    lines.map(({ x, y, class: className }) =>
      h('polyline', {
        class: className,
        points: x.map((value, i) => `${px(value).toFixed(1)},${py(y[i]!).toFixed(1)}`).join(' '),
      }),
    ),
    marks.map(({ x, y, class: className, radius, title }) =>
      h(
        'circle',
        { class: className, cx: px(x).toFixed(1), cy: py(y).toFixed(1), r: radius.toFixed(1) },
        h('title', {}, title),
      ),
    ),
  );
}

/** Never empty: charts divide by it. */
function extent(values: readonly number[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!Number.isFinite(least)) return [0, 1];
  return least === most ? [least - 1, most + 1] : [least, most];
}

/** A small curve without axes, beside the words that say the same. */
export function svgSparkline(values: readonly number[]): Element {
  const [least, most] = extent(values);
  const step = 100 / Math.max(1, values.length - 1);
  const points = values.map(
    (value, i) => `${(i * step).toFixed(1)},${(22 - ((value - least) / (most - least)) * 20).toFixed(1)}`,
  );
  return h(
    'svg',
    { class: 'sparkline', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('polyline', { points: points.join(' ') }),
  );
}
