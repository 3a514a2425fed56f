/** A run that reads on while its files grow, until it is told to stop, and shows the report anew when something came. */
import { setTimeout } from 'node:timers/promises';
import type { Evidence } from './attribute/evidence.ts';
import { UserError } from './errors.ts';
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

/** A file that cannot be read is tried again after so many milliseconds. */
const RETRY = 500;

export interface FollowRun {
  session: Session;
  /** Ends the run, which is no interruption then. */
  signal: AbortSignal;
  /** Is given each new report, without `classic` sums, and what it was made from. */
  show: (report: Report, evidence: Evidence) => Promise<void>;
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
    await readAll(sources, { ...options, signal: ending }, session, problems, ending);
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
  for (let isMoved = true; isMoved; ) {
    isMoved = false;
    for (const input of await session.files(sources)) {
      if (signal.aborted || isMoved) break;
      await collectProblem(problems, async () => {
        if (!input.isLast || input.found?.isCompressed) {
          isMoved = !(await readFile(input, options, session));
          return;
        }
        const following = await Following.begin(input, options, session);
        isMoved = !following;
        if (following) growing.push(() => following.goOn());
      });
    }
  }
  for (const input of await session.streams(sources)) {
    const reader = session.openStream(input);
    growing.push(() => readStream(input, reader, session, signal));
  }
  await Promise.all(growing.map((read) => collectProblem(problems, read)));
}

async function readStream(source: Source, reader: InputReader, session: Session, signal: AbortSignal): Promise<void> {
  for await (const chunk of source.chunks(signal)) {
    reader.write(chunk);
    await session.checkpoint();
  }
}

/** A log that grows, whatever file its name leads to. */
class Following {
  readonly #source: Source;
  readonly #options: Options;
  readonly #session: Session;
  #reading: FileReading;
  #events: AsyncGenerator<Followed>;

  private constructor(source: Source, options: Options, session: Session, reading: FileReading) {
    this.#source = source;
    this.#options = options;
    this.#session = session;
    this.#reading = reading;
    this.#events = this.#follow();
  }

  /** Reads what is there. @param planned the last file of its set. @returns undefined when it is no longer there. */
  static async begin(planned: PlannedFile, options: Options, session: Session): Promise<Following | undefined> {
    const reading = await session.open(planned);
    if (!reading) return undefined;
    const following = new Following(planned.source, options, session, reading);
    for (;;) {
      const { value, done } = await following.#events.next();
      if (done || (await following.#take(value)) === 'caught-up') return following;
    }
  }

  async goOn(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.#events.next();
        if (done) return;
        await this.#take(value);
      }
    } finally {
      await this.#reading.file.close();
    }
  }

  async #take(followed: Followed): Promise<Followed['kind']> {
    if (followed.kind === 'bytes') this.#reading.write(followed.bytes);
    if (followed.kind === 'over') await this.#moveOn(followed.reason);
    await this.#session.checkpoint(followed.kind !== 'caught-up');
    return followed.kind;
  }

  /** What was written into other files of the set meanwhile comes first. */
  async #moveOn(reason: 'rotated' | 'truncated'): Promise<void> {
    const old = this.#reading;
    this.#session.leave(old, reason);
    while (this.#reading === old) {
      try {
        await this.#openNext();
      } catch (error) {
        if (!(error instanceof UserError) || this.#options.signal?.aborted) throw error;
        // Renamed once more, or not readable yet.
        await setTimeout(RETRY);
      }
    }
    await old.file.close();
    this.#events = this.#follow();
  }

  async #openNext(): Promise<void> {
    for (const input of await this.#session.files([this.#source])) {
      if (!input.isLast) {
        if (!(await readFile(input, this.#options, this.#session))) return;
        continue;
      }
      this.#reading = (await this.#session.open(input)) ?? this.#reading;
    }
  }

  #follow(): AsyncGenerator<Followed> {
    const { file, reader } = this.#reading;
    return follow(file, this.#options.signal!, reader.place.offset);
  }
}

async function showReports(
  options: Options,
  session: Session,
  problems: readonly UserError[],
  signal: AbortSignal,
  show: FollowRun['show'],
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
    const evidence = analysis.copy().evidence();
    const report = reportSoFar(evidence, options, problems.length);
    pause = Math.max(INTERVAL, PAUSE_PER_REPORT * (performance.now() - start));
    if (report) await show(report, evidence);
  }
}

/** Undefined where there is too little yet: the route that --explain names may still come. The end tells otherwise. */
function reportSoFar(evidence: Evidence, options: Options, problems: number): Report | undefined {
  try {
    return reportOn(evidence, options, { problems, interrupted: false }).report;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return undefined;
  }
}
