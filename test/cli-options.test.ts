import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leakrank } from './support/cli.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const WRONG: [args: string[], message: RegExp][] = [
  [['--jason'], /^error: unknown option '--jason'\n\(Did you mean --json\?\)/],
  [['--tpo', '3'], /Did you mean --top\?/],
  [['--top', '0'], /'0' is invalid\. It takes a whole number from 1 on\./],
  [['--top', 'many'], /'many' is invalid/],
  [['--top', '1e3'], /'1e3' is invalid/],
  [['--top'], /argument missing/],
  [['--since', 'noon'], /^leakrank: --since noon is no time; write 2026-11-23/],
  [['--until', '2026-02-30'], /^leakrank: --until 2026-02-30 is no time/],
  [['--since', '2026-11-24', '--until', '2026-11-23'], /^leakrank: --since 2026-11-24 is later than --until/],
  [['--status', '9xx'], /^leakrank: --status 9xx is no HTTP status/],
  [['--match', '(?!x)'], /^leakrank: --match \(\?!x\) is no regular expression: /],
  [['--status', '99'], /^leakrank: --status 99 is no HTTP status; write 500, 5xx or 400-499/],
  [['--match', '('], /^leakrank: --match \( is no regular expression: /],
  [['--exclude', 'a{2,1}'], /^leakrank: --exclude a\{2,1\} is no regular expression: /],
  [['--metric', 'swap'], /Allowed choices are rss, uss, pss, vsz/],
  [['--sort', 'size'], /Allowed choices are leaked, /],
  [['--report', 'pdf'], /Allowed choices are table, json, ndjson, csv, /],
  [['--color', 'red'], /Allowed choices are auto, always, never/],
  [['--memory-threshold', '3'], /^leakrank: --memory-threshold goes with --report classic only/],
  [['--no-normalize-nums'], /^leakrank: --no-normalize-nums goes with --report classic only/],
  [['--report', 'classic', '--memory-threshold', 'x'], /It takes a whole number/],
  [['-', '-'], /^leakrank: - stands twice among the files: standard input can be read once/],
  [['-o', 'no/such/folder/x'], /^leakrank: no\/such\/folder\/x cannot be written \(ENOENT\); check the path/],
  [['-o', 'test'], /^leakrank: test cannot be written \(EISDIR\)/],
];

for (const [args, message] of WRONG) {
  test(`leakrank ${args.join(' ')} is wrong use, and says why`, async () => {
    const { code, stdout, stderr } = await leakrank(args, { stdin: `${uwsgiLine()}\n` });
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.equal(stdout, '');
    assert.equal(code, 2);
  });
}

test('no path makes an expression of the user slow', async () => {
  const log = `${uwsgiLine({ uri: `/${'a'.repeat(60)}!` })}\n`;
  for (const flag of ['--match', '--exclude']) {
    const { code, stdout } = await leakrank([flag, '^/(a+)+$', '--json'], { stdin: log });
    assert.equal(code, 0);
    assert.equal((JSON.parse(stdout) as { routes: unknown[] }).routes.length, flag === '--match' ? 0 : 1);
  }
});
