import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { analyze, type GateReport, type Report } from '../src/index.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const FIXTURE = 'fixtures/uwsgi/lab-a.log.gz';
const schema = readObject(new URL('../../src/report/report.schema.json', import.meta.url));
const validate = new Ajv2020({ strictTypes: false, allErrors: true }).compile(schema);

const GATE: GateReport = { gate: 'max-leaked-per-call', limitBytes: 10_240, passed: false, routes: ['/leak/big/{id}'] };

test('the report of a real log is valid', async () => {
  assertValid(await analyze(FIXTURE));
  assertValid(await analyze(FIXTURE, { metric: 'vsz', since: '2026-11-23T20:51', match: ['^/leak'], group: false }));
});

test('reports with holes in them are valid', async () => {
  assertValid(await analyze([[]]));
  assertValid(await analyze([[uwsgiLine(), uwsgiLine({ memoryReport: 0, ownCount: 2, totalCount: 2 })]]));
  assertValid(await analyze([[uwsgiLine()]], { since: '2030-01-01' }));
});

test('a report that lacks a field or holds a wrong value is not valid', async () => {
  const report = await analyze(FIXTURE);
  assert.equal(validate({ ...report, routes: undefined }), false);
  assert.equal(validate({ ...report, schemaVersion: 2 }), false);
  assert.equal(validate({ ...report, gates: [{ ...GATE, passed: 'no' }] }), false);
  assert.equal(validate({ ...report, addedLater: true }), true, 'readers must not break when a field is added');
});

test('the schema and a real report have the same fields', async () => {
  const report = await fullReport();
  assert.equal(validate(report), true);
  const inSchema = schemaFields(schema);
  assert.deepEqual([...reportFields(report)].sort(), [...inSchema].sort());
});

test('every field is required and described', () => {
  for (const [name, object] of objectSchemas(schema)) {
    const properties = asObject(object.properties);
    assert.deepEqual(object.required, Object.keys(properties), name);
    for (const [field, definition] of Object.entries(properties)) {
      const { description, $ref } = asObject(definition);
      const target = typeof $ref === 'string' ? asObject(asObject(schema.$defs)[$ref.slice('#/$defs/'.length)]) : {};
      assert.equal(typeof (description ?? target.description), 'string', `${name}.${field}`);
    }
  }
});

function assertValid(report: Report): void {
  assert.equal(validate(report), true, JSON.stringify(validate.errors, undefined, 2));
}

/** A report in which every list has an item. */
async function fullReport(): Promise<Report> {
  const line = uwsgiLine({ ownCount: 1, totalCount: 1 });
  const grown = uwsgiLine({ ownCount: 3, totalCount: 3, rssBytes: 60_000_000 });
  const next = uwsgiLine({ ownCount: 4, totalCount: 4, rssBytes: 70_000_000 });
  const report = await analyze([[line, grown, next]]);
  assert.notEqual(report.warnings.length, 0);
  assert.notEqual(report.routes[0]?.largestGrowth, null);
  return { ...report, gates: [GATE] };
}

type Fields = Record<string, unknown>;

/** `routes[].largestGrowth.file` and the like, of everything in the value. */
function reportFields(value: unknown, path = '', fields = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) reportFields(item, `${path}[]`, fields);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      const field = path === '' ? name : `${path}.${name}`;
      fields.add(field);
      reportFields(inner, field, fields);
    }
  }
  return fields;
}

/** The same of what the schema describes. */
function schemaFields(definition: Fields, path = '', fields = new Set<string>()): Set<string> {
  const { $ref, anyOf, items, properties } = definition;
  if (typeof $ref === 'string') {
    schemaFields(asObject(asObject(schema.$defs)[$ref.slice('#/$defs/'.length)]), path, fields);
  }
  if (Array.isArray(anyOf)) for (const choice of anyOf) schemaFields(asObject(choice), path, fields);
  if (items !== undefined) schemaFields(asObject(items), `${path}[]`, fields);
  for (const [name, inner] of Object.entries(asObject(properties ?? {}))) {
    const field = path === '' ? name : `${path}.${name}`;
    fields.add(field);
    schemaFields(asObject(inner), field, fields);
  }
  return fields;
}

function objectSchemas(root: Fields): [string, Fields][] {
  const definitions = Object.entries(asObject(root.$defs)).map(([name, definition]): [string, Fields] => [
    name,
    asObject(definition),
  ]);
  return [['report', root] as [string, Fields], ...definitions].filter(
    ([, { properties }]) => properties !== undefined,
  );
}

function readObject(url: URL): Fields {
  return asObject(JSON.parse(readFileSync(url, 'utf8')));
}

function asObject(value: unknown): Fields {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return Object.fromEntries(Object.entries(value));
}
