/** The word for what a memory figure measures; see proc(5) for RSS and PSS, uWSGI's memory-report for which are logged. */
export type Metric = 'rss' | 'uss' | 'pss' | 'vsz';

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

  /** Process id, or ABSENT. */
  pid: number = ABSENT;
  vszBytes: number = ABSENT;
  rssBytes: number = ABSENT;
  ussBytes: number = ABSENT;
  pssBytes: number = ABSENT;

  /** uWSGI's `app:`; -1 (also where there is none) for requests that reached no app, static files for example. */
  app: number = ABSENT;
  /** uWSGI's `req: A/B`: A counts the requests of this app in this worker slot, at the start of each. */
  ownCount: number = ABSENT;
  /** B counts the requests of all workers, at the end of each. */
  totalCount: number = ABSENT;
  /** Index of the thread or async core; above 0 proves that requests overlap. */
  core: number = ABSENT;
  status: number = ABSENT;

  /** Wall clock of the server in milliseconds, as if its zone were UTC; the request's start. ABSENT without a time. */
  time: number = ABSENT;

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
    }
  }

  method(): string {
    return this.bytes.toString('utf8', this.methodStart, this.methodEnd);
  }

  /** The URI as text; bytes that are not UTF-8 become U+FFFD. */
  uri(): string {
    return this.bytes.toString('utf8', this.uriStart, this.uriEnd);
  }
}
