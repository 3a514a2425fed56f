/** The fields of a parsed JSON object, nested ones too. */
import type { FieldName } from '../fields/field-names.ts';
import type { FieldReader } from '../fields/field-reader.ts';

/** Deeper objects hold no fields that anybody names. */
const DEEPEST = 5;

export function putObject(reader: FieldReader, object: object): void {
  put(reader, reader.names.root, object, 1);
}

function put(reader: FieldReader, within: FieldName, object: object, depth: number): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === null && !MAY_BE_NULL.test(key)) continue;
    const name = reader.names.child(within, key);
    if (typeof value !== 'object' || value === null) {
      if (name.field) reader.record.put(name.field, value);
    } else if (depth < DEEPEST && !Array.isArray(value)) {
      put(reader, name, value, depth + 1);
    }
  }
}

/** A memory figure that was not measured is one all the same. */
const MAY_BE_NULL = /rss|mem|uss|pss|vsz|heap/i;
