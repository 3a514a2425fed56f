import { stat } from 'node:fs/promises';
import { writeWhole } from '../state/whole-file.ts';
import { put } from './output.ts';
import type { Output } from './surroundings.ts';

/** Writes a line of evidence to standard output or, as a whole or not at all, into a file. @throws UserError */
export async function putEvidence(line: string, file: string | undefined, stdout: Output): Promise<void> {
  const old = file === undefined || file === '-' ? undefined : await stat(file).catch(() => undefined);
  // A pipe or a device keeps its place.
  if (file === undefined || file === '-' || (old && !old.isFile())) await put(line, file, stdout);
  else await writeWhole(file, [line]);
}
