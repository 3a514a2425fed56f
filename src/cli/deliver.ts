/** Prints one report in every kind asked for, each to its place. */
import { appendFile } from 'node:fs/promises';
import type { ClassicRow } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import { PRINTERS } from '../report/printers.ts';
import type { Report } from '../report/report.ts';
import { whyNot } from '../state/whole-file.ts';
import { put } from './output.ts';
import type { ReportTarget } from './report-targets.ts';
import { type StyleFlags, tableStyle } from './style.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * @param whole other programs may read the files at any moment.
 * @returns the places that could not be written; the other reports are written all the same.
 */
export async function deliver(
  report: Report,
  classicRows: readonly ClassicRow[],
  targets: readonly ReportTarget[],
  flags: StyleFlags,
  surroundings: Surroundings,
  whole = false,
): Promise<UserError[]> {
  const problems: UserError[] = [];
  for (const { kind, file } of targets) {
    const style = tableStyle({ ...flags, output: file }, surroundings);
    const toTerminal = file === undefined && surroundings.stdout.isTTY === true;
    const print = await PRINTERS[kind].load();
    // What a report says does not depend on which others are printed with it.
    const { series, ...bare } = report;
    const text = print(PRINTERS[kind].curves !== 'none' ? report : bare, { style, toTerminal, classicRows });
    try {
      await put(text, file, surroundings.stdout, whole || PRINTERS[kind].isWatched);
      if (kind === 'github') await addJobSummary(report, style, surroundings.env.GITHUB_STEP_SUMMARY);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  }
  return problems;
}

/** GitHub shows what stands in the file that this variable names; other steps may have written there before. */
async function addJobSummary(report: Report, style: ReturnType<typeof tableStyle>, file: string | undefined) {
  if (!file) return;
  const { printMarkdown } = await import('../report/markdown.ts');
  await appendFile(file, `${printMarkdown(report, { style })}\n`).catch((error) => {
    throw new UserError(`${file}, the job summary that $GITHUB_STEP_SUMMARY names, ${whyNot(error)}`);
  });
}
