import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peeledLine } from './support/peeled.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const LINE = uwsgiLine({ uri: '/a?b=<c>&d' });
const MOMENT = Date.UTC(2026, 10, 23, 20, 50, 35, 123);
const SECOND = Date.UTC(2026, 10, 23, 20, 50, 35);
const json = (value: unknown) => JSON.stringify(value).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);

/** Wrapped line, names of its wrappers, origin, time (-1: none), whether the time names a zone. */
type Case = [what: string, wrapped: string, wrappers: string, origin: string, time: number, zoned: boolean];

const STAMP = '2026-11-23T20:50:35.123456789Z';
/** Years are not written there: what is checked is the rest of the date. */
const YEARLESS = -2;

const CASES: Case[] = [
  ['docker json-file', json({ log: `${LINE}\n`, stream: 'stderr', time: STAMP }), 'docker-json', '', MOMENT, true],
  [
    'docker json-file with a tag',
    json({ log: `${LINE}\n`, stream: 'stderr', attrs: { tag: 'web.1' }, time: STAMP }),
    'docker-json',
    'web.1',
    MOMENT,
    true,
  ],
  ['docker logs -t', `${STAMP} ${LINE}`, 'timestamp', '', MOMENT, true],
  ['CRI', `${STAMP} stderr F ${LINE}`, 'cri', '', MOMENT, true],
  ['CRI with more tags', `${STAMP} stderr F:x:y ${LINE}`, 'cri', '', MOMENT, true],
  ['CRI, fraction trimmed', `2026-11-23T20:50:35.1Z stdout F ${LINE}`, 'cri', '', SECOND + 100, true],
  ['CRI, zone of the machine', `2026-11-23T22:50:35.123+02:00 stdout F ${LINE}`, 'cri', '', MOMENT, true],
  ['compose v2', `web-1  | ${LINE}`, 'compose', 'web-1', -1, false],
  ['compose v1', `web_1               | ${LINE}`, 'compose', 'web_1', -1, false],
  ['compose v2 on a terminal', `\x1b[36mweb-1  | \x1b[0m${LINE}`, 'compose', 'web-1', -1, false],
  ['compose v1 on a terminal', `\x1b[36;1mweb_1  |\x1b[0m ${LINE}`, 'compose', 'web_1', -1, false],
  ['compose -t', `shop-web-1  | ${STAMP} ${LINE}`, 'compose timestamp', 'shop-web-1', MOMENT, true],
  [
    'kubectl --prefix',
    `[pod/web-6d4b75cb6d-hp2xk/app] ${LINE}`,
    'kubectl-prefix',
    'web-6d4b75cb6d-hp2xk/app',
    -1,
    false,
  ],
  [
    'kubectl --prefix --timestamps',
    `[pod/web-0/app] ${STAMP} ${LINE}`,
    'kubectl-prefix timestamp',
    'web-0/app',
    MOMENT,
    true,
  ],
  ['stern', `web-6d4b75cb6d-hp2xk app ${LINE}`, 'stern', 'web-6d4b75cb6d-hp2xk/app', -1, false],
  ['stern in colour', `\x1b[32mweb-0\x1b[0m \x1b[32mapp\x1b[0m ${LINE}`, 'stern', 'web-0/app', -1, false],
  ['stern -A', `shop web-0 app ${LINE}`, 'stern', 'shop/web-0/app', -1, false],
  ['journald short', `Nov 23 20:50:35 web01 uwsgi[4193]: ${LINE}`, 'syslog', 'web01', YEARLESS, false],
  ['journald short-precise', `Nov 23 20:50:35.123456 web01 uwsgi[4193]: ${LINE}`, 'syslog', 'web01', YEARLESS, false],
  ['journald short-iso', `2026-11-23T20:50:35+0000 web01 uwsgi[4193]: ${LINE}`, 'syslog', 'web01', SECOND, true],
  [
    'journald short-iso, newer',
    `2026-11-23T21:50:35+01:00 web01 uwsgi[4193]: ${LINE}`,
    'syslog',
    'web01',
    SECOND,
    true,
  ],
  [
    'journald short-iso-precise',
    `2026-11-23T20:50:35.123456+0000 web01 uwsgi[4193]: ${LINE}`,
    'syslog',
    'web01',
    MOMENT,
    true,
  ],
  ['journald short-unix', `1795467035.123456 web01 uwsgi[4193]: ${LINE}`, 'journald', 'web01', MOMENT, true],
  ['journald short-full', `Mon 2026-11-23 20:50:35 UTC web01 uwsgi[4193]: ${LINE}`, 'journald', 'web01', SECOND, true],
  ['journald in a zone', `Mon 2026-11-23 20:50:35 CET web01 uwsgi[4193]: ${LINE}`, 'journald', 'web01', SECOND, false],
  [
    'journald with-unit',
    `Mon 2026-11-23 20:50:35 UTC web01 uwsgi.service[4193]: ${LINE}`,
    'journald',
    'web01',
    SECOND,
    true,
  ],
  ['journald short-monotonic', `[ 8040.123456] web01 uwsgi[4193]: ${LINE}`, 'journald', 'web01', -1, false],
  ['journald cat', LINE, '', '', -1, false],
  [
    'journald json',
    json({ MESSAGE: LINE, _HOSTNAME: 'web01', _PID: '4193', __REALTIME_TIMESTAMP: `${MOMENT}456` }),
    'journald-json',
    'web01',
    MOMENT,
    true,
  ],
  [
    'journald json, bytes',
    json({ __CURSOR: 's=1', MESSAGE: [...Buffer.from(LINE)], __REALTIME_TIMESTAMP: `${MOMENT}456` }),
    'journald-json',
    '',
    MOMENT,
    true,
  ],
  [
    "docker's journald driver",
    json({ MESSAGE: LINE, _HOSTNAME: 'h', CONTAINER_NAME: 'web-1', __REALTIME_TIMESTAMP: `${MOMENT}456` }),
    'journald-json',
    'h/web-1',
    MOMENT,
    true,
  ],
  ["uWSGI's rsyslog plugin", `<29>Nov 23 20:50:35 vm uwsgi: ${LINE}`, 'syslog', 'vm', YEARLESS, false],
  ['syslog to the local socket', `<29>Nov 23 20:50:35 uwsgi[7]: ${LINE}`, 'syslog', '', YEARLESS, false],
  ['a day of one digit', `<29>Nov  3 20:50:35 vm uwsgi: ${LINE}`, 'syslog', 'vm', YEARLESS, false],
  ['RSYSLOG_FileFormat', `2026-11-23T20:50:35.123456+00:00 vm uwsgi[123]: ${LINE}`, 'syslog', 'vm', MOMENT, true],
  [
    "docker's syslog driver",
    `Nov 23 20:50:35 vm 3f2a1b0c9d8e[812]: ${LINE}`,
    'syslog',
    'vm/3f2a1b0c9d8e',
    YEARLESS,
    false,
  ],
  ['RFC 5424', `<165>1 ${STAMP} app01 uwsgi 8197 - - ${LINE}`, 'rfc5424', 'app01', MOMENT, true],
  ['RFC 5424 with a mark', `<165>1 ${STAMP} app01 uwsgi 8197 - - \ufeff${LINE}`, 'rfc5424', 'app01', MOMENT, true],
  [
    'RFC 5424 with data',
    `<165>1 ${STAMP} app01 uwsgi 8197 ID47 [a@1 k="v \\"]\\\\" l=""][b@2] ${LINE}`,
    'rfc5424',
    'app01',
    MOMENT,
    true,
  ],
  ['RFC 5424 with nothing', `<165>1 - - - - - - ${LINE}`, 'rfc5424', '', -1, false],
  [
    'octet counting',
    `${Buffer.byteLength(LINE) + 66} <165>1 ${STAMP} app01 uwsgi 8197 - - ${LINE}`,
    'octet-counting rfc5424',
    'app01',
    MOMENT,
    true,
  ],
  ['heroku logs', `2026-11-23T20:50:35.123000+00:00 app[web.1]: ${LINE}`, 'heroku', 'web.1', MOMENT, true],
  [
    "Heroku's drain",
    `83 <40>1 2026-11-23T20:50:35.123+00:00 host app web.3 - ${LINE}`,
    'octet-counting rfc5424',
    'host/web.3',
    MOMENT,
    true,
  ],
  ['foreman', `20:50:35 web.1   | ${LINE}`, 'process-manager', 'web.1', -1, false],
  ['supervisor-stdout', `uwsgi stdout | ${LINE}`, 'process-manager', 'uwsgi', -1, false],
  ['pm2', `0|web      | ${LINE}`, 'process-manager', 'web/0', -1, false],
  ['circus', `2026-11-23 20:50:35 [123] | ${LINE}`, 'process-manager', '', SECOND, false],
  ['multilog', `@400000006ac45fa507500000 ${LINE}`, 'process-manager', '', Number.NaN, true],
  ["supervisord's own log", `2026-11-23 20:50:35,123 INFO ${LINE}`, 'timestamp', '', MOMENT, false],
  ['log-date', `Mon Nov 23 20:50:35 2026 - ${LINE}`, 'log-date', '', SECOND, false],
  ['log-date with strftime', `[2026-11-23 20:50:35] ${LINE}`, 'log-date', '', SECOND, false],
  ['log-date as in access logs', `[23/Nov/2026:20:50:35 +0000] - ${LINE}`, 'log-date', '', SECOND, true],
  [
    'fluent-bit',
    json({
      log: LINE,
      stream: 'stderr',
      time: STAMP,
      kubernetes: { pod_name: 'web-0', namespace_name: 'shop', container_name: 'app', host: 'node1' },
    }),
    'json',
    'node1/web-0/app',
    MOMENT,
    true,
  ],
  [
    'Google Cloud',
    json({
      textPayload: LINE,
      timestamp: STAMP,
      resource: { type: 'k8s_container', labels: { pod_name: 'web-0', container_name: 'app' } },
    }),
    'json',
    'web-0/app',
    MOMENT,
    true,
  ],
  ['Google Cloud, jsonPayload', json({ jsonPayload: { message: LINE }, timestamp: STAMP }), 'json', '', MOMENT, true],
  [
    'an event of CloudWatch',
    json({ timestamp: MOMENT, message: `${LINE}\n`, logStreamName: 'web/1' }),
    'json',
    'web/1',
    MOMENT,
    true,
  ],
  [
    'aws logs tail',
    `2026-11-23T20:50:35.123000+00:00 web/app/0123456789abcdef0123456789abcdef ${LINE}`,
    'cloudwatch-tail',
    'web/app/0123456789abcdef0123456789abcdef',
    MOMENT,
    true,
  ],
  ['logcli', json({ labels: { pod: 'web-0' }, line: LINE, timestamp: STAMP }), 'json', 'web-0', MOMENT, true],
  ['GELF', json({ short_message: LINE, host: 'web01', timestamp: MOMENT / 1000 }), 'json', 'web01', MOMENT, true],
  ["uWSGI's json encoder", json({ unix: 1, ms: 2, msg: LINE }), 'json', '', -1, false],
  ['a coloured line', `\x1b[1m\x1b[32m${LINE}\x1b[0m`, 'colour', '', -1, false],
  ['a byte order mark', `\ufeffweb-1  | ${LINE}`, 'compose', 'web-1', -1, false],
];

for (const [what, wrapped, wrappers, origin, time, zoned] of CASES) {
  test(`${what} is taken off`, () => {
    const layer = peeledLine(wrapped);
    assert.equal(layer.text, LINE);
    assert.equal(layer.wrappers.join(' '), wrappers);
    assert.equal(layer.origin, origin);
    if (time === YEARLESS) {
      const date = new Date(layer.time).toISOString();
      assert.match(date, /^\d{4}-11-(?:23|03)T20:50:35\.(?:000|123)Z$/);
    } else if (!Number.isNaN(time)) {
      assert.equal(layer.time, time);
    } else {
      assert.ok(layer.time > 0);
    }
    assert.equal(layer.zoned, zoned);
  });

  test(`${what} is taken off an empty line and one with a carriage return`, () => {
    if (wrapped.startsWith('{') || what === 'octet counting') return;
    const [before, behind] = wrapped.split(LINE);
    for (const text of ['', '\r', 'x']) {
      const layer = peeledLine(`${before}${text}${behind}`);
      if (!/\x1b/.test(wrapped)) assert.equal(layer.text, text);
    }
  });
}

test('what is no wrapper stays on: uWSGI lines, their heads, and sentences', () => {
  for (const text of [
    LINE,
    uwsgiLine({ memoryReport: 0 }),
    uwsgiLine({ host: 'ex.org' }),
    uwsgiLine({ host: '2001:db8::1' }),
    '',
    ' ',
    '{',
    '{}',
    '[]',
    '{"log":1}',
    '{"a":',
    '<',
    '<165>',
    '<165>1 ',
    '12 ',
    '2026-11-23',
    '2026-11-23T20:50:35',
    '2026-13-45T20:50:35Z x',
    'web-1|',
    '| x',
    'Nov 23',
    'Nov 23 20:50:35',
    '*** Starting uWSGI 2.0.21-debian (64bit) on [Mon Nov 23 20:50:25 2026] ***',
    'spawned uWSGI worker 1 (pid: 21756, cores: 1)',
    'clock source: unix',
    'well known: five words',
    '[INFO] ready',
    'Traceback (most recent call last):',
  ]) {
    assert.equal(peeledLine(text).text, text);
    assert.deepEqual(peeledLine(text).wrappers, []);
  }
});

test('a time before a record is not taken for a syslog header whose tag is the record', () => {
  const bare = uwsgiLine({ memoryReport: 0 });
  assert.equal(peeledLine(`${STAMP} ${bare}`).text, bare);
  assert.equal(peeledLine(`2026-11-23T20:50:35+00:00 ${bare}`).text, bare);
});

test('four wrappers, one inside the other, give their places from the outside in', () => {
  const inner = `web-1  | ${STAMP} stderr F ${LINE}`;
  const journal = `Nov 23 20:50:36 host1 docker[9]: ${inner}`;
  const layer = peeledLine(json({ log: journal, kubernetes: { pod_name: 'p' }, time: '2026-11-23T20:50:37Z' }));
  assert.equal(layer.text, LINE);
  assert.deepEqual(layer.wrappers, ['json', 'syslog', 'compose', 'cri']);
  assert.equal(layer.origin, 'p/host1/web-1');
  assert.equal(layer.time, MOMENT);
});

test('a wall clock inside does not hide the moment that a wrapper outside of it names', () => {
  const layer = peeledLine(`2026-11-23T20:50:35.123Z stderr F [2026-11-23 21:50:35] ${LINE}`);
  assert.deepEqual([layer.time, layer.zoned], [MOMENT, true]);
});
