import { stat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { printable } from '../term/text.ts';
import type { TargetFlags } from './report-targets.ts';

/** Two names of one file, by whatever link or path. */
async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((path) => stat(path).catch(() => undefined)));
  return one?.isFile() === true && other !== undefined && one.dev === other.dev && one.ino === other.ino;
}

/** A report in place of the log it is about: the log would be lost. @throws UserError */
export async function refuseOverwriting(
  inputs: readonly string[],
  { output, report = [] }: Pick<TargetFlags, 'output' | 'report'>,
): Promise<void> {
  for (const file of [output, ...report.map((target) => target.file)]) {
    if (file === undefined || file === '-') continue;
    for (const input of inputs) {
      if (!(await isSame(file, input))) continue;
      const what = file === input ? 'is read' : `is ${printable(input)}, which is read`;
      throw new UserError(
        `${printable(file)} ${what}: what is written there would take its place, write into another file`,
      );
    }
  }
}
