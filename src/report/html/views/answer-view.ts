/** The top of the page: the answer in one sentence, the gates, and where the growth of the workers went. */
import { printable } from '../../../term/printable.ts';
import { formatBytes } from '../../../term/units.ts';
import { accounting, accountingParts, answer, what } from '../../answer.ts';
import { gateOutcome, gateTitle } from '../../gate-text.ts';
import { areOfPeaks } from '../../peaks.ts';
import { type Content, type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';

const PART_CLASS: Record<string, string> = {
  leaked: 'part-leaked',
  'perhaps leaked': 'part-perhaps',
  'leaked by routes left out': 'part-perhaps',
  'levelled off': 'part-plateau',
  unexplained: 'part-unexplained',
  unattributed: 'part-unattributed',
};
const BAR_WIDTH = 1000;
const BAR_HEIGHT = 18;

export function answerView({ report, units }: PageData): Element {
  return h(
    'section',
    { class: 'answer', 'aria-labelledby': 'answer' },
    h('p', { class: 'what' }, what(report, { ascii: false })),
    h('h1', { id: 'answer' }, answer(report, units)),
    report.gates.length > 0
      ? h(
          'ul',
          { class: 'gates', 'aria-label': 'Gates' },
          report.gates.map((gate) =>
            h(
              'li',
              { class: gate.passed ? gate.outcome : 'failed' },
              h('strong', {}, printable(gateTitle(gate, units))),
              ` ${printable(gateOutcome(gate, units))}`,
            ),
          ),
        )
      : undefined,
    areOfPeaks(report.routes) ? undefined : accountingView({ report, units }),
    report.warnings.length > 0
      ? h(
          'aside',
          { class: 'warnings', 'aria-label': 'Warnings' },
          h(
            'ul',
            {},
            report.warnings.map(({ message }) => h('li', {}, h('strong', {}, 'Warning: '), printable(message))),
          ),
        )
      : undefined,
  );
}

/** A bar of the parts that are above 0; the words below it name all parts, and are what a screen reader hears. */
function accountingView({ report, units }: Pick<PageData, 'report' | 'units'>): Content[] {
  const parts = accountingParts(report);
  const sum = parts.reduce((total, { bytes }) => total + Math.max(0, bytes), 0);
  if (sum === 0) return [h('p', {}, accounting(report, units))];
  let x = 0;
  const bars = parts
    .filter(({ bytes }) => bytes > 0)
    .map(({ name, bytes }) => {
      const width = (bytes / sum) * BAR_WIDTH;
      const bar = h('rect', {
        class: PART_CLASS[name],
        x: x.toFixed(1),
        y: 0,
        width: Math.max(2, width - 2).toFixed(1),
        height: BAR_HEIGHT,
      });
      x += width;
      return bar;
    });
  return [
    h('p', { class: 'growth' }, `The workers grew by ${formatBytes(report.totals.growthBytes, units)}:`),
    h(
      'svg',
      {
        class: 'accounting',
        viewBox: `0 0 ${BAR_WIDTH} ${BAR_HEIGHT}`,
        preserveAspectRatio: 'none',
        role: 'img',
        'aria-label': accounting(report, units),
      },
      bars,
    ),
    h(
      'ul',
      { class: 'parts' },
      parts.map(({ name, bytes }) =>
        h(
          'li',
          {},
          h('span', { class: `swatch ${PART_CLASS[name]}`, 'aria-hidden': 'true' }),
          h('b', {}, formatBytes(bytes, units)),
          ` ${name}`,
        ),
      ),
    ),
  ];
}
