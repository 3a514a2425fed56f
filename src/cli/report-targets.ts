/** What --report, --json and --output ask for together: which reports, and where each goes. */
import { UserError } from '../errors.ts';
import { PRINTERS, REPORT_KINDS, type ReportKind } from '../report/printers.ts';
import { InvalidArgumentError } from './analysis-options.ts';

export interface ReportTarget {
  kind: ReportKind;
  /** Undefined: standard output. */
  file: string | undefined;
}

export interface TargetFlags {
  report?: readonly ReportTarget[] | undefined;
  json?: true | undefined;
  output?: string | undefined;
}

/** Gathers the values of --report: `kind` or `kind=file`. @throws InvalidArgumentError */
export function collectTarget(value: string, targets: readonly ReportTarget[] = []): ReportTarget[] {
  const at = value.indexOf('=');
  const name = at < 0 ? value : value.slice(0, at);
  const kind = REPORT_KINDS.find((known) => known === name);
  if (kind === undefined) throw new InvalidArgumentError(`Allowed choices are ${REPORT_KINDS.join(', ')}.`);
  const file = at < 0 ? undefined : value.slice(at + 1);
  if (file === '') throw new InvalidArgumentError('After = stands the name of a file, or - for standard output.');
  return [...targets, { kind, file }];
}

/**
 * The table on standard output when nothing else is asked for. --output is the file of the report that names none.
 *
 * @throws UserError where two reports would go into one place, or a page onto a screen.
 */
export function reportTargets(flags: TargetFlags, stdoutIsTerminal: boolean): ReportTarget[] {
  const asked = [...(flags.json ? [{ kind: 'json' as const, file: undefined }] : []), ...(flags.report ?? [])];
  const wanted: ReportTarget[] = asked.length > 0 ? asked : [{ kind: 'table', file: undefined }];
  if (flags.output !== undefined && wanted.every(({ file }) => file !== undefined))
    throw new UserError(`-o ${flags.output} is for a report without a file of its own, and each --report here has one`);
  const targets = wanted.map(({ kind, file = flags.output }) => ({ kind, file: file === '-' ? undefined : file }));
  for (const [i, { kind, file }] of targets.entries()) {
    const other = targets.slice(0, i).find((target) => target.file === file);
    if (other === undefined) continue;
    if (file !== undefined)
      throw new UserError(`${file} is to hold both ${other.kind} and ${kind}; give each a file of its own`);
    if (!PRINTERS[kind].isProse || !PRINTERS[other.kind].isProse)
      throw new UserError(
        `${other.kind} and ${kind} would be mixed on standard output; write one into a file: --report ${kind}=FILE`,
      );
  }
  if (stdoutIsTerminal && targets.some(({ kind, file }) => kind === 'html' && file === undefined))
    throw new UserError('html is for a browser, not for a terminal; write it into a file: --report html=report.html');
  return targets;
}
