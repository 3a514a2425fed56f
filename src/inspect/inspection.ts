/** What one input holds: how many lines of which format, which fields they give, which lines were not understood. */
import { Origins } from '../attribute/origins.ts';
import type { LineHandler } from '../lines/scanner.ts';
import { ABSENT, type Reading, type ReadingKind } from '../parse/reading.ts';
import type { RecognizerSink } from '../parse/recognizer.ts';
import type { WorkerEvent } from '../parse/worker-event.ts';
import { FIELDS } from './field.ts';
import { RequestGaps } from './request-gaps.ts';

/** What requests' lines of other formats may hold, and banners mostly do not. */
const LIKE_REQUEST =
  /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b|\bHTTP\/\d|["\s{](?:rss|vsz|mem|memory|url|uri|path|route|task)(?:_\w{1,20})?(?:=|":)|\[pid: |usage: \d|=> generated/;
/** Longer lines are cut where they are kept. */
const LONGEST_KEPT = 2000;

export interface KeptLine {
  line: number;
  text: string;
}

export class Inspection implements RecognizerSink {
  readonly formats = new Map<string, number>();
  readonly wrappers = new Set<string>();
  readings = 0;
  tornLines = 0;
  malformedLines = 0;
  otherLines = 0;
  /** Of the other lines, those that tell about workers. */
  eventLines = 0;
  lostLines = 0;
  /** How many readings have each of FIELDS, and the first value. */
  readonly counts: number[] = FIELDS.map(() => 0);
  readonly examples: string[] = FIELDS.map(() => '');
  readonly kinds = new Set<ReadingKind>();
  zeroReadings = 0;
  unmeasuredReadings = 0;
  coarsestBytes = 1;
  concurrent = false;
  memoryReportOff = false;
  readonly gaps: RequestGaps = new RequestGaps();
  /** The first damaged lines. */
  readonly damaged: KeptLine[] = [];
  readonly #likely: KeptLine[] = [];
  readonly #unlikely: KeptLine[] = [];

  /** The first lines of no format: those that look like requests, then others. */
  get unknown(): KeptLine[] {
    return [...this.#likely, ...this.#unlikely].slice(0, this.#mostKept);
  }

  readonly #mostKept: number;
  readonly #origins = new Origins();
  #text = '';
  #line = 0;
  #format = '';
  #heardEvent = false;

  constructor(mostKept: number) {
    this.#mostKept = mostKept;
  }

  /** Sees the text of lines before `handler` reads them. */
  tap(handler: LineHandler): LineHandler {
    return {
      startChunk: (bytes) => handler.startChunk(bytes),
      plainLines: (start, lineNumber) => handler.plainLines(start, lineNumber),
      get plainEnd() {
        return handler.plainEnd;
      },
      textLine: (line, lineNumber) => {
        this.#text = line;
        this.#line = lineNumber;
        handler.textLine(line, lineNumber);
      },
      tooLongLine: (lineNumber) => {
        this.#text = '(too long)';
        this.#line = lineNumber;
        handler.tooLongLine(lineNumber);
      },
    };
  }

  originOf(name: string): number {
    return this.#origins.numberOf(name);
  }

  recognised(format: string, wrappers: readonly string[]): void {
    this.#format = format;
    for (const wrapper of wrappers) this.wrappers.add(wrapper);
  }

  reading(reading: Reading): void {
    this.readings++;
    this.formats.set(this.#format, (this.formats.get(this.#format) ?? 0) + 1);
    for (const [i, field] of FIELDS.entries()) {
      if (!field.isIn(reading)) continue;
      if (this.counts[i]!++ === 0) this.examples[i] = field.show(reading, this.#origins.name(reading.origin));
    }
    this.kinds.add(reading.kind);
    const { rssBytes, vszBytes, ussBytes, pssBytes, heapBytes, deltaBytes } = reading;
    const most = Math.max(rssBytes, vszBytes, ussBytes, pssBytes, heapBytes);
    if (most === 0) this.zeroReadings++;
    if (most === ABSENT && Number.isNaN(deltaBytes)) this.unmeasuredReadings++;
    if (reading.core > 0) this.concurrent = true;
    this.coarsestBytes = Math.max(this.coarsestBytes, reading.quantumBytes);
    this.gaps.add(reading);
  }

  tornReading(reading: Reading): void {
    this.tornLines++;
    this.gaps.add(reading);
    this.#keep(this.damaged);
  }

  malformed(): void {
    this.malformedLines++;
    this.#keep(this.damaged);
  }

  otherLine(): void {
    this.otherLines++;
    if (this.#heardEvent) this.eventLines++;
    else this.#keep(LIKE_REQUEST.test(this.#text.slice(0, LONGEST_KEPT)) ? this.#likely : this.#unlikely);
    this.#heardEvent = false;
  }

  event(event: WorkerEvent): void {
    if (event.kind === 'lost-line') this.lostLines++;
    else this.#heardEvent = true;
    if (event.kind === 'concurrent' || (event.kind === 'spawned' && event.cores > 1)) this.concurrent = true;
    if (event.kind === 'memory-report-off') this.memoryReportOff = true;
  }

  #keep(lines: KeptLine[]): void {
    if (lines.length >= this.#mostKept || lines.at(-1)?.line === this.#line || this.#text.trim() === '') return;
    lines.push({ line: this.#line, text: this.#text.slice(0, LONGEST_KEPT) });
  }
}
