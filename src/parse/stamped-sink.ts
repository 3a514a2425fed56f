/** The sink that parsers see: to what they read it adds what is known of where the line came from. */
import type { Layer } from '../lines/unwrap/unwrapper.ts';
import type { RepeatedParser } from './format.ts';
import type { LogSink } from './log-sink.ts';
import { ABSENT, type Reading } from './reading.ts';
import type { WorkerEvent } from './worker-event.ts';

/** The sink of an analysis, which also learns how each reading was come by. */
export interface RecognizerSink extends LogSink {
  /** A number for the origin of lines, the same for the same text in all inputs of an analysis; 0 for ''. */
  originOf: (name: string) => number;
  /** What the following reading was recognised as. */
  recognised: (format: string, wrappers: readonly string[]) => void;
}

const NO_WRAPPERS: readonly string[] = [];
const UNKNOWN = -1;

export class StampedSink implements LogSink {
  /** The format that is being asked. */
  format = '';
  /** The parser that is reading lines it has learned, and knows their wrappers. */
  repeated: RepeatedParser | undefined;
  readonly #sink: RecognizerSink;
  readonly #place: string;
  readonly #placeNumber: number;
  #wrappers = NO_WRAPPERS;
  #origin: number;
  #originText = '';
  #time: number = ABSENT;
  #zoned = false;
  #pid: number = ABSENT;

  /** @param place of all lines, around what their wrappers say. */
  constructor(sink: RecognizerSink, place: string) {
    this.#sink = sink;
    this.#place = place;
    this.#placeNumber = this.#origin = sink.originOf(place);
  }

  /** What follows is of lines that nothing stands around. */
  startPlain(): void {
    this.#wrappers = NO_WRAPPERS;
    this.#origin = this.#placeNumber;
    this.#originText = '';
    this.#time = ABSENT;
    this.#pid = ABSENT;
  }

  /** What follows is of this layer of a line. */
  startLayer({ origin, time, zoned, pid, wrappers }: Layer): void {
    this.#wrappers = wrappers;
    this.#origin = UNKNOWN;
    this.#originText = origin;
    this.#time = time;
    this.#zoned = zoned;
    this.#pid = pid;
  }

  /** The number of what wrappers say, within the place of all lines. */
  originOf(origin: string): number {
    if (origin === '') return this.#placeNumber;
    return this.#sink.originOf(this.#place === '' ? origin : `${this.#place}/${origin}`);
  }

  usual(records: Float64Array, from: number, to: number, _origin = 0, originName = ''): number {
    const sink = this.#sink;
    if (sink.usual === undefined) return 0;
    this.#recognised();
    return sink.usual(records, from, to, this.#originNamed(originName));
  }

  reading(reading: Reading, lineNumber: number): void {
    this.#stamp(reading);
    this.#sink.reading(reading, lineNumber);
  }

  tornReading(reading: Reading, lineNumber: number): void {
    this.#stamp(reading);
    this.#sink.tornReading(reading, lineNumber);
  }

  malformed(lineNumber: number): void {
    this.#sink.malformed(lineNumber);
  }

  otherLine(): void {
    this.#sink.otherLine();
  }

  event(event: WorkerEvent): void {
    this.#sink.event(event, this.#lineOrigin());
  }

  #stamp(reading: Reading): void {
    reading.origin = this.#originNamed(reading.originName);
    if (reading.pid === ABSENT && reading.workerName === '') reading.pid = this.#pid;
    // The wrapper's clock names its zone; a server's own mostly does not.
    if (this.#time !== ABSENT && (this.#zoned || reading.time === ABSENT)) {
      reading.time = this.#time;
      reading.zoned = this.#zoned;
    }
    this.#recognised();
  }

  #recognised(): void {
    this.#sink.recognised(this.format, this.repeated?.wrappers ?? this.#wrappers);
  }

  /** Of a record that may name its place itself, inside what the wrappers say. */
  #originNamed(name: string): number {
    if (name === '') return this.#lineOrigin();
    return this.originOf(this.#originText === '' ? name : `${this.#originText}/${name}`);
  }

  /** Looked up when something is told of the line: origins of other lines are none of the analysis's. */
  #lineOrigin(): number {
    if (this.#origin === UNKNOWN) this.#origin = this.originOf(this.#originText);
    return this.#origin;
  }
}
