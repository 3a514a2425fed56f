/** What the gates make of the exit status. */
import { allPassed } from '../gate/gates.ts';
import type { Report } from '../report/report.ts';
import { complain } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

/** @param isShown whether the output already says which gates failed; otherwise standard error does. */
export function gateStatus(
  report: Report,
  { exitZero }: { exitZero?: true | undefined },
  isShown: boolean,
  surroundings: Surroundings,
): number {
  if (allPassed(report)) return EXIT.fine;
  if (!isShown) {
    for (const { gate, match, passed, outcome, message } of report.gates) {
      const scope = match === null ? '' : ` of ${match}`;
      if (!passed) complain(surroundings, `gate ${outcome}: ${gate}${scope}: ${message}`);
    }
  }
  return exitZero ? EXIT.fine : EXIT.gateFailed;
}
