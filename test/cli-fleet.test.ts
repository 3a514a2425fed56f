/** `leakrank collect` and `leakrank merge` as a user runs them: the report is that of one run, and what is wrong is one sentence. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';

const LOGS = { 'a.log': fixture('lab-a.log.gz'), 'i.log': fixture('lab-i.log.gz') };

const collect = async (cwd: string, file: string, ...options: string[]) => {
  const { code, stderr } = await leakrank(['collect', ...options, file, '-o', `${file}.evidence`], { cwd });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
};

test('merge prints what one run over the files prints, in every kind of report', async () => {
  await withFiles(LOGS, async (cwd) => {
    for (const file of Object.keys(LOGS)) await collect(cwd, file, '--no-host', '--separate');
    for (const report of ['table', 'json', 'csv', 'html', 'markdown', 'prometheus']) {
      const one = await leakrank(['--separate', '--report', report, 'a.log', 'i.log'], { cwd });
      const merged = await leakrank(['merge', '--report', report, 'i.log.evidence', 'a.log.evidence'], { cwd });
      assert.deepEqual(merged, one, report);
      assert.equal(one.code, 0);
    }
  });
});

test('a host stands before its workers and files', async () => {
  await withFiles(LOGS, async (cwd) => {
    await collect(cwd, 'a.log', '--host', 'web1');
    const { stdout } = await leakrank(['merge', '--json', 'a.log.evidence'], { cwd });
    const { workers, inputs, routes } = JSON.parse(stdout);
    assert.deepEqual(
      workers.map(({ worker }: { worker: string }) => worker),
      ['web1/8202', 'web1/8203', 'web1/8204', 'web1/8205'],
    );
    assert.equal(inputs[0].name, 'web1:a.log');
    assert.equal(routes[0].largestGrowth.file, 'web1:a.log');
  });
});

test('mapper and reducer: evidence goes through pipes of lines, with keys before it', async () => {
  await withFiles(LOGS, async (cwd) => {
    const map = async (file: keyof typeof LOGS) =>
      (await leakrank(['collect', '--host', file], { stdin: LOGS[file], cwd })).stdout;
    const lines = `${await map('i.log')}\n\nkey 7\t${(await map('a.log')).trimEnd()}\t\r\n`;
    const sum = await leakrank(['merge', '-o', '-'], { stdin: lines, cwd });
    assert.deepEqual(
      { code: sum.code, stderr: sum.stderr, lines: sum.stdout.split('\n').length },
      { code: 0, stderr: '', lines: 2 },
    );
    const direct = await leakrank(['merge'], { stdin: lines, cwd });
    assert.deepEqual(await leakrank(['merge'], { stdin: sum.stdout, cwd }), direct);
    assert.match(direct.stdout, /40,000 requests, 8 workers/);
  });
});

test('a gate on a fleet', async () => {
  await withFiles(LOGS, async (cwd) => {
    await collect(cwd, 'a.log', '--host', 'web1');
    const { code, stdout } = await leakrank(['merge', '--max-leaked', '1MB', 'a.log.evidence'], { cwd });
    assert.equal(code, 1);
    assert.match(stdout, /max-leaked/);
    const one = await leakrank(['--json', 'a.log'], { cwd });
    writeFileSync(join(cwd, 'base.json'), one.stdout);
    assert.equal((await leakrank(['merge', '--baseline', 'base.json', 'a.log.evidence'], { cwd })).code, 0);
  });
});

test('what cannot be merged is one sentence, and nothing is written', async () => {
  await withFiles(
    { ...LOGS, 'empty.evidence': '', 'cut.log.gz': gzipSync(LOGS['a.log']).subarray(0, 40_000) },
    async (cwd) => {
      await collect(cwd, 'a.log', '--host', 'web1');
      const line = readFileSync(join(cwd, 'a.log.evidence'), 'utf8');
      const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
      write('copy.evidence', line);
      write('cut.evidence', line.slice(0, 2000));
      write('turned.evidence', line.replace(/(?<= )H4/, 'H5'));
      write('new.evidence', line.replace('evidence 1 ', 'evidence 2 '));
      for (const [file, options] of Object.entries({
        'pss.evidence': ['--metric', 'vsz', '--host', 'web2', 'i.log'],
        'since.evidence': ['--since', '2026-11-23', '--host', 'web3', 'i.log'],
        'rules.evidence': ['--route', '/leak/*', '--host', 'web4', 'i.log'],
        'by.evidence': ['--by', 'status', '--host', 'web5', 'i.log'],
        'again.evidence': ['--host', 'web1', '--status', '5xx', 'a.log'],
      }))
        assert.equal((await leakrank(['collect', ...options, '-o', file], { cwd })).code, 0, file);
      const sum = await leakrank(['merge', 'a.log.evidence', '-o', 'sum.evidence'], { cwd });
      assert.equal(sum.code, 0);
      for (const [args, sentence] of [
        [
          ['a.log.evidence', 'copy.evidence'],
          /^leakrank: copy.evidence and a.log.evidence hold the same evidence; .*leave one out\n$/,
        ],
        [['sum.evidence', 'copy.evidence'], /hold the same evidence/],
        [['cut.evidence'], /^leakrank: cut.evidence is damaged or cut off .*collect it again.*\n$/],
        [['turned.evidence'], /^leakrank: turned.evidence is damaged/],
        [
          ['new.evidence'],
          /^leakrank: new.evidence is an evidence file of version 2, .*reads version 1; collect it again.*\n$/,
        ],
        [['a.log'], /^leakrank: a.log is no evidence file of leakrank; make one with: leakrank collect\n$/],
        [['empty.evidence'], /^leakrank: empty.evidence is empty; .*\n$/],
        [['missing.evidence'], /^leakrank: missing.evidence: there is no such file/],
        [['a.log.evidence', 'pss.evidence'], /different --metric; collect both with the same --metric\n$/],
        [['a.log.evidence', 'since.evidence'], /different --since; .*as a time/],
        [['a.log.evidence', 'rules.evidence'], /different --route or --routes-from/],
        [['a.log.evidence', 'by.evidence'], /different --by/],
        [['a.log.evidence', 'again.evidence'], /different --status/],
        [['--report', 'classic', 'a.log.evidence'], /--report classic is made from lines/],
        [['--json', '-o', 'x.evidence', 'a.log.evidence'], /-o writes evidence instead of a report/],
      ] as [string[], RegExp][]) {
        const { code, stdout, stderr } = await leakrank(['merge', ...args], { cwd });
        assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, args.join(' '));
        assert.match(stderr, sentence);
        assert.equal(stderr.split('\n').length, 2, stderr);
      }
      const files = readdirSync(cwd);
      for (const args of [['cut.log.gz'], ['missing.log'], ['--match', 'x', 'a.log']]) {
        const { code, stdout } = await leakrank(['collect', ...args, '-o', 'none.evidence'], { cwd });
        assert.deepEqual({ code, stdout }, { code: 2, stdout: '' }, args.join(' '));
      }
      assert.deepEqual(readdirSync(cwd), files);
    },
  );
});

test('a process that is in two files of different collects is refused', async () => {
  await withFiles(LOGS, async (cwd) => {
    const log = LOGS['a.log'].toString().split('\n');
    writeFileSync(join(cwd, 'day1.log'), log.slice(0, 9000).join('\n'));
    writeFileSync(join(cwd, 'day2.log'), log.slice(9000).join('\n'));
    for (const day of ['day1.log', 'day2.log']) await collect(cwd, day, '--host', 'web1');
    const { code, stderr } = await leakrank(['merge', 'day1.log.evidence', 'day2.log.evidence'], { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^leakrank: worker web1\/820\d is in day1.log.evidence and in day2.log.evidence: .*--host each\n$/,
    );
  });
});
