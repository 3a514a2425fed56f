import type { Report } from '../report/report.ts';
import { painter, wantsColour } from '../term/colour.ts';
import { printable } from '../term/text.ts';
import { colourChoice, type StyleFlags } from './style.ts';
import type { Surroundings } from './surroundings.ts';

/** The report's warnings on standard error. */
export function warn(report: Report, flags: Pick<StyleFlags, 'color'>, { stderr, env }: Surroundings): void {
  const paint = painter(wantsColour({ choice: colourChoice(flags), isTerminal: stderr.isTTY === true, env }));
  for (const { message } of report.warnings) stderr.write(`${paint('yellow', 'warning:')} ${printable(message)}\n`);
}
