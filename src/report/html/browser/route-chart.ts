/** The curve of the chosen route, zoomable. */
import type uPlot from 'uplot';
import type { PageData } from '../page-data.ts';
import { curveChart } from '../views/route-view.ts';
import { colour, drawChart } from './chart.ts';

const STROKES: Record<string, { colour: string; dash?: number[]; width: number }> = {
  'measured-line': { colour: 'measured', width: 2 },
  'fitted-line': { colour: 'fitted', dash: [6, 4], width: 2 },
  'plateau-line': { colour: 'plateau', dash: [2, 3], width: 2 },
};

/** Undefined where the route has no curve. */
export function drawRoute(place: HTMLElement, { report, units }: PageData, route: string): uPlot | undefined {
  const curve = report.series?.routes.find((series) => series.route === route);
  if (curve === undefined || curve.calls.length < 2) return undefined;
  const { label, xTitle, lines } = curveChart(curve, units);
  const series = lines.map(({ class: className }): uPlot.Series => {
    const stroke = STROKES[className.replace('line ', '')]!;
    return {
      stroke: colour(stroke.colour),
      width: stroke.width,
      points: { show: false },
      ...(stroke.dash ? { dash: stroke.dash } : {}),
    };
  });
  const data: uPlot.AlignedData = [curve.calls, ...lines.map(({ y }) => [...y])];
  return drawChart(place, { series, data, label, xTitle, height: 240, units });
}
