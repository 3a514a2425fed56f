/** Lines made of named fields (JSON, logfmt, LTSV): which field means what. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalyzeOptions } from '../src/options.ts';
import { collectingSink, recognizer, type SeenReading } from './support/collect.ts';

function readLine(line: string, options: AnalyzeOptions = {}) {
  const { sink, seen } = collectingSink();
  recognizer(sink, options).textLine(line, 1);
  return seen;
}

function readingOf(line: string, options: AnalyzeOptions = {}): SeenReading {
  const { readings, otherLines, malformed } = readLine(line, options);
  assert.equal(readings.length, 1, line);
  assert.equal(otherLines + malformed.length, 0);
  return readings[0]!;
}

const shown = ({ pid, rss, method, uri, routeName, status, origin, workerName, time }: SeenReading) => ({
  ...(pid < 0 ? {} : { pid }),
  ...(rss < 0 ? {} : { rss }),
  ...(method ? { method } : {}),
  ...(uri === null ? {} : { uri }),
  ...(routeName ? { routeName } : {}),
  ...(status < 0 ? {} : { status }),
  ...(origin ? { origin } : {}),
  ...(workerName ? { workerName } : {}),
  ...(time < 0 ? {} : { time: new Date(time).toISOString() }),
});

const REAL_LINES: [name: string, line: string, expected: ReturnType<typeof shown>][] = [
  [
    'a gunicorn hook',
    '{"time":1795467505.573,"pid":18807,"method":"GET","path":"/leak/small/117129","status":200,"duration_ms":50.71,"rss_bytes":44417024}',
    {
      pid: 18807,
      rss: 44417024,
      method: 'GET',
      uri: '/leak/small/117129',
      status: 200,
      time: '2026-11-23T20:58:25.573Z',
    },
  ],
  [
    'a task',
    '{"time":1795467848.135,"pid":28655,"task":"shop.tasks.leak_small","task_id":"0aab647b","state":"SUCCESS","rss_bytes":41132032}',
    { pid: 28655, rss: 41132032, routeName: 'shop.tasks.leak_small', time: '2026-11-23T21:04:08.135Z' },
  ],
  [
    'pino-http with memoryUsage()',
    '{"level":30,"time":1795467034000,"pid":123,"hostname":"web1","req":{"id":1,"method":"GET","url":"/x?a=1"},"res":{"statusCode":200},"mem":{"rss":44417024,"heapTotal":1,"heapUsed":2},"responseTime":12,"msg":"request completed"}',
    {
      pid: 123,
      rss: 44417024,
      method: 'GET',
      uri: '/x?a=1',
      status: 200,
      origin: 'web1',
      time: '2026-11-23T20:50:34.000Z',
    },
  ],
  [
    'lograge, with controller and action',
    'method=GET path=/users/12 format=html controller=UsersController action=show status=200 duration=58.33 pid=77 rss_mb=123.5',
    { pid: 77, rss: 129499136, method: 'GET', uri: '/users/12', routeName: 'UsersController#show', status: 200 },
  ],
  [
    'the same behind the prefix of Ruby',
    'I, [2026-11-23T20:57:18.082466 #4413]  INFO -- : [2b1c] method=GET path=/users/12 status=200 rss=129499136',
    { pid: 4413, rss: 129499136, method: 'GET', uri: '/users/12', status: 200, time: '2026-11-23T20:57:18.082Z' },
  ],
  [
    'ECS',
    '{"@timestamp":"2026-11-23T20:50:35.123Z","url":{"path":"/a/b"},"http":{"request":{"method":"POST"},"response":{"status_code":201}},"process":{"pid":9,"memory":{"rss":"87.66MB"}},"host":{"hostname":"h7"}}',
    { pid: 9, rss: 91918172, method: 'POST', uri: '/a/b', status: 201, origin: 'h7', time: '2026-11-23T20:50:35.123Z' },
  ],
  [
    'logfmt with quotes',
    'level=info ts=2026-11-23T20:50:35+02:00 msg="request done" method=GET path="/a b" status=200 worker=w3 mem_rss="123 MB"',
    { rss: 128974848, method: 'GET', uri: '/a b', status: 200, workerName: 'w3', time: '2026-11-23T18:50:35.000Z' },
  ],
  [
    'LTSV',
    'time:[23/Nov/2026:20:55:29 +0100]\thost:web1\tpid:5\treq:GET /a?x=1 HTTP/1.1\tstatus:200\trss_kb:43376',
    {
      pid: 5,
      rss: 44417024,
      method: 'GET',
      uri: '/a?x=1',
      status: 200,
      origin: 'web1',
      time: '2026-11-23T19:55:29.000Z',
    },
  ],
  [
    'uWSGI in the shape of JSON',
    '{"time":1795467340020,"pid":16597,"wid":2,"addr":"127.0.0.1","method":"POST","uri":"/o?n=1","proto":"HTTP/1.1","status":200,"msecs":273,"size":96,"rss":34918400,"vsz":86155264}',
    { pid: 16597, rss: 34918400, method: 'POST', uri: '/o?n=1', status: 200, time: '2026-11-23T20:55:40.020Z' },
  ],
  [
    'the same with a quote in the URI',
    '{"time":1795467340020,"pid":16597,"method":"GET","uri":"/a"b\\c","proto":"HTTP/1.1","status":200,"rss":34918400}',
    { pid: 16597, rss: 34918400, method: 'GET', uri: '/a"b\\c', status: 200, time: '2026-11-23T20:55:40.020Z' },
  ],
  [
    'an unquoted URI that writes fields of its own',
    'pid=16597 rss=34918400 uri=/a rss=1 pid=2',
    { pid: 16597, rss: 34918400, uri: '/a' },
  ],
];

for (const [name, line, expected] of REAL_LINES) {
  test(`reads ${name}`, () => assert.deepEqual(shown(readingOf(line)), expected));
}

test('a URI that makes valid JSON of its quotes cannot change worker and memory', () => {
  const seen = readingOf('{"pid":1,"uri":"/a","pid":2,"rss":5000000,"z":"b","status":200,"rss":34918400}');
  assert.deepEqual([seen.pid, seen.rss], [1, 34918400]);
});

test('a URI that writes fields of its own, where the log escapes nothing, changes nothing but the URI', () => {
  const { sink, seen } = collectingSink();
  const formats = recognizer(sink);
  const line = (uri: string) => `{"pid":16597,"uri":"${uri}","proto":"HTTP/1.1","rss":34918400}`;
  formats.textLine(line('/a'), 1);
  formats.textLine(line('/a","rss":1,"pid":2,"route":"x","z":"'), 2);
  formats.textLine(line('/a"b","rss":1,"host":"y'), 3);
  assert.deepEqual(seen.readings.map(shown), [
    { pid: 16597, uri: '/a', rss: 34918400 },
    { pid: 16597, uri: '/a', rss: 34918400 },
    { pid: 16597, uri: '/a"b', rss: 34918400 },
  ]);
});

const NO_READINGS = [
  `    log.info('mem pid=%d rss=%d method=%s uri=%r', os.getpid(), rss(), req.method, req.uri)`,
  '{"time":"2026-11-23T20:50:35Z","stream":"stderr","log":"Traceback (most recent call last):\\n"}',
  '{"level":30,"pid":1,"req":{"url":"/x"},"msg":"incoming request"}',
  '{"name":"myapp","pid":1,"rss":44417024,"msg":"memory","level":30}',
  '{"pid":1,"rss":44417024}',
  '[2026-11-23 21:05:33 +0000] [29460] [INFO] Booting worker with pid: 29460',
  '{}',
  '{"a":1',
  '',
  '=',
  '\t:\t',
];

for (const line of NO_READINGS) {
  test(`no reading: ${line.slice(0, 60)}`, () => {
    const { readings, otherLines, malformed } = readLine(line);
    assert.deepEqual([readings.length, otherLines, malformed.length], [0, 1, 0]);
  });
}

test('a line that is cut is damaged', () => {
  const line = REAL_LINES[0]![1];
  for (let length = 0; length < line.length; length++) {
    const { readings, otherLines, malformed, torn } = readLine(line.slice(0, length));
    assert.equal(readings.length + torn.length + otherLines + malformed.length, 1, line.slice(0, length));
    assert.equal(readings.length, 0);
  }
  assert.equal(readLine(line.slice(0, 60)).malformed.length, 1);
});

test('two objects on one line are two readings', () => {
  const line = REAL_LINES[0]![1];
  assert.equal(readLine(line + line).readings.length, 2);
});

test('--field says what a field means, and its unit', () => {
  const line = '{"pid":1,"u":"/a","m":{"x":43376},"rss":1}';
  const seen = readingOf(line, { field: ['uri=u', 'rss=m.x:KiB'] });
  assert.deepEqual(shown(seen), { pid: 1, uri: '/a', rss: 44417024 });
});

test('--field that cannot be is refused with a sentence', () => {
  for (const [field, sentence] of [
    ['rss', /has no "="/],
    ['size=x', /size is not one of uri, route/],
    ['rss=', /names no field/],
    ['rss=x:parsec', /parsec is not one of the units B/],
    ['pid=x:KiB', /takes no unit/],
  ] as const) {
    assert.throws(() => readLine('', { field: [field] }), sentence);
  }
  assert.throws(() => readLine('', { field: ['rss=x', 'vsz=x'] }), /was given as rss already/);
});

test('a figure too small for bytes is doubted', () => {
  assert.deepEqual(readLine('{"pid":1,"url":"/a","rss":43376}').events, [
    { kind: 'implausible-memory', field: 'rss', value: 43376 },
  ]);
});
