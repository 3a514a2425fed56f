import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyze } from '../src/index.ts';
import { recoverInt32 } from '../src/parse/log-format/memory-figure.ts';
import { readLines } from './support/read-lines.ts';

/** uwsgi_num2str() of core/utils.c: an int into 11 bytes, one of which is the NUL. */
function num2str(bytes: number): string {
  return String(bytes | 0).slice(0, 10);
}

test('a figure of any size is recovered with the whole MiB beside it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 26 }), (pages) => {
      const bytes = pages * 4096;
      assert.equal(recoverInt32(num2str(bytes), Math.floor(bytes / 2 ** 20)), bytes);
    }),
    { numRuns: 20_000 },
  );
});

test('without the whole MiB a figure below 4 GiB is recovered or set aside, never wrong', () => {
  let recovered = 0;
  const runs = 20_000;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 20 - 1 }), (pages) => {
      const bytes = pages * 4096;
      const found = recoverInt32(num2str(bytes), -1);
      assert.ok(found === bytes || found === -1, `${bytes} became ${found}`);
      if (found === bytes) recovered++;
    }),
    { numRuns: runs },
  );
  assert.ok(recovered > runs * 0.9, `${recovered} of ${runs}`);
});

test('a figure that fits no size is set aside', () => {
  assert.equal(recoverInt32('-187194572', 10), -1);
  assert.equal(recoverInt32('x', -1), -1);
});

test('the real lines of a process beyond 2 GiB', async () => {
  const lines = [
    'rss=11165696 rssM=10 vsz=60862464 vszM=58 uri="/a"',
    'rss=-187194572 rssM=2310 vsz=-182237593 vszM=2358 uri="/big"',
  ];
  const { readings } = await readLines(lines, {
    logFormat: ['rss=%(rss) rssM=%(rssM) vsz=%(vsz) vszM=%(vszM) uri="%(uri)"'],
  });
  assert.deepEqual(
    readings.map(({ rss, vsz }) => [rss, vsz]),
    [
      [11_165_696, 60_862_464],
      [2_423_021_568, 2_472_591_360],
    ],
  );
  const alone = await readLines(['-187194572 /a'], { logFormat: ['%(rss) %(uri)'] });
  assert.equal(alone.readings[0]!.rss, 2_423_021_568);
});

test('a line whose bytes contradict its MiB is no line of the format', async () => {
  const { readings, otherLines } = await readLines(['rss=11165696 rssM=99 /a'], {
    logFormat: ['rss=%(rss) rssM=%(rssM) %(uri)'],
  });
  assert.deepEqual([readings.length, otherLines], [0, 1]);
});

test('whole MiB are said to be coarse, with what to do; 0 is said not to be measured', async () => {
  const coarse = await analyze([['10 /a 7', '11 /a 7']], { logFormat: ['%(rssM) %(uri) %(pid)'] });
  const warning = coarse.warnings.find(({ code }) => code === 'coarse-readings');
  assert.match(warning!.message, /in steps of 1\.00 MiB.*Log bytes: %\(rss\)/);
  const fine = await analyze([['4096 /a 7', '8192 /a 7', '0 /a 7']], { logFormat: ['%(rss) %(uri) %(pid)'] });
  assert.deepEqual(
    fine.warnings.map(({ code }) => code),
    ['unmeasured-requests'],
  );
});

test("a metric is the memory of the worker it names: on others' lines it says nothing", async () => {
  const format = 'wid=%(wid) a=%(metric.worker.1.rss_size) b=%(metric.worker.2.rss_size) %(uri)';
  const { readings } = await readLines(['wid=1 a=4096 b=8192 /a', 'wid=2 a=4096 b=12288 /a', 'wid=3 a=4096 b=1 /a'], {
    logFormat: [format],
  });
  assert.deepEqual(
    readings.map(({ workerName, rss }) => [workerName, rss]),
    [
      ['worker 1', 4096],
      ['worker 2', 12_288],
      ['worker 3', -1],
    ],
  );
});

test('variables and headers that name the route, sizes with units, places', async () => {
  const read = async (format: string, line: string) => (await readLines([line], { logFormat: [format] })).readings[0]!;
  assert.equal((await read('%(view_name) %(rss)', 'shop:cart 4096')).routeName, 'shop:cart');
  assert.equal((await read('%(uri) %(url_rule) %(rss)', '/cart/7 /cart/<id> 4096')).routeName, '/cart/<id>');
  assert.equal((await read('%(uri) %(route) %(rss)', '/cart/7 - 4096')).routeName, '');
  assert.equal((await read('%(r)s %({x-rss-kb}o)s', 'GET /a HTTP/1.1 8')).rss, 8192);
  assert.equal((await read('%(r)s %({my.rss}e)s', 'GET /a HTTP/1.1 1.5MB')).rss, 1_572_864);
  assert.equal((await read('%(r)s %({x-rss}o)s', 'GET /a HTTP/1.1 -')).rss, -1);
  assert.equal((await read('%(hostname) %(pid) %(uri) %(rss)', 'web-1 7 /a 4096')).origin, 'web-1');
});
