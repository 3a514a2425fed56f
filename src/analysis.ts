/** Takes what the parser understood through selection, routing and attribution, reading by reading. */
import { Attributor, NO_ROUTE } from './attribute/attributor.ts';
import type { Evidence } from './attribute/evidence.ts';
import { evidenceOf } from './attribute/evidence-of.ts';
import { type InputCounts, lineCount } from './attribute/input-counts.ts';
import type { Options } from './options.ts';
import type { Reading } from './parse/reading.ts';
import type { RecognizerSink } from './parse/recognizer.ts';
import type { WorkerEvent } from './parse/worker-event.ts';
import { Router } from './route/router.ts';
import { type Place, placeInTime, selectsRequest } from './select.ts';
import { Archive, type Archived } from './state/archive.ts';
import { ScanMemory } from './wasm/scan-memory.ts';

const NO_WRAPPERS: readonly string[] = [];

export class Analysis implements RecognizerSink, Archived {
  readonly memory: ScanMemory;

  readonly #attributor: Attributor;
  readonly #router: Router;
  #inputs: InputCounts[] = [];
  /** Requests outside the chosen times. */
  #leftOut = 0;

  readonly #options: Options;
  readonly #selectsRequests: boolean;
  /** No request is left out for its time, method or status. */
  readonly #takesAll: boolean;
  /** Where the last request of each origin lies; a damaged line has no time of its own. */
  #places: Place[] = [];
  readonly #firstPlace: Place;
  readonly #selectsTimes: boolean;
  #input: InputCounts = emptyCounts('');
  #wrappers: readonly string[] = NO_WRAPPERS;
  /** Of the record that comes next. */
  #format = '';

  /** @param memory may be shared by analyses that do not read at the same moment. */
  constructor(options: Options, memory: ScanMemory = new ScanMemory()) {
    this.#options = options;
    this.memory = memory;
    const { selection } = options;
    this.#firstPlace = selection.since === undefined ? 'inside' : 'before';
    this.#selectsTimes = selection.since !== undefined || selection.until !== undefined;
    this.#attributor = new Attributor(options.metric, (metric) => {
      const { metrics } = this.#input;
      metrics[metric] = (metrics[metric] ?? 0) + 1;
    });
    this.#router = new Router(this.memory, options, ({ origin }) => this.#attributor.workers.origins.name(origin));
    this.#selectsRequests = selection.statuses.length > 0 || selection.methods.length > 0;
    this.#takesAll = !this.#selectsRequests && !this.#selectsTimes;
  }

  /** All that is to be kept of the log. Nothing may be added afterwards. */
  evidence(): Evidence {
    return evidenceOf(this.#attributor, this.#router, this.#inputs, this.#leftOut);
  }

  /** The next lines are of another input. */
  startInput(name: string): this {
    this.#inputs.push(emptyCounts(name));
    return this.continueInput(this.#inputs.length - 1);
  }

  /** The next lines are of an input that was begun before: the number that {@link inputNumbered} told. */
  continueInput(input: number, place = ''): this {
    this.#input = this.#inputs[input]!;
    this.#wrappers = NO_WRAPPERS;
    this.#attributor.startFile(this.#input.name);
    this.#router.enter(place);
    return this;
  }

  /** The number of the input of this name, which is begun when there is none. */
  inputNumbered(name: string): number {
    const known = this.#inputs.findIndex((input) => input.name === name);
    if (known >= 0) return known;
    this.startInput(name);
    return this.#inputs.length - 1;
  }

  /** Lines of all inputs so far. */
  get lines(): number {
    return this.#inputs.reduce((lines, input) => lines + lineCount(input), 0);
  }

  /** The same analysis once more, to look at while this one goes on. */
  copy(): Analysis {
    const twin = new Analysis(this.#options, this.memory);
    Archive.read(Archive.bytesOf(this), twin);
    return twin;
  }

  transfer(archive: Archive): void {
    this.#attributor.transfer(archive);
    this.#router.transfer(archive);
    this.#inputs = archive.value(this.#inputs);
    this.#leftOut = archive.value(this.#leftOut);
    this.#places = archive.value(this.#places);
  }

  originOf(name: string): number {
    return this.#attributor.workers.origins.numberOf(name);
  }

  recognised(format: string, wrappers: readonly string[]): void {
    this.#format = format;
    if (wrappers.length === 0 || wrappers === this.#wrappers) return;
    this.#wrappers = wrappers;
    for (const wrapper of wrappers) if (!this.#input.wrappers.includes(wrapper)) this.#input.wrappers.push(wrapper);
  }

  usual(records: Float64Array, from: number, to: number, origin = 0): number {
    if (!this.#takesAll) return 0;
    const router = this.#router;
    const taken = this.#attributor.usual(records, from, to, origin, {
      watched: router.watchedIn(origin),
      shown: router.shown,
      partsOfStatus: router.partsOfStatus,
    });
    this.#count(taken);
    return taken;
  }

  reading(reading: Reading, lineNumber: number): void {
    this.#count(1);
    const { selection } = this.#options;
    const place = placeInTime(selection, reading.time);
    if (this.#selectsTimes) this.#places[reading.origin] = place;
    if (place !== 'inside') {
      this.#leftOut++;
      if (place === 'before') this.#attributor.before(reading);
      else this.#attributor.after(reading);
      return;
    }
    let route = reading.hasUri || reading.routeName !== '' ? this.#router.routeOf(reading) : NO_ROUTE;
    let part = NO_ROUTE;
    if (route !== NO_ROUTE) {
      if (this.#selectsRequests && !selectsRequest(selection, reading)) route = this.#router.hiddenTwin(route);
      else part = this.#router.partOf(route, reading);
    }
    this.#attributor.request(reading, route, lineNumber, part);
  }

  tornReading(reading: Reading): void {
    this.#input.malformedLines++;
    const place = this.#places[reading.origin] ?? this.#firstPlace;
    if (place === 'inside') this.#attributor.torn(reading);
    else if (place === 'before') this.#attributor.before(reading);
  }

  malformed(): void {
    this.#input.malformedLines++;
  }

  otherLine(): void {
    this.#input.otherLines++;
  }

  #count(readings: number): void {
    const { formats } = this.#input;
    this.#input.readings += readings;
    formats[this.#format] = (formats[this.#format] ?? 0) + readings;
  }

  event(event: WorkerEvent, origin = 0): void {
    this.#attributor.event(event, origin);
  }
}

function emptyCounts(name: string): InputCounts {
  return { name, readings: 0, otherLines: 0, malformedLines: 0, formats: {}, metrics: {}, wrappers: [] };
}
