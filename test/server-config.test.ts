import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { analyze, UserError } from '../src/index.ts';
import { readServerConfig } from '../src/parse/server-config/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'leakrank-config-'));
after(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(name: string, text: string): string {
  const path = join(folder, `${count++}-${name}`);
  writeFileSync(path, text);
  return path;
}

const FORMAT = '%(pid) "%(uri)" %(rss)';

const FILES: [name: string, text: string][] = [
  ['uwsgi.ini', `[other]\nlog-format = x\n[uwsgi]\n; c\n# c\nmaster = true\n log-format =  ${FORMAT}  \r\n`],
  ['twice.ini', `[uwsgi]\nlog-format = %(uri) %(rss)\nlogformat = ${FORMAT}\n`],
  ['no-suffix', `[uwsgi]\nlog-format = ${FORMAT}\n`],
  ['uwsgi.yaml', `uwsgi:\n  master: true\n  log-format: '${FORMAT}'\n  # comment\n`],
  ['list.yml', `uwsgi:\n  - master: 1\n  log-format: ${FORMAT}\n`],
  ['plain.yaml', `uwsgi:\n  log-format: ${FORMAT}\n  processes: 4\n`],
  ['uwsgi.xml', `<?xml version="1.0"?><uwsgi><master/><log-format>${FORMAT}</log-format></uwsgi>`],
  ['nested.xml', `<all><uwsgi id="a"><log-format>${FORMAT.replaceAll('"', '&quot;')}</log-format></uwsgi></all>`],
  ['uwsgi.json', JSON.stringify({ uwsgi: { master: true, 'log-format': FORMAT } })],
  ['list.json', JSON.stringify({ uwsgi: { 'log-format': ['%(uri) %(rss)', FORMAT] } })],
];

for (const [name, text] of FILES) {
  test(`the log format of ${name}`, () => {
    assert.equal(readServerConfig(file(name, text)).logFormat, FORMAT);
  });
}

test('a section behind a colon', () => {
  const path = file('sections.ini', `[uwsgi]\nlog-format = a\n[staging]\nlog-format = ${FORMAT}\n`);
  assert.equal(readServerConfig(`${path}:staging`).logFormat, FORMAT);
});

test('what the server replaces: %%, magic characters, the environment, other options', async () => {
  const ini = `[uwsgi]
set-placeholder = app=shop
kind = web-%(app)
log-format = %(kind) %n $(HOSTNAME) 100%% %(pid) %(uri) %(rss)
`;
  const path = file('placeholders.ini', ini);
  assert.equal(readServerConfig(path).logFormat, 'web-shop %(constant) %(constant) 100% %(pid) %(uri) %(rss)');
  const report = await analyze([['web-shop uwsgi host-1 100% 7 /a 4096']], { configFrom: [path] });
  assert.deepEqual([report.inputs[0]!.readings, report.routes[0]!.route], [1, '/a']);
});

test('an option that names itself does not hang', () => {
  const path = file('loop.ini', `[uwsgi]\na = %(b)%(b)\nb = %(a)%(a)\nlog-format = %(a) %(uri) %(rss)\n`);
  assert.match(readServerConfig(path).logFormat, /%\(uri\) %\(rss\)$/);
});

test('includes are not followed, and said', async () => {
  const path = file('child.ini', `[uwsgi]\ninclude = base.ini\nlog-format = ${FORMAT}\n`);
  const report = await analyze([['7 "/a" 4096']], { configFrom: [path] });
  const warning = report.warnings.find(({ code }) => code === 'config-includes');
  assert.match(warning!.message, /child\.ini includes base\.ini, which was not read/);
});

const PYTHON: [text: string, format: string][] = [
  [`access_log_format = '%(h)s "%(r)s" %({x-rss}o)s'`, '%(h)s "%(r)s" %({x-rss}o)s'],
  [`bind = 'x'\naccess_log_format = "%(h)s \\"%(r)s\\" %({x-rss}o)s"  # c\nx = 1\n`, '%(h)s "%(r)s" %({x-rss}o)s'],
  [`access_log_format = (\n    '%(h)s '  # who\n    r'%(r)s '\n    "%({x-rss}o)s"\n)\n`, '%(h)s %(r)s %({x-rss}o)s'],
  [`access_log_format: str = '''%(r)s %({x-rss}o)s'''`, '%(r)s %({x-rss}o)s'],
  [`access_log_format = 'a'\naccess_log_format = '%(r)s ' + \\\n  '%({x-rss}o)s'\n`, '%(r)s %({x-rss}o)s'],
];

for (const [text, format] of PYTHON) {
  test(`gunicorn.conf.py: ${text.split('\n')[0]}`, () => {
    assert.equal(readServerConfig(file('gunicorn.conf.py', `${text}\n`)).logFormat, format);
  });
}

const REFUSED: [name: string, text: string, message: RegExp][] = [
  ['plain.ini', '[uwsgi]\nmaster = true\n', /sets no log-format, so uWSGI writes its default line/],
  ['child.ini', '[uwsgi]\nini = base.ini\n', /sets no log-format itself and includes base\.ini, which is not followed/],
  ['gunicorn.conf.py', "bind = ':8000'\n", /sets no access_log_format/],
  ['gunicorn.conf.py', 'access_log_format = json.dumps({})\n', /computes its access_log_format/],
  ['gunicorn.conf.py', "access_log_format = f'{x} %(r)s'\n", /computes its access_log_format/],
  ['gunicorn.conf.py', "access_log_format = '%(r)s'.strip()\n", /computes its access_log_format/],
  ['gunicorn.conf.py', "access_log_format = '%(r)s\n", /computes its access_log_format/],
  ['broken.xml', '<uwsgi><log-format>', /is no XML/],
  ['broken.json', '{', /is no JSON/],
  ['empty.ini', '', /sets no log-format/],
  ['binary.ini', '\u0000\u0001\ufffd', /sets no log-format/],
  ['large.ini', `[uwsgi]\n${'x = 1\n'.repeat(200_000)}`, /is too large to be a configuration/],
];

for (const [name, text, message] of REFUSED) {
  test(`${name} with ${JSON.stringify(text.slice(0, 40))} is refused with a sentence`, () => {
    assert.throws(
      () => readServerConfig(file(name, text)),
      (error) => error instanceof UserError && message.test(error.message),
    );
  });
}

test('a file that is not there, and a folder', () => {
  assert.throws(
    () => readServerConfig(join(folder, 'none.ini')),
    /^UserError: --config-from .*none\.ini cannot be read: /,
  );
  assert.throws(() => readServerConfig(folder), /^UserError: --config-from .* cannot be read: /);
});

test('log-encoders of the configuration: JSON around JSON-shaped lines, without a newline between them', async () => {
  const ini = `[uwsgi]
log-format = {"pid":%(pid),"uri":"%(uri)","rss":%(rss)}
log-encoder = json {"unix":$\{unix},"msg":"$\{msg}"}
`;
  const record = (uri: string, rss: number) =>
    `{"unix":1795467101,"msg":"${`{"pid":7,"uri":"${uri}","rss":${rss}}`.replace(/["\\]/g, '\\$&')}"}`;
  const uris = ['/a', '/b"c', '/d'];
  const path = file('encoder.ini', ini);
  const report = await analyze([[uris.map((uri, i) => record(uri, 4096 * (i + 1))).join('')]], { configFrom: [path] });
  assert.equal(report.inputs[0]!.readings, 3);
  assert.equal(report.span.from, '2026-11-23T20:51:41');
  assert.deepEqual(report.routes.map(({ route }) => route).sort(), ['/a', '/b"c', '/d']);
});

test('encoders whose output is no text are refused', async () => {
  for (const encoder of ['gzip', 'compress', 'json {"a":1}']) {
    await assert.rejects(
      analyze([['x']], { logFormat: [FORMAT], logEncoder: [encoder] }),
      (error) => error instanceof UserError && error.message.startsWith(`--log-encoder ${encoder}`),
    );
  }
});

test('prefix, suffix and format', async () => {
  const options = { logFormat: [FORMAT], logEncoder: ['prefix web ', 'format [$' + '{unix}] $' + '{msg} end', 'nl'] };
  const report = await analyze([['[1795467101] web 7 "/a" 4096 end', '7 "/a" 4096']], options);
  assert.equal(report.inputs[0]!.readings, 2);
});
