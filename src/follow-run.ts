/** A run that reads on while its files grow, until it is told to stop, and shows the report anew when something came. */
import { setTimeout } from 'node:timers/promises';
import type { UserError } from './errors.ts';
import type { InputReader } from './input-reader.ts';
import type { Options } from './options.ts';
import type { Report } from './report/report.ts';
import { readFile } from './resume-run.ts';
import { collectProblem, conclude, type RunResult, reportOn } from './run.ts';
import { type Followed, follow } from './source/follow.ts';
import type { Source } from './source/source.ts';
import type { FileReading } from './state/file-reading.ts';
import type { PlannedFile } from './state/resume-plan.ts';
import type { Session } from './state/session.ts';

/** Milliseconds between two reports at least. */
const INTERVAL = 1000;
/** Of the time, making reports takes a fifth at most. */
const PAUSE_PER_REPORT = 4;

export interface FollowRun {
  session: Session;
  /** Ends the run, which is no interruption then. */
  signal: AbortSignal;
  /** Is given each new report, without `classic` sums. */
  show: (report: Report) => Promise<void>;
}

/** @throws UserError as {@link run}, and when the state cannot be written. */
export async function followRun(
  sources: readonly Source[],
  options: Options,
  { session, signal, show }: FollowRun,
): Promise<RunResult> {
  const problems: UserError[] = [];
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const shown = showReports(options, session, problems, ending, show).catch((error) => {
    over.abort();
    throw error;
  });
  // It is waited for below, after the reading.
  shown.catch(() => {});
  try {
    await readAll(sources, options, session, problems, ending);
  } finally {
    over.abort();
    await shown;
  }
  problems.push(...(await session.end()));
  return conclude(session.analysis, options, { problems, interrupted: false });
}

/** What is there already is read in the order of the files, what is added then as it comes. */
async function readAll(
  sources: readonly Source[],
  options: Options,
  session: Session,
  problems: UserError[],
  signal: AbortSignal,
): Promise<void> {
  const growing: (() => Promise<void>)[] = [];
  for (const input of await session.inputs(sources)) {
    if (signal.aborted) break;
    if (input.path === undefined) {
      const reader = session.openStream(input.source);
      growing.push(() => readStream(input.source, reader, session, signal));
    } else if (!input.isLast || input.found?.isCompressed) {
      await collectProblem(problems, () => readFile(input, options, session));
    } else {
      await collectProblem(problems, async () => {
        const following = await Following.begin(input, session, signal);
        await following.catchUp();
        growing.push(() => following.goOn());
      });
    }
  }
  await Promise.all(growing.map((read) => collectProblem(problems, read)));
}

async function readStream(source: Source, reader: InputReader, session: Session, signal: AbortSignal): Promise<void> {
  for await (const chunk of source.chunks(signal)) {
    reader.write(chunk);
    await session.checkpoint();
  }
}

/** A file that grows. */
class Following {
  readonly #source: Source;
  readonly #session: Session;
  readonly #events: AsyncGenerator<Followed>;
  #reading: FileReading;

  private constructor(source: Source, session: Session, reading: FileReading, signal: AbortSignal) {
    this.#source = source;
    this.#session = session;
    this.#reading = reading;
    this.#events = follow(reading.file, signal, reading.reader.place.offset);
  }

  static async begin(planned: PlannedFile, session: Session, signal: AbortSignal): Promise<Following> {
    return new Following(planned.source, session, await session.open(planned), signal);
  }

  /** Reads what is there. */
  async catchUp(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#events.next();
      if (done) return;
      await this.#take(value);
      if (value.kind === 'caught-up') return;
    }
  }

  async goOn(): Promise<void> {
    for await (const followed of this.#events) await this.#take(followed);
  }

  async #take(followed: Followed): Promise<void> {
    if (followed.kind === 'bytes') this.#reading.write(followed.bytes);
    if (followed.kind === 'new-file')
      this.#reading = await this.#session.moveOn(this.#reading, this.#source, followed.file);
    await this.#session.checkpoint(followed.kind !== 'caught-up');
  }
}

async function showReports(
  options: Options,
  session: Session,
  problems: readonly UserError[],
  signal: AbortSignal,
  show: (report: Report) => Promise<void>,
): Promise<void> {
  let lines = -1;
  let pause = INTERVAL;
  for (;;) {
    await setTimeout(pause, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const { analysis } = session;
    if (analysis.lines === lines) continue;
    lines = analysis.lines;
    const start = performance.now();
    const { report } = reportOn(analysis.copy().evidence(), options, { problems: problems.length, interrupted: false });
    pause = Math.max(INTERVAL, PAUSE_PER_REPORT * (performance.now() - start));
    await show(report);
  }
}
