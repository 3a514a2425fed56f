/** What came of the gates, below the table: one entry per limit, the failed ones first. */
import type { Paint, Style } from '../term/colour.ts';
import { printable, wrap } from '../term/text.ts';
import type { UnitSystem } from '../term/units.ts';
import { gateMessage, gateName } from './gate-text.ts';
import type { GateOutcome, GateReport } from './report.ts';

interface GateStyle {
  width: number;
  ascii: boolean;
  units: UnitSystem;
}

/** Sentences are not wider, however wide the terminal. */
const WIDEST = 100;
const ORDER: readonly GateOutcome[] = ['failed', 'inconclusive', 'passed'];
const COLOUR: Record<GateOutcome, Style> = { failed: 'red', inconclusive: 'yellow', passed: 'green' };

/** An empty line and the gates; nothing without gates. */
export function gateLines(gates: readonly GateReport[], style: GateStyle, paint: Paint): string[] {
  const sorted = gates.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  return sorted.length === 0 ? [] : ['', ...sorted.flatMap((gate) => lines(gate, style, paint))];
}

function lines(gate: GateReport, { width, ascii, units }: GateStyle, paint: Paint): string[] {
  const failsOpen = gate.outcome === 'inconclusive' && !gate.passed ? ' (fails)' : '';
  const text = printable(`gate ${gate.outcome}${failsOpen}: ${gateName(gate)}: ${gateMessage(gate, units)}`);
  const plain = ascii ? text.replace(/[^\x20-\x7e]/gu, '?') : text;
  const [first = '', ...rest] = wrap(plain, Math.min(width, WIDEST), '  ');
  const head = `gate ${gate.outcome}`;
  return [paint(COLOUR[gate.outcome], first.slice(0, head.length)) + first.slice(head.length), ...rest];
}
