/** The lines that pyuwsgimemhog 0.3.0 prints: `path MB calls MB-per-call`, in megabytes of 10^6 bytes. */
import type { ClassicRow } from '../attribute/classic.ts';
import { printable } from '../term/text.ts';
import type { PrintContext } from './printer.ts';
import type { Report } from './report.ts';

const MEGABYTE = 1_000_000;

/** Into a file or a pipe the lines are pyuwsgimemhog's to the byte; a terminal must not see what a client wrote raw. */
export function classicPrinter(_report: Report, { classicRows, toTerminal }: PrintContext): string {
  const text = printClassic(classicRows);
  return toTerminal ? text.split('\n').map(printable).join('\n') : text;
}

export function printClassic(rows: readonly ClassicRow[]): string {
  return rows
    .map(
      ({ path, bytes, calls }) =>
        `${path} ${Math.floor(bytes / MEGABYTE)} ${calls} ${oneDecimal(bytes / calls / MEGABYTE)}\n`,
    )
    .join('');
}

/** As Python's `{:.1f}`: a tie goes to the even digit. Of exact binary fractions only x.25 and x.75 are ties. */
function oneDecimal(value: number): string {
  const whole = Math.floor(value);
  return value - whole === 0.25 ? `${whole}.2` : value.toFixed(1);
}
