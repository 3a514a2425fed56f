import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anonymize } from '../src/report/anonymize.ts';
import { reportOf, textOf } from './support/report.ts';
import { assertValid } from './support/report-schema.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

test('nothing of a log but the words of its routes is in an anonymous report', async () => {
  const lines = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({
      host: 'secret-host',
      pid: 7,
      rss: 50_000_000 + i * 8192,
      status: i % 3 ? 200 : 500,
      method: 'GET',
      url: `/users/secret${i}name/mail/?key=secret${i % 2}`,
    }),
  );
  const report = await reportOf(textOf(lines), {
    by: ['host', 'query:key', 'status'],
    series: true,
    explain: '/users/{key}/mail?key=secret1 500',
  }).catch(() => reportOf(textOf(lines), { by: ['host', 'query:key', 'status'], series: true }));
  assert.match(JSON.stringify(report), /secret/);
  const anonymous = anonymize(report);
  assertValid(anonymous);
  assert.doesNotMatch(JSON.stringify(anonymous), /secret/);
  assert.deepEqual(
    anonymous.routes.map(({ calls }) => calls),
    report.routes.map(({ calls }) => calls),
  );
  assert.equal(new Set(anonymous.routes.map(({ route }) => route)).size, report.routes.length);
});

test('files go, pids stay', async () => {
  const report = await reportOf(
    textOf([uwsgiLine({ uri: '/a/7' }), uwsgiLine({ uri: '/a/8', ownCount: 2, rssBytes: 51e6 })]),
  );
  const [first] = report.inputs;
  const anonymous = anonymize({ ...report, inputs: first ? [{ ...first, name: '/home/ada/uwsgi.log' }] : [] });
  assert.doesNotMatch(JSON.stringify(anonymous), /ada|\/a\/8|127\.0/);
  assert.equal(anonymous.workers[0]?.worker, '4193');
  assert.equal(anonymous.inputs[0]?.name, 'input 1');
});
