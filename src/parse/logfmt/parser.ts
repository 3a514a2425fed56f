/** logfmt: key=value pairs, of which some tell of a request and of memory. */

import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import { FieldReader, hasServerPrefix } from '../fields/field-reader.ts';
import { isMemoryRole } from '../fields/role.ts';
import type { FormatContext, FormatParser } from '../format.ts';
import { forEachPair, pairMark } from './pairs.ts';

/** Ruby's logger: `I, [2026-11-23T20:57:18.082466 #4413]  INFO -- : `. */
const RUBY_PREFIX = /^[A-Z], \[([^\] #]{1,40}) #(\d+)\] /;

/** `rss=%d`: the statement that logs such lines, as a traceback shows it. */
const PERCENT = 0x25;

export class LogfmtParser implements FormatParser {
  readonly marks: readonly Mark[];
  readonly #reader: FieldReader;

  constructor(context: FormatContext) {
    this.#reader = new FieldReader(context);
    this.marks = [pairMark(context.options)];
  }

  line(text: string, lineNumber: number): boolean {
    if (!text.includes('=') || text.charCodeAt(0) === 0x7b || hasServerPrefix(text)) return false;
    const { record, names } = this.#reader;
    record.start();
    let isSource = false;
    const put = (key: string, value: string) => {
      const { field } = names.child(names.root, key);
      if (!field) return;
      if (value.charCodeAt(0) === PERCENT && isMemoryRole(field.role)) isSource = true;
      record.put(field, value);
      // Spaces in it, where they are not quoted, begin what looks like further pairs.
      if (field.role === 'uri' || field.role === 'request') record.settle();
    };
    forEachPair(text, 0, put);
    if (isSource || !record.namesMemory) return false;
    const ruby = RUBY_PREFIX.exec(text);
    if (ruby) {
      record.putMissing('time', ruby[1]!);
      record.putMissing('pid', ruby[2]!);
    }
    return this.#reader.finish(lineNumber);
  }

  transfer(archive: Archive): void {
    this.#reader.transfer(archive);
  }
}
