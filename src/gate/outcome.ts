/** What becomes of a gate. */
import type { GateReport } from '../report/report.ts';

/** @param isOpen whether the log does not tell of some of what the gate is about. */
export function outcome(
  isAbove: boolean,
  isOpen: boolean,
  inconclusive: 'pass' | 'fail',
): Pick<GateReport, 'outcome' | 'passed'> {
  if (isAbove) return { outcome: 'failed', passed: false };
  return isOpen ? { outcome: 'inconclusive', passed: inconclusive === 'pass' } : { outcome: 'passed', passed: true };
}
