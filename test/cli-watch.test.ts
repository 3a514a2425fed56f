/** `leakrank watch` on a terminal. */
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { leakrank, withFiles } from './support/cli.ts';
import { onPty, PTY } from './support/live.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

function requests(first: number, count: number): string {
  const uri = (n: number) => (n % 3 ? `/items/${n}` : '/about');
  const line = (n: number) => uwsgiLine({ ownCount: n, totalCount: n, rssBytes: 40e6 + n * 4096, uri: uri(n) });
  return Array.from({ length: count }, (_, i) => `${line(first + i)}\n`).join('');
}

/** What stands on a terminal of so many rows after all that was written to it; only what the command uses. */
function screenOf(written: string, rows: number): string[] {
  const lines = new Array<string>(rows).fill('');
  let row = 0;
  const body = written.slice(written.lastIndexOf('\x1b[?1049h'));
  for (const [, code, text] of body.matchAll(/(\x1b\[[?\d;]*[A-Za-z])|([^\x1b]+)/g)) {
    const place = /^\x1b\[(\d+);1H$/.exec(code ?? '');
    if (place) {
      row = Number(place[1]) - 1;
      lines[row] = '';
    } else if (code === '\x1b[2J') lines.fill('');
    else if (text !== undefined) lines[row] += text;
  }
  return lines;
}

test('it fills the screen, takes keys, and leaves the terminal as it was', PTY, async (t) => {
  await withFiles({ 'u.log': requests(1, 99) }, async (folder) => {
    const running = onPty(t, ['watch', `${folder}/u.log`]);
    const screen = () => screenOf(running.outcome.stdout, 24);
    const shows = (pattern: RegExp) => running.until(() => pattern.test(screen().join('\n')));
    const press = (keys: string) => running.child.stdin!.write(keys);
    await shows(/99 requests/);
    assert.match(screen().join('\n'), /ROUTE, by leaked[\s\S]*\/items\/\{id\}[\s\S]*WORKER[\s\S]*4193[\s\S]*q quit/);
    press('a');
    await shows(/ROUTE, by route\s[^\n]*\n\/about/);
    press('/item');
    await shows(/\/item_/);
    assert.doesNotMatch(screen().join('\n'), /\/about/);
    press('\r');
    await shows(/filter: item/);
    press('\x1b');
    await shows(/\/about/);
    appendFileSync(`${folder}/u.log`, requests(100, 1));
    await shows(/100 requests \(\d+\/s\)/);
    press('q');
    const { stdout } = await running.end();
    assert.match(stdout, /\x1b\[\?25h\x1b\[\?1049l[\s\S]*exit status 0/);
    assert.match(stdout, / icanon/, 'keys are lines again');
    assert.doesNotMatch(stdout.slice(stdout.indexOf('99 requests'), stdout.lastIndexOf('\x1b[?1049l')), /\x1b\[2J/);
  });
});

test('Ctrl-C ends it too; a small terminal is enough', PTY, async (t) => {
  await withFiles({ 'u.log': requests(1, 99) }, async (folder) => {
    const running = onPty(t, ['watch', '--ascii', `${folder}/u.log`], { size: 'rows 8 cols 40' });
    await running.until((shown) => shown.includes('99 requests'));
    const lines = screenOf(running.outcome.stdout, 8);
    assert.ok(lines.every((line) => line.length <= 40));
    running.child.stdin!.write('\x03');
    assert.match((await running.end()).stdout, /\x1b\[\?1049l[\s\S]*exit status 0/);
  });
});

test('it survives a change of the size', PTY, async (t) => {
  await withFiles({ 'u.log': requests(1, 99) }, async (folder) => {
    const beside = `while [ ! -e ${folder}/resize ]; do sleep 0.1; done; stty rows 10 cols 50 < /dev/tty`;
    const running = onPty(t, ['watch', `${folder}/u.log`], { beside });
    await running.until((shown) => shown.includes('99 requests'));
    writeFileSync(`${folder}/resize`, '');
    await running.until((shown) => shown.split('\x1b[2J').length === 4);
    await running.until((shown) => /\x1b\[10;1H[^\n]*q quit/.test(shown.slice(shown.lastIndexOf('\x1b[2J'))));
    assert.ok(screenOf(running.outcome.stdout, 24).every((line) => line.length <= 50));
    running.child.stdin!.write('q');
    assert.match((await running.end()).stdout, /exit status 0/);
  });
});

test('a crash leaves the terminal as it was, and is told', PTY, async (t) => {
  await withFiles({ 'u.log': requests(1, 99) }, async (folder) => {
    const bomb = `const { existsSync } = await import('node:fs');
      setInterval(() => { if (existsSync('${folder}/crash')) throw new Error('a bug'); }, 50).unref();`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(bomb)}` };
    const running = onPty(t, ['watch', `${folder}/u.log`], { env });
    await running.until((shown) => shown.includes('99 requests'));
    writeFileSync(`${folder}/crash`, '');
    const { stdout } = await running.end();
    assert.match(stdout, /\x1b\[\?25h\x1b\[\?1049l[\s\S]*Error: a bug[\s\S]*exit status 1[\s\S]* icanon/);
  });
});

test('a failure restores the terminal before it is told', PTY, async (t) => {
  await withFiles({}, async (folder) => {
    const { stdout } = await onPty(t, ['watch', `${folder}/none.log`]).end();
    assert.match(stdout, /\x1b\[\?1049l[\s\S]*none\.log: there is no such file[\s\S]*exit status 2[\s\S]* icanon/);
  });
});

test('without a terminal it says what to use', async () => {
  const { code, stderr } = await leakrank(['watch', 'u.log']);
  assert.equal(code, 2);
  assert.match(stderr, /watch draws on a terminal, and this is none; use --serve, or leakrank --follow/);
});
