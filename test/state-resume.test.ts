/** Runs with --state that find a log grown, rotated, packed or emptied: the last report is that of one run over all of it. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { withFiles } from './support/cli.ts';
import { fixture, ROOT } from './support/fixtures.ts';
import { onTerminal } from './support/in-process.ts';
import { seededRandom } from './support/random.ts';
import { comparable } from './support/resumed.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const run = (...args: string[]) => onTerminal(args, { stdout: false, stderr: false });

async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run('--json', ...args);
  assert.equal(code, 0, stderr);
  return comparable(stdout);
}

const file = (path: string) => {
  const bytes = readFileSync(`${ROOT}fixtures/${path}`);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

function requests(first: number, count: number): string {
  const line = (n: number) =>
    `${uwsgiLine({ ownCount: n, totalCount: n, rssBytes: 40e6 + n * 4096, uri: n % 2 ? '/a' : `/items/${n}` })}\n`;
  return Array.from({ length: count }, (_, i) => line(first + i)).join('');
}

function oink(): string {
  const random = seededRandom(5);
  const texts = (pid: number, n: number) => [
    `web1 rails[${pid}]: Oink Action: Users#${n % 3 ? 'show' : 'index'}`,
    `web1 rails[${pid}]: Memory usage: ${300_000 + n * 8 * (pid % 7)} | PID: ${pid}`,
    `web1 rails[${pid}]: Oink Log Entry Complete`,
  ];
  const queues = [4413, 4414, 4415].map((pid) => Array.from({ length: 60 }, (_, n) => texts(pid, n)).flat());
  const lines: string[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    const line = queues[random.integer(3)]!.shift();
    if (line) lines.push(`Feb 01 01:58:29 ${line}\n`);
  }
  return lines.join('');
}

/** docker's json-file: long lines in pieces, of two streams. */
function pieces(): string {
  const entry = (log: string, stream: string) => `${JSON.stringify({ log, stream, time: '2026-11-23T20:50:35.0Z' })}\n`;
  return requests(1, 80)
    .split(/(?<=\n)/)
    .map((line) => entry(line.slice(0, 60), 'stdout') + entry('note\n', 'stderr') + entry(line.slice(60), 'stdout'))
    .join('');
}

const LOGS: [name: string, text: string, flags: string[]][] = [
  ['uwsgi with restarts', fixture('lab-b2.log.gz').toString('utf8').split('\n').slice(0, 3000).join('\n'), []],
  ['gunicorn', file('gunicorn/sync-maxrequests-sigkill.log') + requests(1, 5), []],
  ['celery', file('celery/maxtasks3-MP_LOG.log') + requests(1, 5), []],
  ['oink', oink(), []],
  ['docker pieces', pieces(), []],
  ['two containers', file('wrapped/two-containers-same-pids.log.gz'), []],
  ['CRI', file('wrapped/kubernetes-cri.log.gz'), []],
  ['damaged', file('wrapped/damaged.log.gz'), []],
  ['part of the time', requests(1, 40) + requests(41, 40), ['--until', '2026-11-23T20:50:35']],
];

for (const [name, text, flags] of LOGS) {
  test(`cut anywhere: ${name}`, async () => {
    await withFiles({ 'u.log': '' }, async (folder) => {
      const bytes = Buffer.from(text);
      const random = seededRandom(name.length);
      const cuts = Array.from({ length: 6 }, () => random.integer(bytes.length)).sort((a, b) => a - b);
      let done = 0;
      for (const cut of [...cuts, bytes.length]) {
        appendFileSync(`${folder}/u.log`, bytes.subarray(done, cut));
        done = cut;
        await run('--state', `${folder}/s`, ...flags, `${folder}/u.log`);
      }
      const resumed = await json('--state', `${folder}/s`, ...flags, `${folder}/u.log`);
      assert.deepEqual(resumed, await json(...flags, `${folder}/u.log`));
    });
  });
}

/** What happens to u.log between two runs; afterwards `whole` are the files of the whole log in order. */
const EVENTS: [name: string, event: (path: string) => string[]][] = [
  [
    'rotated',
    (path) => {
      appendFileSync(path, requests(101, 50));
      renameSync(path, `${path}.1`);
      writeFileSync(path, requests(151, 50));
      return ['.1', ''];
    },
  ],
  [
    'rotated twice',
    (path) => {
      appendFileSync(path, requests(101, 50));
      renameSync(path, `${path}.2`);
      writeFileSync(`${path}.1`, requests(151, 50));
      writeFileSync(path, requests(201, 50));
      return ['.2', '.1', ''];
    },
  ],
  [
    'rotated and packed, while the plain file is still there',
    (path) => {
      appendFileSync(path, requests(101, 50));
      writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path)).subarray(0, 900));
      renameSync(path, `${path}.1`);
      writeFileSync(path, requests(151, 50));
      return ['.1', ''];
    },
  ],
  [
    'rotated and packed',
    (path) => {
      appendFileSync(path, requests(101, 50));
      writeFileSync(`${path}.1.gz`, gzipSync(readFileSync(path)));
      rmSync(path);
      writeFileSync(path, requests(151, 50));
      return ['.1.gz', ''];
    },
  ],
  [
    'copied and emptied',
    (path) => {
      appendFileSync(path, requests(101, 50));
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
      appendFileSync(path, requests(151, 30));
      return ['.1', ''];
    },
  ],
  [
    'rotated by date',
    (path) => {
      appendFileSync(path, requests(101, 50));
      renameSync(path, `${path}-20261122`);
      writeFileSync(path, requests(151, 50));
      return ['-20261122', ''];
    },
  ],
];

for (const [name, event] of EVENTS) {
  test(`between two runs: ${name}`, async () => {
    // An older file, which nobody asked for.
    await withFiles({ 'u.log.7': 'older\n', 'u.log': requests(1, 100) }, async (folder) => {
      const path = `${folder}/u.log`;
      const flags = ['--state', `${folder}/s`];
      await json(...flags, path);
      const whole = event(path).map((end) => path + end);
      await json(...flags, path);
      const resumed = await json(...flags, path);
      assert.deepEqual(resumed, await json(...whole));
    });
  });
}

test('a rotated set that is named whole is read once, in its order', async () => {
  await withFiles({ 'u.log.1': requests(1, 100), 'u.log': requests(101, 20) }, async (folder) => {
    const flags = ['--state', `${folder}/s`];
    const set = ['u.log', 'u.log.1'].map((name) => `${folder}/${name}`);
    await json(...flags, ...set);
    appendFileSync(`${folder}/u.log`, requests(121, 20));
    assert.deepEqual(await json(...flags, ...set), await json(...set));
  });
});

test('a line without end waits, and is in the report as it would be without a state', async () => {
  const line = requests(11, 1);
  await withFiles({ 'u.log': requests(1, 10) + line.slice(0, 150) }, async (folder) => {
    const path = `${folder}/u.log`;
    const flags = ['--state', `${folder}/s`];
    assert.deepEqual(await json(...flags, path), await json(path));
    appendFileSync(path, line.slice(150));
    const report = (await json(...flags, path)) as { inputs: Record<string, number> };
    assert.deepEqual([report.inputs.lines, report.inputs.readings], [11, 11]);
  });
});

test('an interrupted run goes on', async () => {
  await withFiles({ 'u.log': requests(1, 5000) }, async (folder) => {
    const args = ['--state', `${folder}/s`, `${folder}/u.log`];
    const { code } = await onTerminal(args, { stdout: false, stderr: false, signal: AbortSignal.abort() });
    assert.equal(code, 130);
    assert.deepEqual(await json(...args), await json(`${folder}/u.log`));
  });
});

test('a state that cannot be used is refused with a sentence, and stays as it is', async () => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const path = `${folder}/u.log`;
    const state = `${folder}/s`;
    await json('--state', state, path);
    const intact = readFileSync(state);
    const refused = async (message: RegExp, ...args: string[]) => {
      const before = readFileSync(state);
      const { code, stdout, stderr } = await run('--state', state, ...args, path);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
      assert.deepEqual(readFileSync(state), before);
    };
    await refused(/other options \(--metric, --status\); use the same ones/, '--metric', 'vsz', '--status', '5xx');
    await refused(/--report classic needs the whole log/, '--report', 'classic');
    writeFileSync(state, intact.subarray(0, intact.length - 5));
    await refused(/damaged or cut off/);
    writeFileSync(state, intact.toString('latin1').replace(/^leakrank-state \d+/, 'leakrank-state 99'), 'latin1');
    await refused(/state file of version 99, and this leakrank reads version/);
    writeFileSync(state, 'not a state\n');
    await refused(/is no state file of leakrank/);
    rmSync(state);
    await json('--state', state, path);
    assert.deepEqual(readdirSync(folder).sort(), ['s', 'u.log']);
  });
});

test('what cannot go on is refused: standard input, a folder that is not there, a checkpoint without a state', async () => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const refusals: [RegExp, ...string[]][] = [
      [/standard input is no file/, '--state', `${folder}/s`, '-'],
      [/none\/s cannot be written; check that its folder is there/, '--state', `${folder}/none/s`, `${folder}/u.log`],
      [/--checkpoint says how often a state is written/, '--checkpoint', '1', `${folder}/u.log`],
      [/It takes a number of seconds above 0/, '--checkpoint', '0', '--state', `${folder}/s`, `${folder}/u.log`],
    ];
    for (const [message, ...args] of refusals) {
      const { code, stderr } = await run(...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  });
});

test('a file that is not there is told; the others are read, and it is read when it comes', async () => {
  await withFiles({ 'u.log': requests(1, 10) }, async (folder) => {
    const args = ['--state', `${folder}/s`, '--json', `${folder}/u.log`, `${folder}/v.log`];
    const first = await run(...args);
    assert.equal(first.code, 2);
    assert.match(first.stderr, /v\.log: there is no such file/);
    writeFileSync(`${folder}/v.log`, requests(11, 10));
    const report = (await json(...args)) as { inputs: Record<string, number> };
    assert.equal(report.inputs.readings, 20);
  });
});
