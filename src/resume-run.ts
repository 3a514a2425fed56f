/** A run that goes on where the last one stopped, to the present end of its files. */

import type { UserError } from './errors.ts';
import type { Options } from './options.ts';
import { collectProblem, conclude, type RunResult } from './run.ts';
import type { Source } from './source/source.ts';
import type { FileReading } from './state/file-reading.ts';
import type { PlannedFile } from './state/resume-plan.ts';
import type { Session } from './state/session.ts';

/** @throws UserError as {@link run}, and when the state cannot be written. */
export async function resumeRun(sources: readonly Source[], options: Options, session: Session): Promise<RunResult> {
  const problems: UserError[] = [];
  for (let isMoved = true; isMoved; ) {
    isMoved = false;
    for (const input of await session.files(sources)) {
      if (options.signal?.aborted || isMoved) break;
      await collectProblem(problems, async () => {
        isMoved = !(await readFile(input, options, session));
      });
    }
  }
  problems.push(...(await session.end()));
  return conclude(session.analysis, options, { problems, interrupted: options.signal?.aborted ?? false });
}

/**
 * Reads a file to its present end. A line that has no end waits for the next run, unless another file follows.
 * @returns false when it is no longer there, and what is to be read has to be planned anew.
 */
export async function readFile(planned: PlannedFile, options: Options, session: Session): Promise<boolean> {
  const reading = await session.open(planned);
  if (!reading) return false;
  try {
    await readOn(reading, planned, options, session);
    const isOver = !planned.isLast || reading.file.isCompressed;
    if (isOver && !options.signal?.aborted) await session.endRotated(reading);
    return true;
  } finally {
    await reading.file.close();
  }
}

async function readOn(reading: FileReading, { source }: PlannedFile, { signal }: Options, session: Session) {
  for await (const chunk of reading.file.chunks(reading.reader.place.offset, source.onRead)) {
    reading.write(chunk);
    if (signal?.aborted) return;
    await session.checkpoint();
  }
}
