/** The workers: memory over requests, one life after another with the reason of each end, and the lives as a table. */
import { printable } from '../../../term/printable.ts';
import { formatBytes, formatCount, plural } from '../../../term/units.ts';
import type { Report, WorkerReport } from '../../report.ts';
import { type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';
import { type ChartMark, svgChart, svgSparkline } from './svg-chart.ts';
import { heading } from './text.ts';

/** One life on the axis of the chart. */
export interface PlacedLife {
  worker: string;
  /** Requests, counted over all lives before it. */
  x: number[];
  bytes: number[];
  /** Null while it lives, or where the log does not say. */
  ended: string | null;
}

/** The lives in the order of the log, each beginning where the one before it ends; or all from 0 on. */
export function placedLives({ workers, series }: Report, oneAfterAnother: boolean): PlacedLife[] {
  const floors = new Map(series?.workers.map((curve) => [curve.worker, curve]));
  let from = 0;
  return workers.flatMap((worker) => {
    const curve = floors.get(worker.worker);
    if (curve === undefined || curve.requests.length === 0) return [];
    const start = worker.firstBytes === null || curve.requests[0] === 1 ? [] : [worker.firstBytes];
    const requests = start.length > 0 ? [1, ...curve.requests] : curve.requests;
    const x = requests.map((request) => from + request);
    if (oneAfterAnother) from += worker.requests;
    return [{ worker: worker.worker, x, bytes: [...start, ...curve.floorBytes], ended: worker.ended }];
  });
}

export function workersView(data: PageData): Element | undefined {
  const { report, units } = data;
  if (report.workers.length === 0) return undefined;
  const lives = placedLives(report, true);
  return h(
    'section',
    { class: 'workers', 'aria-labelledby': 'workers' },
    heading('workers', 'Workers'),
    lives.length > 0
      ? h(
          'figure',
          {},
          h(
            'figcaption',
            {},
            h('b', {}, `Memory (${report.inputs[0]?.metric ?? 'rss'}) over requests:`),
            ' the lowest reading of each window. A dot ends a life, and the table has its reason.',
          ),
          h(
            'div',
            { class: 'controls live' },
            h(
              'label',
              {},
              h('span', {}, 'Lives'),
              h(
                'select',
                { id: 'lives' },
                h('option', { value: 'after' }, 'one after another'),
                h('option', { value: 'over' }, 'laid over each other'),
              ),
            ),
            h('button', { type: 'button', id: 'zoom-in' }, 'Zoom in'),
            h('button', { type: 'button', id: 'zoom-out' }, 'Zoom out'),
            h('button', { type: 'button', id: 'zoom-reset' }, 'Show all'),
            h('output', { id: 'cursor', role: 'status' }),
          ),
          h('div', { class: 'live', id: 'worker-chart' }),
          h(
            'div',
            { class: 'plain' },
            svgChart({
              label: workersLabel(data),
              xTitle: 'requests, one life after another',
              lines: lives.map(({ x, bytes }, i) => ({ x, y: bytes, class: `line life life-${i % 2}` })),
              marks: lives.flatMap(endMark),
              fromZero: true,
              units,
              width: 'whole',
            }),
          ),
        )
      : undefined,
    workerTable(data),
    data.hiddenWorkers > 0
      ? h(
          'p',
          { class: 'note' },
          `${plural(data.hiddenWorkers, 'more worker')} not shown here: the JSON report has all.`,
        )
      : undefined,
  );
}

/** What the chart shows, in a sentence. */
export function workersLabel({ report, units }: Pick<PageData, 'report' | 'units'>): string {
  const { workers, totals } = report;
  const peak = workers.reduce((most, { peakBytes }) => Math.max(most, peakBytes ?? 0), 0);
  return `Memory of ${plural(totals.workers, 'worker')} over their requests, with ${plural(totals.restarts, 'restart')}; the largest reading is ${formatBytes(peak, units)}.`;
}

function endMark({ worker, x, bytes, ended }: PlacedLife): ChartMark[] {
  if (ended === null) return [];
  return [
    {
      x: x.at(-1)!,
      y: bytes.at(-1)!,
      class: 'end',
      radius: 3,
      title: `worker ${printable(worker)}: ${printable(ended)}`,
    },
  ];
}

function workerTable({ report, units }: PageData): Element {
  const floors = new Map(report.series?.workers.map(({ worker, floorBytes }) => [worker, floorBytes]));
  const bytes = (value: number | null) => (value === null ? '–' : formatBytes(value, units));
  const growth = ({ firstBytes, lastBytes }: WorkerReport) =>
    firstBytes === null || lastBytes === null ? null : lastBytes - firstBytes;
  const rows = report.workers.map((worker) => {
    const curve = floors.get(worker.worker);
    return h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h(
          'button',
          { type: 'button', class: 'choose', 'data-worker': printable(worker.worker) },
          printable(worker.worker),
        ),
      ),
      h('td', { class: 'curve' }, curve && curve.length > 1 ? svgSparkline(curve) : ''),
      h('td', { class: 'number' }, formatCount(worker.requests)),
      h('td', { class: 'number medium' }, bytes(worker.firstBytes)),
      h('td', { class: 'number medium' }, bytes(worker.lastBytes)),
      h('td', { class: 'number' }, bytes(growth(worker))),
      h('td', { class: 'number wide' }, bytes(worker.peakBytes)),
      h('td', { class: 'number wide' }, bytes(worker.leakedBytes)),
      h('td', {}, worker.ended === null ? '' : printable(worker.ended)),
    );
  });
  const head: [string, string][] = [
    ['Worker', ''],
    ['Memory', 'curve'],
    ['Requests', 'number'],
    ['First', 'number medium'],
    ['Last', 'number medium'],
    ['Growth', 'number'],
    ['Peak', 'number wide'],
    ['Leaked', 'number wide'],
    ['Ended by', ''],
  ];
  return h(
    'div',
    { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of workers' },
    h(
      'table',
      { id: 'worker-table' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map(([title, className]) => h('th', { scope: 'col', class: className }, title)),
        ),
      ),
      h('tbody', {}, rows),
    ),
  );
}
