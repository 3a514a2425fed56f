/** The ranked routes as a table that is sorted and searched. */
import { formatBytes, formatCount, plural, type UnitSystem } from '../../../term/units.ts';
import { areOfPeaks } from '../../peaks.ts';
import type { RouteReport, Verdict } from '../../report.ts';
import { type Content, type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';
import { breakable, heading, isBelow, routeName, verdictBadge } from './text.ts';

export interface RouteOrder {
  key: SortKey;
  descending: boolean;
}

export interface RouteFilter {
  /** A part of the name, in any case. */
  search: string;
  verdict: Verdict | 'all';
}

export type SortKey = keyof typeof SORT_VALUES;

const VERDICT_ORDER: readonly Verdict[] = ['leak', 'unclear', 'plateau', 'clean'];
const SORT_VALUES = {
  rank: ({ rank }: RouteReport) => rank,
  route: ({ route }: RouteReport) => route,
  verdict: ({ verdict }: RouteReport) => VERDICT_ORDER.indexOf(verdict),
  leaked: ({ leakedBytes }: RouteReport) => leakedBytes,
  perCall: ({ leakedBytesPerCall }: RouteReport) => leakedBytesPerCall,
  calls: ({ calls }: RouteReport) => calls,
  triggered: ({ highWaterBytes }: RouteReport) => highWaterBytes,
  largest: ({ largestGrowthBytes }: RouteReport) => largestGrowthBytes,
  peak: ({ largestPeakBytes }: RouteReport) => largestPeakBytes ?? -1,
  meanPeak: ({ meanPeakBytes }: RouteReport) => meanPeakBytes ?? -1,
} as const;

interface Column {
  title: string;
  key: SortKey | undefined;
  class: string;
  cell: (route: RouteReport, units: UnitSystem) => Content;
}

const COLUMNS: readonly Column[] = [
  { title: '#', key: 'rank', class: 'number rank', cell: ({ rank }) => String(rank) },
  { title: 'Verdict', key: 'verdict', class: 'verdict-cell', cell: ({ verdict }) => verdictBadge(verdict) },
  {
    title: 'Leaked',
    key: 'leaked',
    class: 'number',
    cell: ({ leakedBytes }, units) => (leakedBytes > 0 ? formatBytes(leakedBytes, units) : '–'),
  },
  {
    title: 'Per call',
    key: 'perCall',
    class: 'number',
    cell: (route, units) => {
      if (isBelow(route))
        return h('span', { class: 'below' }, `< ${formatBytes(route.detectableBytesPerCall ?? 0, units)}`);
      return route.leakedBytesPerCall > 0 ? formatBytes(route.leakedBytesPerCall, units) : '–';
    },
  },
  {
    title: '95 % interval',
    key: undefined,
    class: 'number wide',
    cell: ({ leakedBytesPerCall, leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high }, units) =>
      leakedBytesPerCall > 0 && low !== null && high !== null
        ? `${formatBytes(low, units)} – ${formatBytes(high, units)}`
        : '',
  },
  { title: 'Calls', key: 'calls', class: 'number medium', cell: ({ calls }) => formatCount(calls) },
  {
    title: 'Triggered',
    key: 'triggered',
    class: 'number medium',
    cell: ({ highWaterBytes }, units) => formatBytes(highWaterBytes, units),
  },
  {
    title: 'Largest',
    key: 'largest',
    class: 'number wide',
    cell: ({ largestGrowthBytes }, units) => formatBytes(largestGrowthBytes, units),
  },
];
/** Where lines say only how much memory was in use at most. */
const COLUMNS_OF_PEAKS: readonly Column[] = [
  ...COLUMNS.filter(({ key }) => key === 'rank' || key === 'verdict'),
  {
    title: 'Peak',
    key: 'peak',
    class: 'number',
    cell: ({ largestPeakBytes }, units) => (largestPeakBytes === null ? '–' : formatBytes(largestPeakBytes, units)),
  },
  {
    title: 'Mean peak',
    key: 'meanPeak',
    class: 'number medium',
    cell: ({ meanPeakBytes }, units) => (meanPeakBytes === null ? '–' : formatBytes(meanPeakBytes, units)),
  },
  ...COLUMNS.filter(({ key }) => key === 'calls'),
];
/** The name of the route is a row's head, behind the number. */
const NAME_AT = 1;

export function routesView(data: PageData, selected: string | undefined): Element {
  const { routes } = data.report;
  const order: RouteOrder = { key: 'rank', descending: false };
  return h(
    'section',
    { class: 'routes', 'aria-labelledby': 'routes' },
    heading('routes', 'Routes'),
    h(
      'form',
      { class: 'controls', role: 'search' },
      h(
        'label',
        {},
        h('span', {}, 'Search'),
        h('input', {
          type: 'search',
          id: 'search',
          placeholder: 'part of a route',
          autocomplete: 'off',
          spellcheck: 'false',
        }),
      ),
      h(
        'label',
        {},
        h('span', {}, 'Verdict'),
        h(
          'select',
          { id: 'verdict' },
          h('option', { value: 'all' }, `all (${formatCount(routes.length)})`),
          VERDICT_ORDER.map((verdict) => {
            const count = routes.filter((route) => route.verdict === verdict).length;
            return h('option', { value: verdict }, `${verdict} (${formatCount(count)})`);
          }),
        ),
      ),
      h('output', { id: 'shown', role: 'status' }, plural(routes.length, 'route')),
    ),
    h(
      'div',
      { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of routes' },
      h(
        'table',
        { id: 'route-table' },
        h(
          'caption',
          {},
          areOfPeaks(routes)
            ? 'Peak: the most memory that was in use. It says how large workers get, not what a call keeps.'
            : 'Choose a route to see its evidence. “<”: the smallest leak that this log would have shown.',
        ),
        h('thead', {}, routesHead(data, order)),
        h('tbody', {}, routeRows(data, order, { search: '', verdict: 'all' }, selected)),
      ),
    ),
    data.hiddenRoutes > 0
      ? h('p', { class: 'note' }, `${plural(data.hiddenRoutes, 'more route')} not shown here: the JSON report has all.`)
      : undefined,
  );
}

function columnsOf({ report }: PageData): readonly Column[] {
  return areOfPeaks(report.routes) ? COLUMNS_OF_PEAKS : COLUMNS;
}

export function routesHead(data: PageData, order: RouteOrder): Element {
  const head = columnsOf(data).map(({ title, key, class: className }) => headCell(title, key, className, order));
  head.splice(NAME_AT, 0, headCell('Route', 'route', 'name', order));
  return h('tr', {}, head);
}

function headCell(title: string, key: SortKey | undefined, className: string, order: RouteOrder): Element {
  const sorted = key === order.key ? (order.descending ? 'descending' : 'ascending') : undefined;
  const inside = key === undefined ? title : h('button', { type: 'button', 'data-sort': key }, title);
  return h('th', { scope: 'col', class: className, 'aria-sort': sorted }, inside);
}

/** The rows that pass the filter, in order. */
export function routeRows(
  data: PageData,
  order: RouteOrder,
  filter: RouteFilter,
  selected: string | undefined,
): Element[] {
  const columns = columnsOf(data);
  return filteredRoutes(data.report.routes, order, filter).map((route) => {
    const isSelected = route.route === selected;
    const cells = columns.map(({ class: className, cell }) => h('td', { class: className }, cell(route, data.units)));
    const name = h(
      'button',
      { type: 'button', class: 'choose', 'data-route': route.rank, 'aria-pressed': String(isSelected) },
      breakable(routeName(route.route)),
    );
    cells.splice(NAME_AT, 0, h('th', { scope: 'row', class: 'name' }, name));
    return h('tr', { class: isSelected ? 'selected' : undefined }, cells);
  });
}

export function filteredRoutes(
  routes: readonly RouteReport[],
  { key, descending }: RouteOrder,
  { search, verdict }: RouteFilter,
): RouteReport[] {
  const wanted = search.trim().toLowerCase();
  const value = SORT_VALUES[key];
  const sign = descending ? -1 : 1;
  return routes
    .filter((route) => verdict === 'all' || route.verdict === verdict)
    .filter(({ route }) => wanted === '' || routeName(route).toLowerCase().includes(wanted))
    .sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      return x < y ? -sign : x > y ? sign : a.rank - b.rank;
    });
}
