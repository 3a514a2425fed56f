import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InspectReport } from '../src/inspect/inspect-report.ts';
import { leakrank } from './support/cli.ts';
import { fixturePath, ROOT } from './support/fixtures.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LINES = [1, 2, 3].map((n) => uwsgiLine({ ownCount: n, totalCount: n, rssBytes: 5e7 + n * 8192, uri: '/a' }));

async function inspect(args: readonly string[], stdin?: string) {
  const { code, stdout, stderr } = await leakrank(['inspect', '--json', ...args], stdin === undefined ? {} : { stdin });
  assert.equal(code, 0, stderr);
  const report: InspectReport = JSON.parse(stdout);
  const [input] = report.inputs;
  assert.ok(input);
  return input;
}

const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);

test('a good log lacks nothing but a zone, and its fields are counted', async () => {
  const input = await inspect([], textOf(['*** Operational MODE: preforking ***', ...LINES]));
  assert.deepEqual(codes(input), ['no-zone']);
  assert.deepEqual([input.format, input.lines, input.readings, input.matchRate], ['uwsgi', 4, 3, 0.75]);
  assert.match(input.recognisedBy ?? '', /\[pid: /);
  const fields = new Map(input.fields.map((field) => [field.name, field]));
  assert.deepEqual([fields.get('pid')?.readings, fields.get('pid')?.example], [3, '4193']);
  assert.deepEqual([fields.get('zone')?.readings, fields.get('zone')?.example], [0, null]);
});

/** What makes a log lack something, and the setting that it is told. */
const LACKING: [code: string, log: string, setting: RegExp | null][] = [
  ['no-requests', 'hello\n', /--log-format/],
  ['no-memory', textOf([uwsgiLine({ memoryReport: 0 })]), /^memory-report = 1$/],
  ['zero-memory', textOf([uwsgiLine({ rssBytes: 0, vszBytes: 0 })]), /^memory-report = 1$/],
  ['threads', textOf([uwsgiLine({ core: 1 })]), /^threads = 1/],
  ['unlogged-requests', textOf([uwsgiLine({ ownCount: 1 }), uwsgiLine({ ownCount: 9 })]), /^disable-logging = false/],
  ['no-counters', textOf([uwsgiLine({ ownCount: '-' })]), null],
  ['no-route', textOf([uwsgiLine({ method: '-', uri: '-' })]), /^shorter URIs/],
  ['damaged-lines', textOf([...LINES, LINES[0]!.slice(0, 200)]), null],
  ['lost-lines', textOf([...LINES, 'Nov 23 21:01:43 web01 uwsgi[7]: [266B blob data]']), /^journalctl --all -o json$/],
  ['no-worker', '{"url":"/a","rss":50000000,"time":"2026-11-23T20:50:35Z"}\n', /"pid"/],
  ['no-time', '{"url":"/a","rss":50000000,"pid":7}\n', /docker logs -t/],
];

for (const [code, log, setting] of LACKING) {
  test(`a log is told what it lacks: ${code}`, async () => {
    const { findings } = await inspect([], log);
    const found = findings.find((finding) => finding.code === code);
    assert.ok(found, JSON.stringify(findings));
    if (setting === null) assert.equal(found.setting, null);
    else assert.match(found.setting ?? '', setting);
  });
}

test('threads and a memory-report without effect are told by the life-cycle lines', async () => {
  const threads = await inspect([fixturePath('samples/threads4-concurrent.log')]);
  assert.ok(codes(threads).includes('threads'));
  const off = await inspect([], '[WARNING] non-numeric value "true" for option "memory-report" - using 0 !\n');
  assert.ok(codes(off).includes('memory-report-off'));
});

test("whole MiB are told of, with the server's own words for more", async () => {
  const log = '7 GET /a 10 10\n7 GET /b 11 11\n';
  const input = await inspect(['--log-format', '%(pid) %(method) %(uri) %(rssM) %(vszM)'], log);
  const found = input.findings.find(({ code }) => code === 'coarse-memory');
  assert.match(found?.setting ?? '', /%\(rss\)/);
});

test('the wrappers are named, and what they add is a field', async () => {
  const input = await inspect([`${ROOT}fixtures/journald/short-iso.txt`]);
  assert.deepEqual(input.wrappers, ['syslog']);
  assert.equal(input.fields.find(({ name }) => name === 'origin')?.example, 'web01');
  assert.ok(!codes(input).includes('no-zone'));
});

test('a damaged line has a caret under the first character that does not fit', async () => {
  const broken = LINES[0]!.replace('|app: 0', '|oops: 0');
  const { stdout } = await leakrank(['inspect'], { stdin: textOf([`web-1  | ${broken}`]), env: { COLUMNS: '80' } });
  const lines = stdout.split('\n');
  const at = lines.findIndex((line) => line.trimStart().startsWith('^'));
  const caret = lines[at]!.indexOf('^');
  assert.ok(lines[at - 1]!.slice(0, caret).endsWith('|'), lines[at - 1]);
  assert.ok(lines[at - 1]!.slice(caret).startsWith('oops'), lines[at - 1]);
  assert.ok(lines.every((line) => line.length <= 80));
});

test('nothing that a client wrote reaches the terminal raw', async () => {
  const evil = '/\x1b[31m\u202e\x07::error::x';
  const log = textOf([uwsgiLine({ uri: evil }), `{address ${evil}`, evil, `${uwsgiLine({ uri: evil }).slice(0, -30)}`]);
  for (const args of [['inspect'], ['inspect', '--json'], ['inspect', '--ascii']]) {
    const { stdout } = await leakrank(args, { stdin: log });
    assert.doesNotMatch(stdout, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    if (args.includes('--ascii')) assert.match(stdout, /^[\x20-\x7e\n]*$/);
  }
});

test('an empty log, a missing file and a format that is none are told in a sentence', async () => {
  assert.match((await leakrank(['inspect'], { stdin: '' })).stdout, /Empty\./);
  const missing = await leakrank(['inspect', 'no-such.log']);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /no-such\.log/);
  const wrong = await leakrank(['inspect', '--input', 'apache'], { stdin: '' });
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /--input apache is not one of .*uwsgi.*json/);
});
