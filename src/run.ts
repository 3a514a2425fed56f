/**
 * The flow on one screen: source -> lines -> parse -> route -> attribute -> rank. Bytes go in at the top, one plain Report
 * comes out at the bottom.
 */
import { Attributor, NO_ROUTE } from './attribute/attributor.ts';
import type { ClassicSums } from './attribute/classic.ts';
import { type InputCounts, lineCount } from './attribute/input-counts.ts';
import { UserError } from './errors.ts';
import { LineScanner } from './lines/scanner.ts';
import type { Options } from './options.ts';
import type { LogSink } from './parse/log-sink.ts';
import type { Reading } from './parse/reading.ts';
import { UwsgiParser } from './parse/uwsgi/parser.ts';
import type { WorkerEvent } from './parse/worker-event.ts';
import { explainNothing } from './rank/nothing.ts';
import { rank } from './rank/rank.ts';
import type { Report } from './report/report.ts';
import { Router } from './route/router.ts';
import { type Place, placeInTime, selectsRequest, selectsRoute } from './select.ts';
import type { Source } from './source/source.ts';
import { ScanMemory } from './wasm/scan-memory.ts';

export interface RunResult {
  report: Report;
  /** Inputs that could not be read, or not to their end; the report is about the rest. */
  problems: UserError[];
}

/**
 * Reads the sources as one log.
 *
 * @param classic also collects what pyuwsgimemhog would have printed.
 * @throws UserError when no source could be read, or when there is nothing in them to report on.
 */
export async function run(sources: readonly Source[], options: Options, classic?: ClassicSums): Promise<RunResult> {
  const analysis = new Analysis(options);
  const problems: UserError[] = [];
  let interrupted = false;
  for (const source of sources) {
    if (options.signal?.aborted) break;
    const handler = new UwsgiParser(analysis.memory, analysis.startInput(source.name));
    const scanner = new LineScanner(classic ? classic.tap(handler) : handler, options.maxLineLength);
    try {
      for await (const chunk of source.chunks(options.signal)) {
        scanner.write(chunk);
        if (options.signal?.aborted) break;
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
    await scanner.end();
    interrupted = options.signal?.aborted ?? false;
  }
  if (problems.length > 0 && problems.length === sources.length && analysis.lines === 0) {
    throw new UserError(problems.map((problem) => problem.message).join('\n'));
  }
  const nothing =
    interrupted || problems.length > 0 ? undefined : explainNothing(analysis.inputs, analysis.attributor, options);
  if (nothing) throw new UserError(nothing);
  return { report: rank(analysis, options, { problems: problems.length, interrupted }), problems };
}

/** Takes what the parser understood through routing, selection and attribution. */
export class Analysis implements LogSink {
  readonly memory: ScanMemory = new ScanMemory();
  readonly attributor: Attributor;
  readonly router: Router;
  readonly inputs: InputCounts[] = [];
  /** Requests that were left out by a choice of the user. */
  leftOut = 0;

  readonly #options: Options;
  readonly #selectsRequests: boolean;
  /** Where the last request lies; a damaged line has no time of its own. */
  #place: Place;
  #input: InputCounts = { name: '', readings: 0, otherLines: 0, malformedLines: 0 };

  constructor(options: Options) {
    this.#options = options;
    const { selection } = options;
    this.#place = selection.since === undefined ? 'inside' : 'before';
    this.attributor = new Attributor(options.metric);
    this.router = new Router(this.memory, { ...options, selects: (route) => selectsRoute(selection, route) });
    this.#selectsRequests = selection.statuses.length > 0 || selection.methods.length > 0;
  }

  get lines(): number {
    return this.inputs.reduce((sum, input) => sum + lineCount(input), 0);
  }

  startInput(name: string): this {
    this.#input = { name, readings: 0, otherLines: 0, malformedLines: 0 };
    this.inputs.push(this.#input);
    this.attributor.startFile(name);
    return this;
  }

  reading(reading: Reading, lineNumber: number): void {
    this.#input.readings++;
    const { selection } = this.#options;
    const place = placeInTime(selection, reading.time);
    this.#place = place;
    if (place !== 'inside') {
      this.leftOut++;
      if (place === 'before') this.attributor.before(reading);
      return;
    }
    let route = reading.hasUri ? this.router.routeOf(reading) : NO_ROUTE;
    if (this.#selectsRequests && route !== NO_ROUTE && !selectsRequest(selection, reading))
      route = this.router.hiddenTwin(route);
    this.attributor.request(reading, route, lineNumber);
  }

  tornReading(reading: Reading): void {
    this.#input.malformedLines++;
    if (this.#place === 'inside') this.attributor.torn(reading);
    else if (this.#place === 'before') this.attributor.before(reading);
  }

  malformed(): void {
    this.#input.malformedLines++;
  }

  otherLine(): void {
    this.#input.otherLines++;
  }

  event(event: WorkerEvent): void {
    this.attributor.event(event);
  }
}
