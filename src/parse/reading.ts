import type { ScanMemory } from '../wasm/scan-memory.ts';
import type { Metric } from './metric.ts';

export type { Metric };

/** Which figure is followed where nobody says and lines hold several: the first of these. */
export const METRIC_ORDER = ['rss', 'pss', 'uss', 'vsz', 'heap'] as const satisfies readonly Metric[];

/**
 * What the memory figures of a reading are. `level`: the size of the process after the request. `delta`: by how much the
 * request changed it, in `deltaBytes`. `request-peak`: the most one request took (PHP's memory_get_peak_usage).
 * `process-peak`: the largest size of the process so far (AWS Lambda's Max Memory Used).
 */
export type ReadingKind = 'level' | 'delta' | 'request-peak' | 'process-peak';

/** A figure that the line does not hold. */
export const ABSENT = -1;

/**
 * What one request's line says. One object is filled again and again, since millions of lines pass by: whoever needs a
 * value later copies it. Positions point into `bytes` and are valid only until the next line.
 *
 * Numbers the line does not hold are {@link ABSENT}. A memory figure of 0 means that the server did not measure.
 */
export class Reading {
  bytes: Buffer = Buffer.alloc(0);
  /** Where `bytes` lie in the scanner's memory. */
  address: number = 0;

  /** Where the line was written: a number for host, pod, container, as given by the wrapper around it; 0 when not said. */
  origin: number = 0;
  /** The same where the record itself says it, as text, else ''; it is added to `origin` on the way. */
  originName: string = '';
  /** Process id, or ABSENT. */
  pid: number = ABSENT;
  /** The worker's name where the line has no pid ("ForkPoolWorker-3"), else ''. */
  workerName: string = '';
  /** The route where the line names one itself (a task, Controller#action) instead of a URI, else ''. */
  routeName: string = '';
  kind: ReadingKind = 'level';
  /** Of the memory figures: 4096 for pages, 2 ** 20 for whole MiB; 1 when not known. */
  quantumBytes: number = 1;
  vszBytes: number = ABSENT;
  rssBytes: number = ABSENT;
  ussBytes: number = ABSENT;
  pssBytes: number = ABSENT;
  /** What the program holds within its process: Node's heapUsed, PHP's memory_get_usage. */
  heapBytes: number = ABSENT;
  /** Of kind `delta`: the difference, of either sign, or NaN. */
  deltaBytes: number = Number.NaN;

  /** uWSGI's `app:`; -1 (also where there is none) for requests that reached no app, static files for example. */
  app: number = ABSENT;
  /** uWSGI's `req: A/B`: A counts the requests of this app in this worker slot, at the start of each. */
  ownCount: number = ABSENT;
  /** B counts the requests of all workers, at the end of each. */
  totalCount: number = ABSENT;
  /** Index of the thread or async core; above 0 proves that requests overlap. */
  core: number = ABSENT;
  status: number = ABSENT;

  /**
   * Milliseconds since 1970: of the server's wall clock, as if its zone were UTC, or where `zoned` is set of the moment itself.
   * ABSENT without a time.
   */
  time: number = ABSENT;
  zoned: boolean = false;

  methodStart: number = 0;
  methodEnd: number = 0;
  uriStart: number = 0;
  uriEnd: number = 0;
  /** False where the line holds no URI: uWSGI's short form of a line over 4096 bytes, or a torn line. */
  hasUri: boolean = false;

  /** The memory figure named by `metric`; {@link ABSENT} when the line has none. */
  memory(metric: Metric): number {
    switch (metric) {
      case 'rss':
        return this.rssBytes;
      case 'vsz':
        return this.vszBytes;
      case 'uss':
        return this.ussBytes;
      case 'pss':
        return this.pssBytes;
      case 'heap':
        return this.heapBytes;
    }
  }

  /** Forgets the line before, for parsers that set what they find. */
  clear(): void {
    this.originName = this.workerName = this.routeName = '';
    this.kind = 'level';
    this.quantumBytes = 1;
    this.pid = this.app = this.ownCount = this.totalCount = this.core = this.status = this.time = ABSENT;
    this.rssBytes = this.vszBytes = this.ussBytes = this.pssBytes = this.heapBytes = ABSENT;
    this.deltaBytes = Number.NaN;
    this.zoned = false;
    this.hasUri = false;
    this.methodStart = this.methodEnd = this.uriStart = this.uriEnd = 0;
  }

  /**
   * Sets method and URI from text, for parsers that do not read bytes where they lie.
   * @param memory of the analysis; the text is valid until the next line.
   */
  setRequest(memory: ScanMemory, method: string, uri: string): void {
    this.bytes = Buffer.from(`${method} ${uri}`, 'utf8');
    this.address = memory.loadText(this.bytes);
    this.methodStart = 0;
    this.methodEnd = Buffer.byteLength(method, 'utf8');
    this.uriStart = this.methodEnd + 1;
    this.uriEnd = this.bytes.length;
    this.hasUri = true;
  }

  method(): string {
    return this.bytes.toString('utf8', this.methodStart, this.methodEnd);
  }

  /** The URI as text; bytes that are not UTF-8 become U+FFFD. */
  uri(): string {
    return this.bytes.toString('utf8', this.uriStart, this.uriEnd);
  }
}
