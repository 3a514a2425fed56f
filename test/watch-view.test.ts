/** What the live view shows at any size, of any text, and what keys make of it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import type { WorkerEvidence } from '../src/attribute/evidence.ts';
import { type Choice, FIRST_CHOICE, keysOf, pressed } from '../src/watch/choice.ts';
import { endedLast } from '../src/watch/ended-last.ts';
import { FullScreen } from '../src/watch/full-screen.ts';
import { watchView } from '../src/watch/watch-view.ts';
import { fixture } from './support/fixtures.ts';
import { hostileReport } from './support/hostile.ts';
import { reportOf } from './support/report.ts';

const STYLE = { width: 80, top: 100, colour: false, ascii: false, units: 'iec' as const };
const LAB = await reportOf(fixture('lab-b2.log.gz'));
const HOSTILE = await hostileReport();

function press(...keys: string[]): Choice {
  return keys.reduce((choice, key) => pressed(choice, key) ?? choice, FIRST_CHOICE);
}

test('it fits every size, whatever the log holds', () => {
  const size = fc.record({ width: fc.integer({ min: 20, max: 200 }), rows: fc.integer({ min: 3, max: 60 }) });
  fc.assert(
    fc.property(
      size,
      fc.constantFrom(LAB, HOSTILE),
      fc.constantFrom('', '\t', '\t\t'),
      ({ width, rows }, report, tabs) => {
        const facts = {
          report,
          ended: report.workers.map(({ worker }) => worker),
          title: 'u.log',
          requestsPerSecond: 12,
        };
        const lines = watchView(facts, press(...tabs), { ...STYLE, width }, rows);
        assert.equal(lines.length, rows);
        for (const line of lines) {
          assert.ok(stringWidth(line) <= width, JSON.stringify(line));
          assert.doesNotMatch(line, /[\x00-\x1f\x7f\u202e]/);
        }
      },
    ),
  );
});

test('routes, living workers, and those that ended last with the reason', () => {
  const [first, last] = LAB.workers.filter(({ ended }) => ended === 'stop').map(({ worker }) => worker);
  const text = watchView(
    { report: LAB, ended: [first!, last!], title: 'u.log', requestsPerSecond: undefined },
    FIRST_CHOICE,
    STYLE,
    40,
  ).join('\n');
  assert.match(text, /ROUTE, by leaked\s+VERDICT\s+LEAKED[\s\S]*WORKER[\s\S]*ENDED LAST[\s\S]*stop/);
  assert.match(text, new RegExp(`ENDED LAST.*\\n${last} .*\\n${first} `));
});

test('sorting, filtering, scrolling', () => {
  const style = { ...STYLE, width: 120 };
  const view = (choice: Choice) =>
    watchView({ report: LAB, ended: [], title: '', requestsPerSecond: 0 }, choice, style, 12);
  const calls = view(press('\t', 'c')).filter((line) => line.startsWith('/'));
  const figures = calls.map((line) => LAB.routes.find(({ route }) => line.startsWith(`${route} `))?.calls ?? 0);
  assert.deepEqual(
    figures,
    figures.toSorted((a, b) => b - a),
  );
  assert.ok(view(press('\t', '/', ...'LEAK', '\r')).every((line) => !line.startsWith('/') || line.includes('/leak')));
  const [first, second] = [view(press('\t')), view(press('\t', '\x1b[B'))];
  assert.equal(second.filter((line) => line.startsWith('/'))[0], first.filter((line) => line.startsWith('/'))[1]);
  assert.deepEqual(
    view(press('\t', ...Array<string>(500).fill('\x1b[6~'))).filter((line) => line.startsWith('/')).length,
    6,
  );
});

test('keys: quitting, typing, deleting, escape sequences', () => {
  for (const key of ['q', '\x03']) assert.equal(pressed(FIRST_CHOICE, key), undefined);
  assert.equal(pressed({ ...FIRST_CHOICE, isTyping: true }, '\x03'), undefined);
  assert.equal(press('/', 'q', 'ö', '\x7f', '\x1b[A', 'x').filter, 'qx');
  assert.deepEqual(press('/', 'q', '\x1b'), FIRST_CHOICE);
  assert.deepEqual(keysOf('a\x1b[Bq\x1b[6~\x1b'), ['a', '\x1b[B', 'q', '\x1b[6~', '\x1b']);
});

test('only changed lines are written; all of them after a resize', () => {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  const terminal = { columns: 20, rows: 3, write };
  const screen = new FullScreen(terminal);
  screen.open();
  screen.draw(['a', 'b']);
  written = '';
  screen.draw(['a', 'c']);
  assert.equal(written, '\x1b[?2026h\x1b[2;1Hc\x1b[K\x1b[?2026l');
  written = '';
  screen.draw(['a', 'c']);
  assert.equal(written, '');
  terminal.columns = 30;
  screen.draw(['a', 'c']);
  assert.match(written, /\x1b\[2J\x1b\[1;1Ha\x1b\[K\x1b\[2;1Hc/);
  written = '';
  screen.close();
  screen.close();
  assert.equal(written, '\x1b[?25h\x1b[?1049l');
});

test('workers that ended last are those with the latest last request, whatever their names', () => {
  const worker = (name: string, lastTime: number, ended: string | null = 'recycled') =>
    ({ name, lastTime, ended }) as WorkerEvidence;
  const workers = [worker('9', 300), worker('10', 200), worker('11', 400, null), worker('12', 100)];
  assert.deepEqual(endedLast({ workers }), ['12', '10', '9']);
});
