/**
 * Readings of one line after the other, gathered as records of ScanMemory, so that those which leave everything as it was
 * are counted together; see LogSink.usual.
 */
import { LAYOUT, PATHS, type ScanMemory } from '../wasm/scan-memory.ts';
import type { LogSink } from './log-sink.ts';
import { ABSENT, Reading } from './reading.ts';
import { fillFromRecord } from './reading-of-record.ts';
import type { RepeatedLine } from './repeated-line.ts';

/** Longer URIs are not looked for. */
const LONGEST_URI = 8192;
const MOST_HEARD = 4096;

export class RepeatedRecords {
  readonly #memory: ScanMemory;
  readonly #sink: LogSink;
  readonly #reading = new Reading();
  #bytes: Buffer = Buffer.alloc(0);
  #address = 0;
  #count = 0;
  /** Of each record what its columns do not hold. */
  readonly #zoned = new Uint8Array(LAYOUT.mostRecords);
  readonly #quantumBytes = new Float64Array(LAYOUT.mostRecords);
  readonly #heapBytes = new Float64Array(LAYOUT.mostRecords);
  readonly #routeNames: string[] = new Array(LAYOUT.mostRecords).fill('');
  readonly #workerNames: string[] = new Array(LAYOUT.mostRecords).fill('');
  readonly #originNames: string[] = new Array(LAYOUT.mostRecords).fill('');
  /** 1 where it always takes a reading. */
  readonly #isSpecial = new Uint8Array(LAYOUT.mostRecords);

  constructor(memory: ScanMemory, sink: LogSink) {
    this.#memory = memory;
    this.#sink = sink;
  }

  /** The following lines lie in this chunk. */
  startChunk(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#address = this.#memory.loadChunk(bytes);
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === LAYOUT.mostRecords;
  }

  add(line: RepeatedLine): void {
    const { records } = this.#memory;
    const address = this.#address;
    const i = this.#count++;
    const at = i * LAYOUT.record;
    const hasNumber = line.pid !== ABSENT && line.hasUri && line.routeName === '';
    records[at] = line.vszBytes;
    records[at + 1] = line.rssBytes;
    records[at + 2] = line.ussBytes;
    records[at + 3] = line.pssBytes;
    records[at + 4] = line.pid;
    records[at + 5] = ABSENT;
    records[at + 6] = ABSENT;
    records[at + 7] = ABSENT;
    records[at + 8] = line.time;
    records[at + 9] = line.status;
    records[at + 10] = line.core;
    records[at + 11] = address + line.methodStart;
    records[at + 12] = address + line.methodEnd;
    records[at + 13] = address + line.uriStart;
    records[at + 14] = address + line.uriEnd;
    records[at + 15] = line.hasUri ? 1 : 0;
    records[at + LAYOUT.route] = hasNumber ? this.#routeOf(line) : -1;
    this.#zoned[i] = line.zoned ? 1 : 0;
    this.#quantumBytes[i] = line.quantumBytes;
    this.#heapBytes[i] = line.heapBytes;
    this.#routeNames[i] = line.routeName;
    this.#workerNames[i] = line.workerName;
    this.#originNames[i] = line.originName;
    this.#isSpecial[i] = hasNumber && isHeard(line) ? 0 : 1;
  }

  /** Hands all on. @param lineNumber of the first. */
  flush(lineNumber: number): void {
    const memory = this.#memory;
    const sink = this.#sink;
    const count = this.#count;
    this.#count = 0;
    let run = 0;
    for (let i = 0; i < count; ) {
      if (this.#isSpecial[i] === 0) {
        if (run <= i) run = this.#endOfRun(i, count);
        i += sink.usual?.(memory.records, i, run, 0, this.#originNames[i]) ?? 0;
        if (i === run) continue;
      }
      this.#fill(i);
      sink.reading(this.#reading, lineNumber + i);
      i++;
    }
  }

  /** Records up to there come from one place, and none of them is special. */
  #endOfRun(from: number, count: number): number {
    const origin = this.#originNames[from];
    let end = from + 1;
    while (end < count && this.#isSpecial[end] === 0 && this.#originNames[end] === origin) end++;
    return end;
  }

  #routeOf({ uriStart, uriEnd }: RepeatedLine): number {
    const { paths, functions } = this.#memory;
    if (paths === PATHS.unknown || uriEnd - uriStart >= LONGEST_URI) return -1;
    return functions.findPath(this.#address + uriStart, this.#address + uriEnd, paths === PATHS.folded ? 1 : 0);
  }

  #fill(i: number): void {
    const { records } = this.#memory;
    const reading = this.#reading;
    fillFromRecord(reading, this.#bytes, this.#address, records, i * LAYOUT.record);
    reading.heapBytes = this.#heapBytes[i]!;
    reading.zoned = this.#zoned[i] === 1;
    reading.quantumBytes = this.#quantumBytes[i]!;
    reading.routeName = this.#routeNames[i]!;
    reading.workerName = this.#workerNames[i]!;
    reading.originName = this.#originNames[i]!;
  }
}

/** The coarsest step of all figures is known from readings alone; whatever is not measured tells nothing of its step. */
function isHeard(line: RepeatedLine): boolean {
  const { pid, quantumBytes, heardBytes } = line;
  if (quantumBytes === 1 || (heardBytes.get(pid) ?? 0) >= quantumBytes) return true;
  const { rssBytes, pssBytes, ussBytes, heapBytes, vszBytes } = line;
  const isMeasured = rssBytes * pssBytes * ussBytes * heapBytes * vszBytes !== 0;
  if (isMeasured && (heardBytes.has(pid) || heardBytes.size < MOST_HEARD)) heardBytes.set(pid, quantumBytes);
  return false;
}
