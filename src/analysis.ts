/** Takes what the parser understood through selection, routing and attribution, reading by reading. */
import { Attributor, NO_ROUTE } from './attribute/attributor.ts';
import type { Evidence } from './attribute/evidence.ts';
import { evidenceOf } from './attribute/evidence-of.ts';
import type { InputCounts } from './attribute/input-counts.ts';
import type { Options } from './options.ts';
import type { Reading } from './parse/reading.ts';
import type { RecognizerSink } from './parse/recognizer.ts';
import type { WorkerEvent } from './parse/worker-event.ts';
import { Router } from './route/router.ts';
import { type Place, placeInTime, selectsRequest } from './select.ts';
import { ScanMemory } from './wasm/scan-memory.ts';

export class Analysis implements RecognizerSink {
  readonly memory: ScanMemory = new ScanMemory();

  readonly #attributor: Attributor;
  readonly #router: Router;
  readonly #inputs: InputCounts[] = [];
  /** Requests outside the chosen times. */
  #leftOut = 0;

  readonly #options: Options;
  readonly #selectsRequests: boolean;
  /** No request is left out for its time, method or status. */
  readonly #takesAll: boolean;
  /** Where the last request lies; a damaged line has no time of its own. */
  #place: Place;
  #input: InputCounts = emptyCounts('');
  #wrappers: readonly string[] = [];
  /** Of the record that comes next. */
  #format = '';

  constructor(options: Options) {
    this.#options = options;
    const { selection } = options;
    this.#place = selection.since === undefined ? 'inside' : 'before';
    this.#attributor = new Attributor(options.metric, (metric) => {
      const { metrics } = this.#input;
      metrics[metric] = (metrics[metric] ?? 0) + 1;
    });
    this.#router = new Router(this.memory, options);
    this.#selectsRequests = selection.statuses.length > 0 || selection.methods.length > 0;
    this.#takesAll = !this.#selectsRequests && selection.since === undefined && selection.until === undefined;
  }

  /** All that is to be kept of the log. Nothing may be added afterwards. */
  evidence(): Evidence {
    return evidenceOf(this.#attributor, this.#router, this.#inputs, this.#leftOut);
  }

  startInput(name: string): this {
    this.#input = emptyCounts(name);
    this.#wrappers = [];
    this.#inputs.push(this.#input);
    this.#attributor.startFile(name);
    return this;
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
    const taken = this.#attributor.usual(records, from, to, origin);
    this.#count(taken);
    return taken;
  }

  reading(reading: Reading, lineNumber: number): void {
    this.#count(1);
    const { selection } = this.#options;
    const place = placeInTime(selection, reading.time);
    this.#place = place;
    if (place !== 'inside') {
      this.#leftOut++;
      if (place === 'before') this.#attributor.before(reading);
      else this.#attributor.after(reading);
      return;
    }
    let route = reading.hasUri || reading.routeName !== '' ? this.#router.routeOf(reading) : NO_ROUTE;
    if (this.#selectsRequests && route !== NO_ROUTE && !selectsRequest(selection, reading))
      route = this.#router.hiddenTwin(route);
    this.#attributor.request(reading, route, lineNumber);
  }

  tornReading(reading: Reading): void {
    this.#input.malformedLines++;
    if (this.#place === 'inside') this.#attributor.torn(reading);
    else if (this.#place === 'before') this.#attributor.before(reading);
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
