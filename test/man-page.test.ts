import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createProgram } from '../src/cli/program.ts';
import { configSchema } from '../src/config/config-schema.ts';
import { configKeys } from '../src/config/keys.ts';
import { describeAll } from '../src/manual/describe.ts';
import { manPage, roff } from '../src/manual/man-page.ts';
import { ROOT } from './support/fixtures.ts';

const page = readFileSync(`${ROOT}dist/leakrank.1`, 'utf8');
const hasGroff = spawnSync('groff', ['--version']).status === 0;

test('the manual of the package holds every command and option of the table, with its words and choices', async () => {
  for (const { name, description, options } of await describeAll(createProgram())) {
    assert.ok(page.includes(`.B leakrank${name && ` ${name}`}\n`), name);
    assert.ok(page.includes(`\n${roff(description)}\n`), name);
    for (const option of options) {
      const choices = option.choices.length > 0 ? `: ${option.choices.join(', ')}` : '';
      assert.ok(
        page.includes(`\n.B ${roff(option.flags)}\n${roff(option.description + choices)}`),
        `${name} ${option.flags}`,
      );
    }
  }
  assert.match(page, /^\.TH LEAKRANK 1 /);
  assert.deepEqual(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).man, './dist/leakrank.1');
});

test('text cannot become a roff request or escape', () => {
  assert.equal(roff(".TH\n'so x\\fB-a"), "\\&.TH\n\\&'so x\\(rsfB\\-a");
  const hostile = { name: '', description: '.so /etc/passwd', usage: '', arguments: [], options: [] };
  assert.doesNotMatch(manPage([hostile], { version: '1', date: '' }), /^\.so/m);
});

test('groff reads the manual without a warning', { skip: hasGroff ? false : 'groff is not installed' }, () => {
  const { status, stdout, stderr } = spawnSync('groff', ['-man', '-Tascii', '-ww'], { input: page, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /EXIT STATUS|E\u0008EX\u0008X/);
});

test('the schema of the configuration in the package is that of the table', () => {
  const shipped = JSON.parse(readFileSync(`${ROOT}dist/leakrank.config.schema.json`, 'utf8'));
  assert.deepEqual(shipped, JSON.parse(JSON.stringify(configSchema(createProgram()))));
  const keys = configKeys(createProgram()).map(({ key }) => key);
  assert.ok(keys.includes('maxLeakPerCall') && keys.includes('group') && keys.includes('exclude'));
  assert.ok(!keys.includes('config') && !keys.includes('help'));
});
