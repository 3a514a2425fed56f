import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printClassic } from '../src/report/classic.ts';
import { classicOracle } from './support/classic-oracle.ts';
import { leakrank } from './support/cli.ts';
import { fixture, LABS } from './support/fixtures.ts';
import { textOf } from './support/report.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

/** As Python's '{} {} {} {:.1f}'. */
const lines = (rows: ReturnType<typeof classicOracle>) =>
  rows
    .map(({ path, bytes, calls }) => {
      const tenths = bytes / calls / 1e5;
      const below = Math.floor(tenths);
      const up = tenths - below > 0.5 || (tenths - below === 0.5 && below % 2 === 1);
      const rounded = below + (up ? 1 : 0);
      return `${path} ${(bytes - (bytes % 1e6)) / 1e6} ${calls} ${Math.floor(rounded / 10)}.${rounded % 10}\n`;
    })
    .join('');

for (const lab of LABS) {
  test(`--report classic prints pyuwsgimemhog's lines of ${lab}`, async () => {
    const file = `fixtures/uwsgi/${lab}`;
    const log = fixture(lab).toString();
    for (const [args, rows] of [
      [[], classicOracle(log, 10e6)],
      [['--memory-threshold', '0'], classicOracle(log, 0)],
      [['--memory-threshold', '-1'], classicOracle(log, -1e6)],
      [['--no-normalize-nums', '--memory-threshold', '1'], classicOracle(log, 1e6, false)],
    ] as const) {
      const { code, stdout } = await leakrank(['--report', 'classic', ...args, file]);
      assert.equal(code, 0);
      assert.equal(stdout, lines(rows));
      assert.notEqual(stdout, '');
    }
  });
}

test('a log whose growth is all below the threshold prints nothing, and is fine', async () => {
  const log = textOf([uwsgiLine({ ownCount: 1 }), uwsgiLine({ ownCount: 2 })]);
  assert.deepEqual(await leakrank(['--report', 'classic'], { stdin: log }), { code: 0, stdout: '', stderr: '' });
});

test('a tie between two tenths goes to the even one, as in Python', () => {
  const row = (bytes: number, calls: number) => printClassic([{ path: '/a', bytes, calls }]);
  assert.equal(row(1_250_000, 1), '/a 1 1 1.2\n');
  assert.equal(row(1_750_000, 1), '/a 1 1 1.8\n');
  assert.equal(row(250_000, 1), '/a 0 1 0.2\n');
  assert.equal(row(12_999_999, 3), '/a 12 3 4.3\n');
  assert.equal(row(350_000, 1), '/a 0 1 0.3\n');
  assert.equal(row(0, 1), '/a 0 1 0.0\n');
});
