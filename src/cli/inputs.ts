/** The sources that the files of a command line name. */
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import { fileSource, type Source, streamSource } from '../source/source.ts';

/** @throws UserError when standard input is asked for twice. */
export function sourcesOf(files: readonly string[], stdin: Readable): Source[] {
  if (files.length === 0) return [streamSource('standard input', stdin)];
  if (files.filter((file) => file === '-').length > 1)
    throw new UserError('- stands twice among the files: standard input can be read once');
  return files.map((file) => (file === '-' ? streamSource('standard input', stdin) : fileSource(file)));
}
