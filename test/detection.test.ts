/** Which format the lines of every sample are taken for: a table of all of them, and mixtures. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { analyze } from '../src/index.ts';
import { Inspection } from '../src/inspect/inspection.ts';
import { LineScanner } from '../src/lines/scanner.ts';
import { resolveOptions } from '../src/options.ts';
import { Recognizer } from '../src/parse/recognizer.ts';
import { ScanMemory } from '../src/wasm/scan-memory.ts';
import { ROOT } from './support/fixtures.ts';
import { reportOf, textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** What the request lines of a folder's logs are, and nothing else. A post_request hook of gunicorn's writes key=value. */
const FORMAT_OF: Record<string, string> = {
  celery: 'celery',
  gunicorn: 'logfmt',
  journald: 'uwsgi',
  'php-fpm': 'php-fpm',
  syslog: 'uwsgi',
  'uwsgi/options': 'uwsgi',
  'uwsgi/samples': 'uwsgi',
  wrapped: 'uwsgi',
};
/** These have no request line that is read without --log-format, or none at all. */
const WITHOUT_REQUESTS =
  /logformat|log-format|req-logger-stdout-empty|samples\/logger-file|maxrequests5|php-fpm\/error/;
/** Their log-format happens to write key=value. */
const READ_AS_LOGFMT = /logformat-(?:all-vars|over-2GiB)/;

const SAMPLES = Object.keys(FORMAT_OF).flatMap((folder) =>
  readdirSync(`${ROOT}fixtures/${folder}`)
    .sort()
    .map((name) => ({ folder, name: `${folder}/${name}` })),
);

async function inspected(bytes: Buffer): Promise<Inspection> {
  const seen = new Inspection(0);
  const options = resolveOptions({});
  const recognizer = new Recognizer(new ScanMemory(), seen, options);
  const scanner = new LineScanner(seen.tap(recognizer), options.maxLineLength);
  scanner.write(bytes);
  await scanner.end();
  recognizer.finish();
  return seen;
}

function sample(name: string): Buffer {
  const bytes = readFileSync(`${ROOT}fixtures/${name}`);
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

for (const { folder, name } of SAMPLES) {
  test(`${name} is taken for ${FORMAT_OF[folder]} and for nothing else`, async () => {
    const { formats, readings } = await inspected(sample(name));
    const expected = READ_AS_LOGFMT.test(name) ? 'logfmt' : FORMAT_OF[folder];
    if (readings > 0) assert.deepEqual([...formats.keys()], [expected]);
    assert.equal(readings === 0, WITHOUT_REQUESTS.test(name) && !READ_AS_LOGFMT.test(name));
  });
}

test('all samples one after the other are read as each of them alone', async () => {
  const expected = new Map<string, number>();
  for (const { name } of SAMPLES)
    for (const [format, count] of (await inspected(sample(name))).formats)
      expected.set(format, (expected.get(format) ?? 0) + count);
  const endings = SAMPLES.flatMap(({ name }) => [sample(name), Buffer.from('\n')]);
  assert.deepEqual((await inspected(Buffer.concat(endings))).formats, expected);
});

const UWSGI = [1, 2, 3].map((n) => uwsgiLine({ ownCount: n, totalCount: n }));
const JSON_LINES = [1, 2].map((n) =>
  JSON.stringify({ time: '2026-11-23T20:50:35Z', pid: 9, method: 'GET', url: `/j/${n}`, rss: 5e7 }),
);

test('one line is enough', async () => {
  for (const [line, format] of [
    [UWSGI[0]!, 'uwsgi'],
    [JSON_LINES[0]!, 'json'],
  ] as const)
    assert.equal((await reportOf(`${line}\n`)).inputs[0]?.format, format);
});

test('hundreds of banner and traceback lines before the requests change nothing', async () => {
  const banner = Array.from({ length: 400 }, (_, i) =>
    i % 2 ? `  File "app.py", line ${i}, in view` : '*** uWSGI is running ***',
  );
  const [input] = (await reportOf(textOf([...banner, ...UWSGI]))).inputs;
  assert.deepEqual([input?.format, input?.readings, input?.otherLines], ['uwsgi', 3, 400]);
  assert.equal(input?.matchRate, 0.007444);
});

test('a log that mixes formats, or changes them after a deploy, is read whole, and the report says so', async () => {
  const mixed = [UWSGI[0]!, JSON_LINES[0]!, UWSGI[1]!, `web-1  | ${UWSGI[2]!}`, JSON_LINES[1]!];
  for (const log of [mixed, [...UWSGI, ...JSON_LINES]]) {
    const [input] = (await reportOf(textOf(log))).inputs;
    assert.deepEqual(
      input?.formats.map(({ format, readings }) => [format, readings]),
      [
        ['uwsgi', 3],
        ['json', 2],
      ],
    );
    assert.match(input?.recognisedBy ?? '', /\[pid: /);
    assert.equal(input?.matchRate, 1);
  }
});

test('--input reads one format only; a name that is none is refused with the list', async () => {
  const [input] = (await reportOf(textOf([...UWSGI, ...JSON_LINES]), { input: 'json' })).inputs;
  assert.deepEqual([input?.format, input?.readings, input?.otherLines], ['json', 2, 3]);
  await assert.rejects(analyze([[...UWSGI]], { input: 'apache' }), /--input apache is not one of .*uwsgi.*json/);
  await assert.rejects(analyze([[...UWSGI]], { input: 'uwsgi-log-format' }), /describe them with --log-format/);
});
