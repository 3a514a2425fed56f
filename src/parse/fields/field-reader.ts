/** What the formats of named fields share: from the fields of a line to a reading for the sink. */
import type { Archive, Archived } from '../../state/archive.ts';
import type { FormatContext } from '../format.ts';
import { Reading } from '../reading.ts';
import { FieldNames } from './field-names.ts';
import { FieldRecord } from './record.ts';

export class FieldReader implements Archived {
  readonly names: FieldNames;
  readonly record: FieldRecord = new FieldRecord();
  readonly #context: FormatContext;
  readonly #reading = new Reading();
  #hasDoubted = false;

  constructor(context: FormatContext) {
    this.#context = context;
    this.names = new FieldNames(context.options.fields);
  }

  /** Of the last reading, or ABSENT. */
  get pid(): number {
    return this.#reading.pid;
  }

  /** Names are looked up anew. */
  transfer(archive: Archive): void {
    this.record.transfer(archive);
    this.#hasDoubted = archive.value(this.#hasDoubted);
  }

  /**
   * Hands the request on that the fields put into the record tell of.
   * @returns false, and nothing was handed on, when they do not tell of one with a memory figure.
   */
  finish(lineNumber: number): boolean {
    const { memory, sink } = this.#context;
    if (!this.record.fill(this.#reading, memory)) return false;
    const { implausible } = this.record;
    if (implausible && !this.#hasDoubted) {
      this.#hasDoubted = true;
      sink.event({ kind: 'implausible-memory', ...implausible });
    }
    sink.reading(this.#reading, lineNumber);
    return true;
  }
}

/** Lines that gunicorn and celery prefix are the business of their formats, whatever fields are in them. */
const SERVER_PREFIX = /^\[[^\]]{10,40}(?:\] \[\d+\] \[[A-Z]+\] |: [A-Z]+\/[^\]]{1,64}\] )/;

export function hasServerPrefix(text: string): boolean {
  return text.charCodeAt(0) === 0x5b && SERVER_PREFIX.test(text);
}
