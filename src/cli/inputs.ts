/** The sources that the files of a command line name. */
import { findFiles, STANDARD_INPUT } from '../source/find-files.ts';
import { rotatedName } from '../source/rotation.ts';
import { fileSource, type Source, streamSource } from '../source/source.ts';
import { printable } from '../term/text.ts';
import type { Effort } from './effort.ts';
import { type Progress, progressOf } from './progress.ts';
import type { Surroundings } from './surroundings.ts';

/** As typed; see analysis-options.ts. */
export interface InputFlags {
  recursive?: true | undefined;
  separate?: true | undefined;
  quiet?: true | undefined;
  follow?: true | undefined;
}

export interface Inputs {
  sources: Source[];
  /** To be stopped when all is read, whatever happens. */
  progress: Progress | undefined;
}

/**
 * Without files, standard input. Says so when it reads them in another order.
 * @param effort is told of the bytes.
 * @throws UserError
 */
export async function sourcesOf(
  files: readonly string[],
  { recursive, separate, quiet, follow }: InputFlags,
  { stdin, stderr, env }: Pick<Surroundings, 'stdin' | 'stderr' | 'env'>,
  effort?: Effort,
): Promise<Inputs> {
  const { paths, isReordered } = await findFiles(files.length === 0 ? [STANDARD_INPUT] : files, recursive ?? false);
  if (isReordered && !quiet) {
    const order = paths.map((path) => `  ${printable(path)}\n`).join('');
    stderr.write(`Rotated files are read in their order:\n${order}`);
  }
  const progress = follow ? undefined : await progressOf(paths, { quiet }, { stderr, env });
  const onRead = (bytes: number) => {
    progress?.read(bytes);
    effort?.read(bytes);
  };
  const sources = paths.map((path) =>
    path === STANDARD_INPUT
      ? streamSource('standard input', stdin, onRead)
      : fileSource(path, separate ? rotatedName(path).set : '', onRead),
  );
  return { sources, progress };
}
