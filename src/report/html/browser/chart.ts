/** What the zoomable charts share: colours of the page's theme, axes in bytes, a size that follows the page. */
import uPlot from 'uplot';
import { formatBytes, formatCount, type UnitSystem } from '../../../term/units.ts';
import { byteSteps, COUNT_STEPS } from '../views/ticks.ts';

export interface ChartParts {
  /** Beside x, in the order of the data. */
  series: uPlot.Series[];
  data: uPlot.AlignedData;
  label: string;
  xTitle: string;
  height: number;
  units: UnitSystem;
  plugins?: uPlot.Plugin[];
  onCursor?: (chart: uPlot) => void;
}

/** A custom property of the theme, for a canvas. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export function drawChart(place: HTMLElement, parts: ChartParts): uPlot {
  const { series, data, label, xTitle, height, units, plugins = [], onCursor } = parts;
  const axis: uPlot.Axis = {
    stroke: colour('muted'),
    font: '12px system-ui, sans-serif',
    grid: { stroke: colour('rule'), width: 1 },
    ticks: { show: false },
  };
  const chart = new uPlot(
    {
      width: Math.max(200, place.clientWidth),
      height,
      legend: { show: false },
      cursor: { drag: { x: true, y: false }, y: false, points: { size: 6 } },
      scales: { x: { time: false }, y: { range: (_, least, most) => [Math.min(0, least), Math.max(1, most) * 1.05] } },
      axes: [
        {
          ...axis,
          grid: { show: false },
          label: xTitle,
          labelFont: '12px system-ui, sans-serif',
          labelSize: 20,
          size: 34,
          incrs: [...COUNT_STEPS],
          values: (_, values) => values.map(formatCount),
        },
        {
          ...axis,
          size: 72,
          incrs: [...byteSteps(units)],
          values: (_, values) => values.map((value) => formatBytes(value, units)),
        },
      ],
      series: [{}, ...series],
      plugins,
      hooks: onCursor ? { setCursor: [onCursor] } : {},
    },
    data,
    place,
  );
  chart.root.setAttribute('role', 'img');
  chart.root.setAttribute('aria-label', label);
  new ResizeObserver(() => {
    if (chart.root.isConnected && place.clientWidth > 0 && place.clientWidth !== chart.width)
      chart.setSize({ width: place.clientWidth, height });
  }).observe(place);
  return chart;
}

/** Shows the part of the x axis around its middle: `factor` below 1 is nearer. */
export function zoom(chart: uPlot, factor: number): void {
  const { min, max } = chart.scales.x!;
  const xs = chart.data[0];
  const [first, last] = [xs[0], xs.at(-1)];
  if (min == null || max == null || first === undefined || last === undefined) return;
  const middle = (min + max) / 2;
  const half = Math.max(1, ((max - min) / 2) * factor);
  chart.setScale('x', { min: Math.max(first, middle - half), max: Math.min(last, middle + half) });
}

export function zoomOut(chart: uPlot): void {
  const xs = chart.data[0];
  const [first, last] = [xs[0], xs.at(-1)];
  if (first !== undefined && last !== undefined) chart.setScale('x', { min: first, max: last });
}
