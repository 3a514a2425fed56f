import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture } from './support/fixtures.ts';
import { reportOf, warningCodes } from './support/report.ts';

/** What became of the workers of real servers. */
const LIVES: [sample: string, restarts: number, warnings: string[], workers: string][] = [
  ['harakiri-verbose', 1, [], '14282 harakiri, 14445 stop'],
  ['max-worker-lifetime', 2, [], '13871 max-worker-lifetime, 13963 max-worker-lifetime, 13999 stop'],
  ['maxrequests3-min-lifetime-0', 3, [], '13522 recycled, 13565 recycled, 13566 recycled, 13567 stop'],
  ['maxrequests3-min-lifetime-default', 0, [], '13467 stop'],
  ['no-master', 0, [], '19556 lives'],
  ['respawn-preforked-kill9', 1, [], '13352 signal 9, 13397 stop'],
  ['sighup-and-chain-reload', 3, [], '14049 reload, 14149 reload, 14215 stop'],
  ['gevent', 0, ['threads'], '19927 stop'],
  ['threads4-concurrent', 0, ['threads'], '19694 stop'],
  ['http-socket-odd-uris', 0, ['requests-without-uri', 'malformed-lines'], '8649 stop'],
];

for (const [sample, restarts, warnings, workers] of LIVES) {
  test(`the workers of ${sample} are known, with how they ended`, async () => {
    const report = await reportOf(fixture(`samples/${sample}.log`));
    assert.equal(report.workers.map(({ worker, ended }) => `${worker} ${ended ?? 'lives'}`).join(', '), workers);
    assert.equal(report.totals.restarts, restarts);
    assert.deepEqual(warningCodes(report), warnings);
  });
}

test('reload-on-rss takes ten workers in ten requests', async () => {
  const report = await reportOf(fixture('samples/reload-on-rss.log'));
  assert.equal(report.totals.restarts, 9);
  assert.ok(report.workers.every(({ requests, ended }) => requests === 1 && ended === 'recycled'));
});

test('lab b2 has 42 workers, 38 of them in the place of another one, each recycled after 500 requests', async () => {
  const report = await reportOf(fixture('lab-b2.log.gz'));
  assert.equal(report.totals.workers, 42);
  assert.equal(report.totals.restarts, 38);
  assert.equal(report.workers.filter(({ requests, ended }) => requests === 500 && ended === 'recycled').length, 38);
  assert.equal(report.workers.filter(({ ended }) => ended === 'stop').length, 4);
  assert.deepEqual(report.warnings, []);
});

test('the first, last and highest reading of every worker of lab a are those of its ledger', async () => {
  const truth: unknown = JSON.parse(fixture('lab-a.truth.json').toString());
  assert.ok(typeof truth === 'object' && truth !== null && 'processes' in truth);
  const processes = truth.processes as Record<string, Record<string, number>>;
  const report = await reportOf(fixture('lab-a.log.gz'));
  assert.equal(report.workers.length, Object.keys(processes).length);
  for (const { worker, requests, firstBytes, lastBytes, peakBytes } of report.workers) {
    const known = processes[worker]!;
    assert.deepEqual(
      { requests, rss_first: firstBytes, rss_last: lastBytes, rss_peak: peakBytes },
      {
        requests: known.requests,
        rss_first: known.rss_first,
        rss_last: known.rss_last,
        rss_peak: known.rss_peak,
      },
    );
  }
});
