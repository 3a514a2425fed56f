/** What was read, and by what. */
import { printable } from '../../../term/printable.ts';
import { formatCount } from '../../../term/units.ts';
import { type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';
import { heading } from './text.ts';

export function inputsView({ report }: PageData): Element {
  const rows = report.inputs.map(({ name, format, metric, readings, otherLines, malformedLines }) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, h('code', {}, printable(name))),
      h('td', {}, printable(format ?? 'none recognised')),
      h('td', {}, metric),
      h('td', { class: 'number' }, formatCount(readings)),
      h('td', { class: 'number medium' }, formatCount(otherLines)),
      h('td', { class: 'number' }, formatCount(malformedLines)),
    ),
  );
  const head: [string, string][] = [
    ['Input', ''],
    ['Format', ''],
    ['Metric', ''],
    ['Requests', 'number'],
    ['Other lines', 'number medium'],
    ['Damaged', 'number'],
  ];
  return h(
    'section',
    { class: 'inputs', 'aria-labelledby': 'inputs' },
    heading('inputs', 'Inputs'),
    h(
      'div',
      { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of inputs' },
      h(
        'table',
        {},
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
    ),
    h(
      'details',
      {},
      h('summary', {}, 'What the words mean'),
      h(
        'dl',
        { class: 'words' },
        WORDS.flatMap(([word, meaning]) => [h('dt', {}, word), h('dd', {}, meaning)]),
      ),
    ),
  );
}

const WORDS: readonly [string, string][] = [
  ['leak', 'Memory grows with every call, beyond what chance explains.'],
  ['unclear', 'This log does not tell; the reason says why.'],
  ['plateau', 'It made the workers grow, and stopped.'],
  ['clean', 'No leak above the figure with “<”; a smaller one may be there.'],
  ['leaked', 'Kept for ever by all calls of a route, as estimated.'],
  ['levelled off', 'Imports, caches that fill, room the allocator keeps: it grows at first, and then no more.'],
  [
    'triggered',
    'What the requests of a route added above every earlier size of their worker. It says how large workers get, not who leaks.',
  ],
];
