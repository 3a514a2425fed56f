/**
 * For the test tab of a CI server: JUnit XML with one case per gate. Without a gate there is one skipped case that says so: an
 * empty file is an error to some servers.
 */
import { printable, shortenMiddle } from '../term/text.ts';
import type { UnitSystem } from '../term/units.ts';
import { answer, what } from './answer.ts';
import { gateOutcome, gateTitle } from './gate-text.ts';
import type { PrintContext } from './printer.ts';
import type { GateReport, Report } from './report.ts';

const LONGEST_ROUTE = 200;
const LONGEST_SENTENCE = 600;
const MOST_BLAMED = 100;

export function printJunit(report: Report, { style: { units } }: Pick<PrintContext, 'style'>): string {
  const { gates } = report;
  const failures = gates.filter(({ passed }) => !passed).length;
  const skipped = gates.length === 0 ? 1 : gates.filter(({ passed, outcome }) => passed && outcome !== 'passed').length;
  const counts = `tests="${Math.max(1, gates.length)}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`;
  const cases = gates.map((gate) => testCase(gateTitle(gate, units), gateElement(gate, units)));
  const none = testCase(
    'no gate',
    '<skipped message="No gate is set, so nothing can fail: see --max-leak-per-call and the like."/>',
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="leakrank" ${counts}>`,
    `  <testsuite name="leakrank" ${counts}>`,
    ...(cases.length > 0 ? cases : [none]),
    `    <system-out>${xml(`${answer(report, units)} ${what(report, { ascii: false })}.`)}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

/** What came of a gate. An inconclusive one that may pass is skipped: nothing was checked. */
function gateElement(gate: GateReport, units: UnitSystem): string {
  if (gate.outcome === 'passed') return '';
  const message = xml(shortenMiddle(printable(gateOutcome(gate, units)), LONGEST_SENTENCE, '…'));
  if (gate.passed) return `<skipped message="${message}"/>`;
  const short = (route: string) => shortenMiddle(route, LONGEST_ROUTE, '…');
  const blamed = gate.outcome === 'failed' ? [...gate.routes, ...gate.workers] : gate.undecidedRoutes;
  const all = blamed
    .slice(0, MOST_BLAMED)
    .map((name) => printable(short(name)))
    .join('\n');
  return `<failure type="${xml(gate.gate)}" message="${message}">${xml(all)}</failure>`;
}

function testCase(name: string, inside: string): string {
  const start = `    <testcase classname="leakrank" name="${xml(name)}" time="0"`;
  return inside === '' ? `${start}/>` : `${start}>${inside}</testcase>`;
}

/** Safe in text and in attributes; what XML 1.0 has no way to write is shown as an escape. */
function xml(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']|(?<=#)#|(?<=:):/g, (c) => `&#${c.charCodeAt(0)};`);
}
