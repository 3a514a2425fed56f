/** One route: the verdict with its reason, its figures, the evidence as two charts, and the largest growth. */
import { printable } from '../../../term/printable.ts';
import { formatBytes, formatCount, plural, type UnitSystem } from '../../../term/units.ts';
import type { RouteReport, RouteSeries } from '../../report.ts';
import { type Content, type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';
import { type Chart, svgChart } from './svg-chart.ts';
import { heading, isBelow, routeName, verdictBadge } from './text.ts';

export function routeView({ report, units }: PageData, route: RouteReport | undefined): Element {
  if (route === undefined) return h('section', { id: 'route', class: 'route' });
  const curve = report.series?.routes.find((series) => series.route === route.route);
  return h(
    'section',
    { id: 'route', class: 'route', 'aria-labelledby': 'route-name' },
    heading('route-name', routeName(route.route)),
    h('p', { class: 'reason' }, verdictBadge(route.verdict), ` ${printable(route.reason)}`),
    figures(route, units),
    curve && curve.calls.length > 1 ? curveFigure(curve, units) : undefined,
    curve?.bins.some(({ mostCalls }) => mostCalls > 0) ? binFigure(curve, route, units) : undefined,
    largestGrowth(route, units),
  );
}

function figures(route: RouteReport, units: UnitSystem): Element {
  const bytes = (value: number) => formatBytes(value, units);
  const {
    leakedBytesPerCall,
    leakedBytesPerCallLow: low,
    leakedBytesPerCallHigh: high,
    detectableBytesPerCall,
  } = route;
  const facts: [string, string][] = [];
  if (leakedBytesPerCall > 0) {
    facts.push(['Kept per call', bytes(leakedBytesPerCall)]);
    if (low !== null && high !== null) facts.push(['95 % interval', `${bytes(low)} – ${bytes(high)}`]);
    facts.push(['Kept in all', bytes(route.leakedBytes)]);
  } else if (isBelow(route)) facts.push(['No leak above', `${bytes(detectableBytesPerCall ?? 0)} per call`]);
  if (route.plateauBytes > 0) facts.push(['Levelled off', bytes(route.plateauBytes)]);
  facts.push(['Calls', formatCount(route.calls)]);
  if (route.workersJudged > 0) facts.push(['Workers that agree', `${route.workersAgreeing} of ${route.workersJudged}`]);
  facts.push(['Triggered', bytes(route.highWaterBytes)], ['Net in its own requests', bytes(route.netGrowthBytes)]);
  return h(
    'dl',
    { class: 'figures' },
    facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** Calls so far in a worker's life against memory. */
export function curveChart({ calls, growthBytes, leakedBytes, plateauBytes }: RouteSeries, units: UnitSystem): Chart {
  const fitted = leakedBytes.map((leaked, i) => leaked + plateauBytes[i]!);
  const rise = (values: readonly number[]) => formatBytes(values.at(-1) ?? 0, units);
  const levels = plateauBytes.some((bytes) => bytes > 0);
  return {
    label: `Memory by calls so far: over ${plural((calls.at(-1) ?? 0) - (calls[0] ?? 0), 'call')} it rose by ${rise(growthBytes)}; the estimate explains ${rise(fitted)}${levels ? `, of which ${rise(plateauBytes)} level off` : ''}.`,
    xTitle: 'calls so far in a worker’s life',
    lines: [
      ...(levels ? [{ x: calls, y: plateauBytes, class: 'line plateau-line' }] : []),
      { x: calls, y: fitted, class: 'line fitted-line' },
      { x: calls, y: growthBytes, class: 'line measured-line' },
    ],
    marks: [],
    fromZero: true,
    units,
    width: 'half',
  };
}

function curveFigure(curve: RouteSeries, units: UnitSystem): Element {
  const levels = curve.plateauBytes.some((bytes) => bytes > 0);
  return h(
    'figure',
    {},
    h(
      'figcaption',
      {},
      h('b', {}, 'Memory by calls so far'),
      ' in a worker’s life on average, without what the estimate gives to other routes. ',
      legend([
        ['measured', 'measured-line'],
        ['fitted', 'fitted-line'],
        ...(levels ? [['of it, levelling off', 'plateau-line'] as const] : []),
      ]),
    ),
    h('div', { class: 'live', id: 'route-chart' }),
    h('div', { class: 'plain' }, svgChart(curveChart(curve, units))),
  );
}

/** Calls in a window against the growth of the floor, a dot for windows with about as many calls. */
function binFigure({ bins }: RouteSeries, route: RouteReport, units: UnitSystem): Element {
  const most = Math.max(...bins.map(({ windows }) => windows));
  const middle = ({ fewestCalls, mostCalls }: (typeof bins)[number]) => (fewestCalls + mostCalls) / 2;
  const end = Math.max(...bins.map(middle));
  const { leakedBytesPerCall: perCall, leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high } = route;
  const ray = (bytesPerCall: number, className: string) => ({
    x: [0, end],
    y: [0, bytesPerCall * end],
    class: className,
  });
  const chart: Chart = {
    label: `Growth between two floors by calls between them: ${bins.map((bin) => `${callsText(bin)}: ${formatBytes(bin.meanGrowthBytes, units)} in ${plural(bin.windows, 'window')}`).join('; ')}.`,
    xTitle: 'calls in a window of requests',
    lines:
      perCall > 0
        ? [
            ...(low !== null && high !== null ? [ray(low, 'line bound-line'), ray(high, 'line bound-line')] : []),
            ray(perCall, 'line fitted-line'),
          ]
        : [],
    marks: bins.map((bin) => ({
      x: middle(bin),
      y: bin.meanGrowthBytes,
      class: 'bin',
      radius: 3 + 5 * Math.sqrt(bin.windows / most),
      title: `${callsText(bin)}: mean growth ${formatBytes(bin.meanGrowthBytes, units)} in ${plural(bin.windows, 'window')}`,
    })),
    fromZero: true,
    units,
    width: 'half',
  };
  return h(
    'figure',
    {},
    h(
      'figcaption',
      {},
      h('b', {}, 'Growth by calls in a window:'),
      ' the mean over windows with about as many calls; larger dots stand for more windows. ',
      perCall > 0
        ? legend([
            ['fitted', 'fitted-line'],
            ['95 % interval', 'bound-line'],
          ])
        : undefined,
    ),
    svgChart(chart),
  );
}

function callsText({ fewestCalls, mostCalls }: { fewestCalls: number; mostCalls: number }): string {
  return fewestCalls === mostCalls ? plural(fewestCalls, 'call') : `${fewestCalls} to ${mostCalls} calls`;
}

function legend(entries: readonly (readonly [text: string, className: string])[]): Element {
  return h(
    'span',
    { class: 'legend' },
    entries.map(([text, className]) =>
      h(
        'span',
        {},
        h(
          'svg',
          { class: 'key', viewBox: '0 0 24 8', 'aria-hidden': 'true' },
          h('line', { class: `line ${className}`, x1: 0, x2: 24, y1: 4, y2: 4 }),
        ),
        text,
      ),
    ),
  );
}

function largestGrowth({ largestGrowth: growth, examples }: RouteReport, units: UnitSystem): Content {
  const example =
    examples[0] === undefined ? undefined : h('p', {}, 'For example ', h('code', {}, printable(examples[0])));
  if (growth === null)
    return h('div', { class: 'growth-event' }, h('p', {}, 'None of its own requests made a worker grow.'), example);
  const { file, line, time, worker, method, uri, status, beforeBytes, afterBytes } = growth;
  const when = time === null ? '' : `, ${time.replace('T', ' ')}`;
  return h(
    'div',
    { class: 'growth-event' },
    h('h3', {}, 'Largest growth in its own requests'),
    h(
      'p',
      {},
      h('b', {}, formatBytes(afterBytes - beforeBytes, units)),
      ` (${formatBytes(beforeBytes, units)} to ${formatBytes(afterBytes, units)}) in worker ${printable(worker)}${when}`,
    ),
    h('p', {}, h('code', {}, printable(`${method} ${uri}${status === null ? '' : ` ${status}`}`))),
    h('p', {}, h('code', {}, `${printable(file)}:${line}`)),
  );
}
