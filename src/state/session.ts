/**
 * What a run that goes on later, or is never over, reads into: one analysis, and the files with their places. Both are written
 * into one state file in one step, so that no reading is lost or counted twice whenever the run is killed.
 */

import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Analysis } from '../analysis.ts';
import type { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import { InputReader } from '../input-reader.ts';
import type { Options } from '../options.ts';
import { LogFile } from '../source/log-file.ts';
import { rotatedSet } from '../source/rotated-set.ts';
import type { Source } from '../source/source.ts';
import { Archive } from './archive.ts';
import { FileReading } from './file-reading.ts';
import type { Position } from './positions.ts';
import { type PlannedFile, planResumption } from './resume-plan.ts';
import type { StateFile } from './state-file.ts';

/** Of files that were read by earlier runs and are nowhere now, so many are remembered. */
const MOST_POSITIONS = 10_000;
/** The end of a rotated file may still be written for so long, in milliseconds. */
const GRACE = 1000;
const LOOK = 100;

export interface SessionOptions {
  /** Undefined: nothing is kept. */
  state: StateFile | undefined;
  /** Milliseconds between two writings of the state. */
  checkpointEvery: number;
  classic: ClassicSums | undefined;
}

export class Session {
  readonly analysis: Analysis;
  readonly #options: Options;
  readonly #settings: SessionOptions;
  /** Of earlier runs; without those of files that this run reads. */
  #positions: Position[];
  readonly #readings: FileReading[] = [];
  readonly #streams: InputReader[] = [];
  #saving: Promise<void> | undefined;
  #savedAt: number = performance.now();
  #isChanged = true;
  #problem: UserError | undefined;

  private constructor(analysis: Analysis, positions: Position[], options: Options, settings: SessionOptions) {
    this.analysis = analysis;
    this.#positions = positions;
    this.#options = options;
    this.#settings = settings;
  }

  /** @throws UserError when the state cannot be used. */
  static async begin(options: Options, settings: SessionOptions): Promise<Session> {
    const analysis = new Analysis(options);
    const positions = (await settings.state?.readInto(analysis)) ?? [];
    return new Session(analysis, positions, options, settings);
  }

  /**
   * What is to be read of the sources that are files, in order, by what lies on the disk now.
   * @throws UserError where a state is kept and a source is no file.
   */
  async files(sources: readonly Source[]): Promise<PlannedFile[]> {
    const files: (Source & { path: string })[] = [];
    for (const source of sources) {
      const { path } = source;
      if (path !== undefined && (await mayBeFile(path))) files.push({ ...source, path });
      else if (this.#settings.state)
        throw new UserError(
          `${source.name} is no file, and --state goes on only in files; write the log into one, or leave --state out`,
        );
    }
    const current = this.#readings.map((reading) => reading.position());
    const planned = await planResumption(files, [...this.#positions, ...current]);
    return planned.filter(({ position }) => position === undefined || !current.includes(position));
  }

  /** The others: pipes, sockets, terminals. */
  async streams(sources: readonly Source[]): Promise<Source[]> {
    const found: Source[] = [];
    for (const source of sources) {
      if (source.path === undefined || !(await mayBeFile(source.path))) found.push(source);
    }
    return found;
  }

  /**
   * @returns undefined when it is no longer there: what is to be read has to be planned anew.
   * @throws UserError when it cannot be read.
   */
  async open(planned: PlannedFile): Promise<FileReading | undefined> {
    const { source, position } = planned;
    if (!position) this.analysis.inputNumbered(source.name);
    const file = await openAgain(planned);
    if (!file) return undefined;
    const input = position?.input ?? this.analysis.inputNumbered(source.name);
    const reader = this.#reader(source, input, position);
    if (position?.reader) Archive.read(position.reader, reader);
    const reading = await FileReading.begin(file, reader).catch(async (error) => {
      await file.close();
      throw error;
    });
    this.#positions = this.#positions.filter((other) => other !== position);
    this.#readings.push(reading);
    return reading;
  }

  /**
   * A file that was followed is followed no longer, since its name leads to another one, or it was emptied: it is one of those
   * that {@link files} finds, until its end is read.
   */
  leave(reading: FileReading, reason: 'rotated' | 'truncated'): void {
    if (reason === 'truncated') reading.end();
    this.#forget(reading);
  }

  openStream(source: Source): InputReader {
    const reader = this.#reader(source, this.analysis.inputNumbered(source.name));
    this.#streams.push(reader);
    return reader;
  }

  /** The file is followed by another one of its set: what was begun in it ends now, or in a moment. */
  async endRotated(reading: FileReading): Promise<void> {
    const { file } = reading;
    let quietSince = performance.now();
    while (
      !file.isCompressed &&
      reading.reader.place.offset < reading.reader.readBytes &&
      performance.now() - quietSince < GRACE
    ) {
      if (this.#options.signal?.aborted) return;
      await setTimeout(LOOK);
      for await (const chunk of file.chunks(reading.reader.readBytes)) {
        reading.write(chunk);
        this.#isChanged = true;
        quietSince = performance.now();
      }
    }
    this.#close(reading);
  }

  /** To be called when something was read: writes the state when it is time. */
  async checkpoint(hasNews = true): Promise<void> {
    this.#isChanged ||= hasNews;
    if (this.#isChanged && performance.now() - this.#savedAt >= this.#settings.checkpointEvery) await this.#save();
  }

  async #save(): Promise<void> {
    const { state } = this.#settings;
    if (!state) return;
    while (this.#saving) await this.#saving;
    this.#isChanged = false;
    const now = this.#readings.map((reading) => reading.position());
    const positions = [...this.#positions.slice(-MOST_POSITIONS), ...now];
    this.#saving = state.write(this.analysis, positions).then(
      () => this.#saved(undefined),
      (error) => {
        if (!(error instanceof UserError)) throw error;
        this.#saved(error);
      },
    );
    await this.#saving;
  }

  /** A file is over; its place is kept. */
  #close(reading: FileReading): void {
    reading.end();
    this.#forget(reading);
  }

  #forget(reading: FileReading): void {
    this.#readings.splice(this.#readings.indexOf(reading), 1);
    this.#positions.push(reading.position());
    this.#isChanged = true;
  }

  /** A full disk may have room the next time: what could not be written is told when it is the end. */
  #saved(problem: UserError | undefined): void {
    this.#saving = undefined;
    this.#savedAt = performance.now();
    this.#problem = problem;
    if (problem) this.#isChanged = true;
  }

  /**
   * Nothing more will come: the state is written, and then lines that wait for their ends are read as they are.
   * @returns why the state could not be written, if so.
   */
  async end(): Promise<UserError[]> {
    await this.#save();
    for (const reading of this.#readings) reading.end();
    for (const reader of this.#streams) reader.end();
    return this.#problem ? [this.#problem] : [];
  }

  #reader(source: Source, input: number, start?: Position): InputReader {
    const place = { input, place: source.place, ...(start ? { start } : {}) };
    return new InputReader(this.analysis, this.#options, place, this.#settings.classic);
  }
}

/** Also what is not there, or a folder: reading it says so. */
async function mayBeFile(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status === undefined || status.isFile() || status.isDirectory();
}

/** The file that was found, also where it was renamed since then; undefined when it is nowhere in its folder. */
async function openAgain({ path, found }: PlannedFile): Promise<LogFile | undefined> {
  if (!found) return LogFile.open(path);
  for (const candidate of [path, ...(await rotatedSet(path))]) {
    const file = await LogFile.open(candidate).catch(() => undefined);
    if (file?.inode === found.inode && file.device === found.device) return file;
    await file?.close();
  }
  return undefined;
}
