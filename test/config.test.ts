import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { CONFIG_START } from '../src/cli/init-texts.ts';
import { createProgram } from '../src/cli/program.ts';
import { applyConfig } from '../src/config/apply-config.ts';
import { parseConfig } from '../src/config/config-file.ts';
import { configSchema } from '../src/config/config-schema.ts';
import { editDistance, suggestion } from '../src/config/suggestion.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixturePath } from './support/fixtures.ts';

const LAB = fixturePath('lab-a.log.gz');

/** The options of the main command with this configuration behind these arguments. */
function options(config: string, args: string[] = []) {
  const program = createProgram();
  program.parse(args, { from: 'user' });
  const limits = applyConfig(parseConfig('c.json', config), program, program);
  return { ...program.opts(), limits };
}

test('values of all kinds are read, with comments and trailing commas', () => {
  const found = options(`// a comment
    { "$schema": "x", /* another */ "maxLeakPerCall": "10KiB", "top": 3, "group": false, "si": true, "sort": "calls",
      "exclude": ["^/a", "^/b"], "match": "c", "ascii": false, "maxRoutes": 50,
      "routeLimits": [{ "match": "x", "maxLeaked": null }], }`);
  assert.deepEqual(
    [found.maxLeakPerCall, found.top, found.group, found.si, found.sort, found.exclude, found.match, found.maxRoutes],
    ['10KiB', 3, false, true, 'calls', ['^/a', '^/b'], ['c'], 50],
  );
  assert.equal(found.ascii, undefined);
  assert.deepEqual(found.limits, [{ match: 'x', maxLeaked: null }]);
});

test('flags win', () => {
  const found = options('{ "top": 3, "exclude": ["^/a"], "sort": "calls", "report": "table" }', [
    '--top',
    '7',
    '--exclude',
    'x',
    '--json',
  ]);
  assert.deepEqual([found.top, found.exclude, found.sort, found.json], [7, ['x'], 'calls', true]);
  assert.equal(options('{ "group": true }', ['--no-group']).group, false);
});

test('what is wrong is said with file and line, and what it may have meant', () => {
  const wrong: [string, string][] = [
    ['{\n  "maxLeakPerCal": "1KiB"\n}', 'c.json:2: unknown key "maxLeakPerCal" (did you mean maxLeakPerCall?)'],
    ['{\n\n  "qwertyuiop": 1\n}', 'c.json:3: unknown key "qwertyuiop"'],
    ['{ "top": "three" }', 'c.json:1: top takes a number, not "three"'],
    ['{ "top": 0 }', 'c.json:1: top takes a whole number from 1 on, not 0'],
    ['{ "si": "yes" }', 'c.json:1: si takes true or false, not "yes"'],
    [
      '{ "sort": "size" }',
      'c.json:1: sort takes one of "leaked", "triggered", "net", "gross", "calls", "largest", "route", not "size"',
    ],
    ['{ "exclude": [1] }', 'c.json:1: exclude takes a list of strings, not an array'],
    ['{ "maxLeaked": 10 }', 'c.json:1: maxLeaked takes a string, not 10'],
    ['{ "help": true }', 'c.json:1: unknown key "help"'],
    [
      '{ "routeLimits": {} }',
      'c.json:1: routeLimits takes a list of { "match": …, "maxLeakPerCall": … }, not an object',
    ],
    ['{ "routeLimits": [{ "maxLeaked": "1B" }] }', 'c.json:1: routeLimits[0] lacks "match", the routes it is for'],
    [
      '{ "routeLimits": [{ "match": "a", "maxLeakd": "1B" }] }',
      'c.json:1: unknown key "maxLeakd" in routeLimits[0] (did you mean maxLeaked?)',
    ],
    ['{ "routeLimits": [{ "match": null }] }', 'c.json:1: routeLimits[0].match takes a regular expression'],
    ['{ "routeLimits": [7] }', 'c.json:1: routeLimits[0] has to be an object, not 7'],
    ['[]', 'c.json:1: the configuration has to be an object { … }, not an array'],
    ['', 'c.json:1: no valid JSON here (ValueExpected)'],
    ['{\n  "top": 3\n  "si": true\n}', 'c.json:3: no valid JSON here (CommaExpected)'],
  ];
  for (const [text, message] of wrong) assert.throws(() => options(text), { name: 'UserError', message }, text);
});

test('a key that is no key of anything harms nobody', () => {
  assert.throws(() => options('{ "__proto__": { "top": 1 } }'), /unknown key "__proto__"/);
  assert.throws(() => options('{ "constructor": 1 }'), /unknown key "constructor"/);
});

test('the schema takes what is taken, and refuses what is refused', () => {
  const validate = new Ajv({ strict: false }).compile(configSchema(createProgram()));
  assert.equal(
    validate({ maxLeakPerCall: '1KiB', top: 3, exclude: ['a'], routeLimits: [{ match: 'a', maxLeaked: null }] }),
    true,
  );
  for (const config of [{ tpo: 3 }, { top: 'x' }, { si: 1 }, { sort: 'size' }, { routeLimits: [{}] }])
    assert.equal(validate(config), false, JSON.stringify(config));
});

test('edit distance, and suggestions only where one is near', () => {
  assert.deepEqual([editDistance('', 'abc'), editDistance('kitten', 'sitting'), editDistance('tpo', 'top')], [3, 3, 1]);
  assert.equal(suggestion('size', ['sort', 'top']), '');
  assert.equal(suggestion('sor', ['sort', 'top']), ' (did you mean sort?)');
});

test('leakrank.config.json of the working directory is read, --config names another, --no-config none', async () => {
  const files = {
    'leakrank.config.json': '{ "maxLeakPerCall": "10KiB", "top": 1 }',
    'other.json': '{ "maxLeaked": "1GiB" }',
  };
  await withFiles(files, async (cwd) => {
    const own = await leakrank([LAB], { cwd });
    assert.equal(own.code, 1);
    assert.match(own.stdout, /^13 more routes: .*\n(?:.*\n)*gate failed: max-leak-per-call: /m);
    assert.equal((await leakrank(['--max-leak-per-call', '10MiB', LAB], { cwd })).code, 0);
    const other = await leakrank(['--config', 'other.json', LAB], { cwd });
    assert.match(other.stdout, /\ngate passed: max-leaked: /);
    const none = await leakrank(['--no-config', LAB], { cwd });
    assert.deepEqual([none.code, /gate/.test(none.stdout)], [0, false]);
    const missing = await leakrank(['--config', 'no.json', LAB], { cwd });
    assert.deepEqual(
      [missing.code, missing.stderr],
      [2, 'leakrank: no.json: there is no such configuration file; leakrank init writes one\n'],
    );
  });
});

test('"leakrank" in package.json is read, with its own line numbers; a broken package.json is not ours', async () => {
  await withFiles({ 'package.json': '{\n  "name": "x",\n  "leakrank": {\n    "tpo": 1 }\n}' }, async (cwd) => {
    const { code, stderr } = await leakrank([LAB], { cwd });
    assert.deepEqual([code, stderr], [2, 'leakrank: package.json:4: unknown key "tpo" (did you mean top?)\n']);
  });
  await withFiles({ 'package.json': '{ "name": ' }, async (cwd) => {
    assert.equal((await leakrank(['--top', '1', LAB], { cwd })).code, 0);
  });
});

test('init writes a start that changes nothing and is valid, prints jobs, and overwrites only with --force', async () => {
  assert.deepEqual(parseConfig('c', CONFIG_START).entries, []);
  // Uncommented, every line of it is right too.
  const all = CONFIG_START.replace(/^ {2}\/\/ (?=["\]{ ])/gm, '  ')
    .replace(/(?<=\]|"|\})\n(?=\s*(?:\/\/.*\n\s*)*")/g, ',\n')
    .replace(/^\/\/.*\n/gm, '');
  assert.ok(Object.keys(options(all)).length > 10, all);
  await withFiles({}, async (cwd) => {
    const first = await leakrank(['init'], { cwd });
    assert.deepEqual([first.code, first.stderr], [0, '']);
    assert.match(first.stdout, /^Wrote leakrank\.config\.json/);
    assert.match(first.stdout, /runs-on: ubuntu-latest/);
    assert.match(first.stdout, /^ {2}image: node:22$/m);
    assert.equal((await leakrank(['--top', '1', LAB], { cwd })).code, 0);
    const again = await leakrank(['init'], { cwd });
    assert.deepEqual([again.code, again.stdout], [2, '']);
    assert.equal(
      again.stderr,
      'leakrank: leakrank.config.json is there already: --force overwrites it, --print only prints\n',
    );
    assert.equal((await leakrank(['init', '--force'], { cwd })).code, 0);
    assert.equal((await leakrank(['init', '--print'], { cwd })).code, 0);
  });
});
