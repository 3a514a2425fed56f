import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze, type GateReport, type Report, type SplitHint, UserError } from '../src/index.ts';
import { fixturePath, LABS, SAMPLES } from './support/fixtures.ts';
import { asObject, assertValid, type Fields, isValid, resolve, schema } from './support/report-schema.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LAB = fixturePath('lab-a.log.gz');
const GATE: GateReport = {
  gate: 'max-leak-per-call',
  match: null,
  limitBytes: 10_240,
  passed: false,
  outcome: 'failed',
  measuredBytes: 204_800,
  routes: ['/leak/big/{id}'],
  workers: [],
  undecidedRoutes: [],
  message: '/leak/big/{id} keeps 200 KiB per call',
};

test('the report of every real log is valid', async () => {
  let valid = 0;
  for (const name of [...LABS, ...SAMPLES]) {
    const report = await reportIfAny(fixturePath(name));
    if (report === undefined) continue;
    assertValid(report, name);
    valid++;
  }
  assert.ok(valid > SAMPLES.length / 2, `only ${valid} logs have a report`);
});

test('a report made with options is valid', async () => {
  assertValid(await analyze(LAB, { metric: 'vsz', since: '2026-11-23T20:51', match: ['^/leak'], group: false }));
});

test('reports with holes in them are valid', async () => {
  assertValid(await analyze([[]]));
  assertValid(await analyze([[uwsgiLine(), uwsgiLine({ memoryReport: 0, ownCount: 2, totalCount: 2 })]]));
  assertValid(await analyze([[uwsgiLine()]], { since: '2030-01-01' }));
});

test('a report that lacks a field or holds a wrong value is not valid', async () => {
  const report = await analyze(LAB);
  assert.equal(isValid({ ...report, routes: undefined }), false);
  assert.equal(isValid({ ...report, schemaVersion: 2 }), false);
  assert.equal(isValid({ ...report, gates: [{ ...GATE, passed: 'no' }] }), false);
});

test('a field that is added later breaks no reader', async () => {
  const report = await analyze(LAB);
  assertValid({ ...report, addedLater: true, routes: report.routes.map((route) => ({ ...route, addedLater: 1 })) });
});

test('the schema and a real report have the same fields', async () => {
  const report = await fullReport();
  assertValid(report);
  assert.deepEqual([...reportFields(report)].sort(), [...schemaFields(schema)].sort());
});

test('every field is required and described', () => {
  const definitions = Object.entries(asObject(schema.$defs)).map(([name, part]) => ({ name, part: asObject(part) }));
  const objects = [{ name: 'report', part: schema }, ...definitions].filter(
    ({ part }) => part.properties !== undefined,
  );
  for (const { name, part } of objects) {
    const properties = asObject(part.properties);
    // An explanation and series are there only when they were asked for.
    const required = Object.keys(properties).filter(
      (field) => field !== 'explanation' && !(name === 'report' && field === 'series'),
    );
    assert.deepEqual(part.required, required, name);
    for (const [field, definition] of Object.entries(properties)) {
      const own = asObject(definition);
      assert.equal(typeof (own.description ?? resolve(own).description), 'string', `${name}.${field}`);
    }
  }
});

/** Undefined where the log has nothing to report on, as some of the samples are meant to. */
async function reportIfAny(path: string): Promise<Report | undefined> {
  try {
    return await analyze(path);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A report in which every list has an item. */
async function fullReport(): Promise<Report> {
  const grown = (count: number) =>
    uwsgiLine({ ownCount: count, totalCount: count, rssBytes: 50_000_000 + count * 1_000_000 });
  // The second request was not logged, hence a warning. The others fill a few windows, which an explanation needs.
  const report = await analyze([[1, ...Array.from({ length: 100 }, (_, i) => i + 3)].map(grown)], {
    explain: '/',
    series: true,
  });
  assert.notEqual(report.explanation?.bins.length, 0);
  assert.notEqual(report.series?.routes[0]?.bins.length, 0);
  assert.notEqual(report.warnings.length, 0);
  assert.notEqual(report.routes[0]?.largestGrowth, null);
  const split: SplitHint = {
    by: 'status',
    value: '500',
    except: null,
    calls: 1,
    estimatedBytesPerCall: 1,
    standardErrorBytesPerCall: 1,
  };
  return { ...report, routes: report.routes.map((route) => ({ ...route, split })), gates: [GATE] };
}

/** `routes[].largestGrowth.file` and the like, of everything in the value. */
function reportFields(value: unknown, path = '', fields = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) reportFields(item, `${path}[]`, fields);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      fields.add(fieldOf(path, name));
      reportFields(inner, fieldOf(path, name), fields);
    }
  }
  return fields;
}

/** The same of what the schema describes. */
function schemaFields(definition: Fields, path = '', fields = new Set<string>()): Set<string> {
  const { anyOf, items, properties } = resolve(definition);
  if (Array.isArray(anyOf)) for (const choice of anyOf) schemaFields(asObject(choice), path, fields);
  if (items !== undefined) schemaFields(asObject(items), `${path}[]`, fields);
  for (const [name, inner] of Object.entries(asObject(properties ?? {}))) {
    fields.add(fieldOf(path, name));
    schemaFields(asObject(inner), fieldOf(path, name), fields);
  }
  return fields;
}

function fieldOf(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
