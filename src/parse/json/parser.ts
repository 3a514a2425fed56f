/** NDJSON: a JSON object per line, of which some fields tell of a request and of memory. */

import type { Mark } from '../../lines/mark.ts';
import { jsonObject } from '../../lines/unwrap/json-object.ts';
import type { Archive } from '../../state/archive.ts';
import { FieldReader, hasServerPrefix } from '../fields/field-reader.ts';
import type { FormatContext, FormatParser } from '../format.ts';
import { putObject } from './fields.ts';
import { lenientMembers } from './lenient.ts';
import { RepeatedJson } from './repeated-json.ts';

/** Loggers put a time or a level before the object. */
const LONGEST_PREFIX = 200;
const OPEN_BRACE = 0x7b;

/** See startsLikeObject. */
const MARKS = ['{"', '{ '];

export class JsonParser implements FormatParser {
  readonly marks: readonly Mark[] = MARKS;
  readonly #context: FormatContext;
  readonly #reader: FieldReader;
  readonly repeated: RepeatedJson;

  constructor(context: FormatContext) {
    this.#context = context;
    this.#reader = new FieldReader(context);
    this.repeated = new RepeatedJson(context.memory, context.sink, this.#reader, context.maxLineLength);
  }

  line(line: string, lineNumber: number): boolean {
    const text = objectText(line);
    if (text === undefined) return false;
    const value = jsonObject(text);
    if (value === undefined) return this.#broken(text, lineNumber);
    this.#reader.record.start();
    putObject(this.#reader, value);
    if (!this.#reader.record.namesMemory) return false;
    if (
      isFlat(text) &&
      this.#reader.record.names().some((name) => isTwice(text, name)) &&
      this.#lenient(text, lineNumber)
    )
      return true;
    if (!this.#reader.finish(lineNumber)) return false;
    this.repeated.learn(this.#context.wholeLine(), line);
    return true;
  }

  transfer(archive: Archive): void {
    this.#reader.transfer(archive);
  }

  #broken(text: string, lineNumber: number): boolean {
    // A newline was lost.
    const parts = text.includes('}{"') ? text.split(/(?<=\})(?=\{")/).map(jsonObject) : [];
    if (parts.length > 1 && parts.every((part) => part !== undefined)) {
      for (const part of parts) this.#part(part, lineNumber);
      return true;
    }
    if (this.#lenient(text, lineNumber)) return true;
    if (!this.#isDamaged()) return false;
    this.#context.sink.malformed(lineNumber);
    return true;
  }

  #part(part: object, lineNumber: number): void {
    this.#reader.record.start();
    putObject(this.#reader, part);
    if (!this.#reader.finish(lineNumber)) this.#context.sink.otherLine();
  }

  /** For writers that escape nothing: uWSGI's log-format in the shape of JSON. */
  #lenient(text: string, lineNumber: number): boolean {
    const { record, names } = this.#reader;
    const fieldOf = (key: string) => names.child(names.root, key).field;
    record.start();
    for (const [key, value, isBehind] of lenientMembers(text, (key) => CLIENT_TEXT.has(fieldOf(key)?.role ?? key))) {
      const field = fieldOf(key);
      if (field && (!isBehind || typeof value === 'number' || record.isUsual(field))) record.put(field, value);
    }
    return this.#reader.finish(lineNumber);
  }

  /** Whether what could be read of a broken line shows that it was to be a request's. */
  #isDamaged(): boolean {
    return this.#reader.record.names().length >= 2;
  }
}

/** Roles and names of what clients write. */
const CLIENT_TEXT: ReadonlySet<string> = new Set(
  'uri request uagent ua useragent user_agent userAgent user-agent referer referrer query query_string user host'.split(
    ' ',
  ),
);

/** The object that the line is, or ends in; undefined when there is none. */
function objectText(line: string): string | undefined {
  if (line.charCodeAt(0) === OPEN_BRACE) {
    return startsLikeObject(line, 0) ? line.trimEnd() : undefined;
  }
  const at = line.indexOf('{');
  if (at < 0 || at > LONGEST_PREFIX || !startsLikeObject(line, at)) return undefined;
  const text = line.slice(at).trimEnd();
  return text.endsWith('}') && !hasServerPrefix(line) ? text : undefined;
}

function startsLikeObject(line: string, at: number): boolean {
  let next = at + 1;
  while (line.charCodeAt(next) === 0x20) next++;
  return line.charCodeAt(next) === 0x22;
}

function isFlat(text: string): boolean {
  return text.indexOf('{', 1) < 0;
}

/** Whether a key may stand twice in a flat object: a client can write a second one where its text is not escaped. */
function isTwice(text: string, key: string): boolean {
  const quoted = `"${key}"`;
  return text.indexOf(quoted, text.indexOf(quoted) + 1) >= 0;
}
