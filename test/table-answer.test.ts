/** The table's answer: verdicts and reasons, for reports made by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { analyze, type Report, type RouteReport } from '../src/index.ts';
import { printTable, type TableStyle } from '../src/report/table.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const VERDICTS = ['leak', 'unclear', 'plateau', 'clean'] as const;
const WIDTHS = [40, 60, 80, 120, 200];
const STYLE: TableStyle = { width: 80, top: 20, colour: false, ascii: false, units: 'iec' };
const ESCAPE = '\x1b[2J\x1b]0;owned\x07';

/** One route per verdict. */
async function report(changes: Partial<RouteReport> = {}): Promise<Report> {
  const made = await analyze([VERDICTS.map((verdict, i) => uwsgiLine({ uri: `/${verdict}`, ownCount: i + 1 }))]);
  const routes = VERDICTS.map((verdict, i): RouteReport => {
    const leaked = verdict === 'leak' || verdict === 'unclear' ? 3 * 2 ** 20 : 0;
    return {
      ...made.routes[0]!,
      rank: i + 1,
      route: `/a/route/that/${verdict}`,
      verdict,
      reason: verdict === 'leak' ? 'grows with every call' : 'anything from 1.00 KiB to 4.00 KiB per call fits',
      leakedBytes: leaked,
      leakedBytesPerCall: leaked / 1024,
      leakedBytesPerCallLow: 1024,
      leakedBytesPerCallHigh: 4096,
      detectableBytesPerCall: 8192,
      ...(verdict === 'unclear' ? changes : {}),
    };
  });
  return { ...made, routes, totals: { ...made.totals, leakedBytes: 6 * 2 ** 20, growthBytes: 8 * 2 ** 20 } };
}

const bare = (text: string) => text.replaceAll(/\x1b\[\d+m/g, '');
const rowOf = (table: string, route: string) => table.split('\n').find((line) => line.includes(route)) ?? '';

test('every row says its verdict in a word, and colour only repeats it', async () => {
  const made = await report();
  const plain = printTable(made, STYLE);
  for (const verdict of VERDICTS) assert.match(rowOf(plain, `/that/${verdict}`), new RegExp(` ${verdict} `));
  assert.equal(bare(printTable(made, { ...STYLE, colour: true })), plain);
});

test('a leak and an unclear route have their reasons, the others not', async () => {
  const [, , reasons = ''] = printTable(await report(), STYLE).split('\n\n');
  assert.equal(reasons, '1  leak: grows with every call\n2  unclear: anything from 1.00 KiB to 4.00 KiB per call fits');
});

test('what is unclear is not counted as leaked', async () => {
  const lines = printTable(await report(), STYLE).split('\n');
  assert.equal(lines[1], '1 route leaks, 3.00 MiB in all; 1 is unclear.');
  assert.match(lines[2]!, /= 3\.00 MiB leaked \+ 3\.00 MiB perhaps leaked/);
});

for (const width of WIDTHS) {
  test(`at ${width} columns no line is wider, and each row keeps number, verdict and leaked bytes`, async () => {
    const hostile = await report({ reason: `always called together with /${'x/'.repeat(10)}: cannot be told apart` });
    for (const ascii of [false, true]) {
      for (const colour of [false, true]) {
        const table = bare(printTable(hostile, { ...STYLE, width, ascii, colour }));
        for (const line of table.split('\n')) assert.ok(stringWidth(line) <= width, line);
        if (ascii) assert.match(table, /^[\x20-\x7e\n]+$/);
        assert.match(table, /\n1 {2}\S+ +leak +3\.00 MiB/);
        assert.match(table, /\n4 {2}\S+ +clean +[–-]/);
      }
    }
  });
}

test('reasons are in the units of the table', async () => {
  const table = printTable(await report(), { ...STYLE, units: 'si' });
  assert.match(table, /anything from 1\.02 kB to 4\.10 kB per call fits/);
  assert.doesNotMatch(table, /[KM]iB/);
});

test('names of other routes in a reason can neither act on a terminal nor forge a line', async () => {
  const reason = `always called together with /x${ESCAPE}\n9  leak: forged\r\u2028\u202e, /y: cannot be told apart`;
  for (const width of [40, 80, Number.POSITIVE_INFINITY]) {
    for (const ascii of [false, true]) {
      const table = printTable(await report({ reason }), { ...STYLE, width, ascii });
      assert.doesNotMatch(table, /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
      assert.doesNotMatch(table, /^9 /m);
    }
  }
});
