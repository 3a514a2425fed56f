/** The JSON Schema that ships with the package, and a report held against it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from './fixtures.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const schema: Fields = asObject(JSON.parse(readFileSync(`${ROOT}src/report/report.schema.json`, 'utf8')));

const validate = new Ajv2020({ strictTypes: false, allErrors: true }).compile(schema);

export function isValid(report: unknown): boolean {
  return validate(report);
}

export function assertValid(report: unknown, message = 'report'): void {
  assert.equal(validate(report), true, `${message}: ${JSON.stringify(validate.errors, undefined, 2)}`);
}

/** What a `$ref` points to; the definition itself where it is none. */
export function resolve(definition: Fields): Fields {
  const { $ref } = definition;
  return typeof $ref === 'string' ? asObject(asObject(schema.$defs)[$ref.slice('#/$defs/'.length)]) : definition;
}

export function asObject(value: unknown): Fields {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return Object.fromEntries(Object.entries(value));
}
