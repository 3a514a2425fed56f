import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Advice, ServerAdvice, SettingsAnswer } from '../src/advise/advice.ts';
import { advise } from '../src/advise/advise.ts';
import { resolveAdviceOptions } from '../src/advise/options.ts';
import { resolveOptions } from '../src/options.ts';
import { run } from '../src/run.ts';
import { linesSource } from '../src/source/source.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixturePath, ROOT } from './support/fixtures.ts';
import { assertGolden } from './support/golden.ts';
import { type LeakingLog, leakingLog } from './support/leaking-log.ts';

const A = 'fixtures/uwsgi/lab-a.log.gz';
const I = 'fixtures/uwsgi/lab-i.log.gz';
const schema = JSON.parse(readFileSync(`${ROOT}src/advise/advice.schema.json`, 'utf8'));
const validate = new Ajv2020({ allErrors: true, strictTypes: false }).compile(schema);
const MIB = 2 ** 20;

async function adviceOf(args: readonly string[], stdin = ''): Promise<Advice> {
  const { code, stdout, stderr } = await leakrank(['advise', '--json', '--quiet', ...args], { stdin });
  assert.deepEqual([code, stderr], [0, ''], args.join(' '));
  const advice: Advice = JSON.parse(stdout);
  assert.equal(validate(advice), true, JSON.stringify(validate.errors));
  return advice;
}

const planned = (plan: LeakingLog, ...args: string[]) => adviceOf(args, leakingLog(plan));

function settingsOf({ answer }: Advice): SettingsAnswer {
  assert.equal(answer.kind, 'settings');
  return answer as SettingsAnswer;
}

function serverOf(advice: Advice): ServerAdvice & { value: (name: string) => number } {
  const [server, ...more] = settingsOf(advice).servers;
  assert.equal(more.length, 0);
  const value = (name: string) => server!.settings.find((setting) => setting.name === name)?.value ?? Number.NaN;
  return { ...server!, value };
}

const codes = ({ warnings }: Advice) => warnings.map(({ code }) => code);

test('golden: text and JSON, with settings and without a leak', async () => {
  for (const [name, args, env] of [
    ['advise-a.txt', [A, '--memory', '2GiB', '--uwsgi-version', '2.0.29'], {}],
    ['advise-a-60-ascii.txt', [A, '--memory', '2GiB', '--ascii'], { COLUMNS: '60' }],
    ['advise-a.json', [A, '--memory', '2GiB', '--json'], {}],
    ['advise-i.txt', [I, '--memory', '2GiB'], {}],
  ] as const) {
    const { code, stdout } = await leakrank(['advise', ...args], { env });
    assert.equal(code, 0, name);
    assertGolden(name, stdout);
  }
  const { stdout } = await leakrank(['advise', A, '--memory', '2GiB', '--color', 'always', '--ascii']);
  assert.match(stdout, /^\x1b\[1mA stop-gap/);
});

test('the schema and the type name the same fields', async () => {
  const advice = await planned({}, '--memory', '1GiB', '--server', 'uwsgi');
  const { server, settings } = schema.$defs;
  assert.deepEqual(Object.keys(schema.properties), Object.keys(advice));
  for (const part of ['log', 'budget', 'worker'] as const)
    assert.deepEqual(Object.keys(schema.properties[part].properties), Object.keys(advice[part]));
  const answer = settingsOf(advice);
  assert.deepEqual(Object.keys(settings.properties), Object.keys(answer));
  assert.deepEqual(Object.keys(server.properties), Object.keys(answer.servers[0]!));
  assert.deepEqual(Object.keys(server.properties.cost.properties), Object.keys(answer.servers[0]!.cost));
  assert.deepEqual(Object.keys(schema.properties.routes.items.properties), Object.keys(advice.routes[0]!));
  assert.equal(validate({ ...advice, answer: { kind: 'maybe' } }), false);
});

test('what is known of a log comes out: growth, size, rate, workers, the route to fix', async () => {
  const advice = await planned({ leakBytes: 50_000, baseBytes: 40e6, perSecond: 10 }, '--memory', '1GiB');
  const { worker, rate, budget } = advice;
  assert.ok(Math.abs(worker.growthBytesPerRequest - 10_000) < 500, `${worker.growthBytesPerRequest}`);
  assert.ok(worker.growthBytesPerRequestLow < 10_000 && worker.growthBytesPerRequestHigh > 10_000);
  assert.ok(worker.settledBytes > 40e6 && worker.settledBytes < 43e6, `${worker.settledBytes}`);
  assert.ok(worker.largestSettledBytes > 42e6 && worker.largestSettledBytes < 44.5e6);
  assert.equal(budget.workers, 4);
  assert.equal(budget.shareBytes, 256 * MIB);
  assert.ok(Math.abs(rate!.requestsPerSecondPerWorker - 10) < 0.1);
  assert.deepEqual(
    advice.routes.map(({ route }) => route),
    ['/leak'],
  );
  assert.ok(Math.abs(advice.routes[0]!.growthBytesPerRequest - 10_000) < 1500);
  const { withoutRestarts } = settingsOf(advice);
  assert.ok(Math.abs(withoutRestarts.requests / ((256 * MIB - 41.5e6) / 10_000) - 1) < 0.1);
  assert.ok(Math.abs(withoutRestarts.seconds! - withoutRestarts.requests / 10) < 50);
});

test('uWSGI: what spreads restarts depends on the version, and no worker is let beyond the cap', async () => {
  const cases: [string | undefined, string[]][] = [
    ['2.0.29', ['max-requests', 'max-requests-delta', 'max-worker-lifetime', 'reload-on-rss']],
    ['2.1-dev', ['max-requests', 'max-requests-delta', 'max-worker-lifetime', 'reload-on-rss']],
    ['2.0.28', ['max-requests', 'max-worker-lifetime', 'max-worker-lifetime-delta', 'reload-on-rss']],
    ['2.0.21-debian', ['max-requests', 'max-worker-lifetime', 'max-worker-lifetime-delta', 'reload-on-rss']],
    [undefined, ['max-requests', 'max-worker-lifetime', 'max-worker-lifetime-delta', 'reload-on-rss']],
    ['2.0.18', ['max-requests', 'reload-on-rss']],
  ];
  const log = leakingLog();
  for (const [version, names] of cases) {
    const chosen = version === undefined ? ['--server', 'uwsgi'] : ['--uwsgi-version', version];
    const advice = await adviceOf(['--memory', '1GiB', ...chosen], log);
    const server = serverOf(advice);
    assert.deepEqual(
      server.settings.map(({ name }) => name),
      names,
      version,
    );
    assert.ok(server.settings.every(({ name, line, value }) => line === `${name} = ${value}`));
    const cap = settingsOf(advice).requestsPerLife.value;
    const last = server.value('max-requests') + 3 * (server.value('max-requests-delta') || 0);
    assert.ok(last <= cap && last > 0.95 * cap, version);
    const { largestSettledBytes, peakAboveLineBytes, growthBytesPerRequestHigh } = advice.worker;
    assert.ok(largestSettledBytes + peakAboveLineBytes + cap * growthBytesPerRequestHigh <= advice.budget.targetBytes);
    const rss = server.value('reload-on-rss') * MIB;
    assert.ok(rss <= advice.budget.targetBytes && rss > largestSettledBytes + peakAboveLineBytes);
    if (names.includes('max-worker-lifetime-delta')) {
      const longest = server.value('max-worker-lifetime') + 3 * server.value('max-worker-lifetime-delta');
      assert.ok(longest * advice.rate!.requestsPerSecondOfBusiest <= cap);
      assert.equal(server.cost.largestShareWithoutSpread! >= server.cost.largestShareAtOnce!, true);
    }
    assert.equal(codes(advice).includes('no-spread'), version === '2.0.18');
    const hourly = (4 * 3600 * advice.rate!.requestsPerSecondPerWorker) / server.cost.requestsPerRestart;
    assert.ok(Math.abs(server.cost.restartsPerHour! / hourly - 1) < 0.01);
  }
});

test('uWSGI: min-worker-lifetime is lowered where its 10 s would let a worker go on, and never refuses to start', async () => {
  const fast = serverOf(await planned({ perSecond: 3000 }, '--memory', '1GiB', '--uwsgi-version', '2.0.29'));
  const least = fast.value('min-worker-lifetime');
  assert.ok(least >= 0 && least < 10);
  assert.ok(least < fast.value('max-worker-lifetime'));
  const slow = serverOf(await planned({}, '--memory', '1GiB', '--uwsgi-version', '2.0.29'));
  assert.ok(Number.isNaN(slow.value('min-worker-lifetime')));
});

test('one worker gets neither delta nor jitter', async () => {
  for (const server of ['uwsgi', 'gunicorn']) {
    const advice = await planned({ workers: 1 }, '--memory', '256MiB', '--server', server);
    const { settings } = serverOf(advice);
    assert.ok(settings.every(({ name }) => !/delta|jitter/.test(name)));
    assert.ok(codes(advice).includes('one-worker'));
    assert.equal(advice.worker.intervalFrom, 'stretches');
  }
  const named = await planned({ workers: 1 }, '--memory', '1GiB', '--workers', '4', '--server', 'gunicorn');
  assert.equal(named.budget.shareBytes, 256 * MIB);
  assert.ok(serverOf(named).value('max_requests_jitter') > 0);
});

test('gunicorn: requests and jitter together make the cap', async () => {
  const advice = await planned({}, '--memory', '1GiB', '--server', 'gunicorn');
  const server = serverOf(advice);
  const cap = settingsOf(advice).requestsPerLife.value;
  assert.equal(server.value('max_requests') + server.value('max_requests_jitter'), cap);
  assert.deepEqual(
    server.settings.map(({ line }) => line.split(' ')[0]),
    ['--max-requests', '--max-requests-jitter'],
  );
});

test('Celery: KiB above the largest honest task and below the share; its lines tell the server', async () => {
  const lines = leakingLog()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(
      ({ pid, path, rss_bytes }, i) =>
        `[2026-11-23 20:${String(10 + Math.floor(i / 1000)).padStart(2, '0')}:${String(Math.floor((i % 1000) / 17)).padStart(2, '0')},082: INFO/ForkPoolWorker-${pid}] shop${path.replace('/', '.')}[9a5b]: rss=${rss_bytes}`,
    );
  const advice = await adviceOf(['--memory', '1GiB'], `${lines.join('\n')}\n`);
  const server = serverOf(advice);
  assert.equal(server.server, 'celery');
  assert.equal(server.value('worker_max_tasks_per_child'), settingsOf(advice).requestsPerLife.value);
  const limit = server.value('worker_max_memory_per_child') * 1024;
  assert.ok(limit > advice.worker.largestSettledBytes + advice.worker.peakAboveLineBytes);
  assert.ok(limit <= advice.budget.targetBytes);
  assert.ok(codes(advice).includes('peak-of-tasks'));
  assert.deepEqual(
    advice.routes.map(({ route }) => route),
    ['shop.leak'],
  );
});

test('without a server in the lines all are given, with a warning', async () => {
  const advice = await planned({}, '--memory', '1GiB');
  assert.deepEqual(
    settingsOf(advice).servers.map(({ server }) => server),
    ['uwsgi', 'gunicorn', 'celery'],
  );
  assert.ok(codes(advice).includes('no-server'));
  assert.equal(serverOf(await adviceOf([fixturePath('lab-a.log.gz'), '--memory', '2GiB'])).server, 'uwsgi');
});

test('no time in the log: counts of requests hold, rates are not made up', async () => {
  const log = leakingLog({ perSecond: 0 });
  const advice = await adviceOf(['--memory', '1GiB', '--server', 'uwsgi'], log);
  assert.equal(advice.rate, null);
  assert.equal(advice.budget.workers, 4);
  const server = serverOf(advice);
  assert.ok(server.value('max-requests') > 1000);
  assert.ok(server.settings.every(({ unit }) => unit !== 'seconds'));
  assert.deepEqual([server.cost.restartsPerHour, server.cost.largestShareAtOnce], [null, null]);
  assert.deepEqual([settingsOf(advice).withoutRestarts.seconds], [null]);
  assert.deepEqual(codes(advice), ['no-time', 'min-worker-lifetime', 'no-spread']);
  const { stdout } = await leakrank(['advise', '--memory', '1GiB', '--server', 'gunicorn'], { stdin: log });
  assert.match(stdout, /Traffic: {2}not known: the log has no times\./);
  assert.doesNotMatch(stdout, /NaN|Infinity|null|undefined/);
});

test('no leak: no restart setting is needed, and the settled size', async () => {
  const advice = await planned({ leakBytes: 0 }, '--memory', '1GiB');
  assert.equal(advice.answer.kind, 'no-leak');
  assert.match(
    (advice.answer as { message: string }).message,
    /^No route is shown to leak: no restart setting is needed\. After its warm-up a worker takes 39\.\d MiB/,
  );
  assert.deepEqual(advice.routes, []);
});

test('a budget below the baseline: no setting can work, and what would', async () => {
  const advice = await planned({}, '--memory', '100MiB');
  assert.equal(advice.answer.kind, 'no-room');
  const { message, mostWorkers, leastMemoryBytes } = advice.answer as Extract<Advice['answer'], { kind: 'no-room' }>;
  assert.match(message, /^No setting can work: a worker takes 4\d\.\d MiB after its warm-up.*its share is 25\.0 MiB/);
  assert.equal(mostWorkers, 2);
  assert.ok(leastMemoryBytes > 4 * 42e6);
  const none = await planned({}, '--memory', '10MiB');
  assert.match((none.answer as { message: string }).message, /Not even one worker fits/);
  // Also where nothing leaks.
  assert.equal((await planned({ leakBytes: 0 }, '--memory', '10MiB')).answer.kind, 'no-room');
});

test('growth that goes on is no reason for calm where no route is shown to make it', async () => {
  const unclear = async (leakBytes: number) => {
    const lines = leakingLog({ leakBytes }).split('\n');
    const { report, evidence } = await run([linesSource('app.log', lines)], resolveOptions({}));
    const routes = report.routes.map((route) => ({ ...route, verdict: 'unclear' as const }));
    const options = { memory: '1GiB', workers: undefined, server: 'gunicorn', uwsgiVersion: undefined };
    return advise({ ...report, routes }, evidence, resolveAdviceOptions(options));
  };
  const advice = await unclear(50_000);
  assert.deepEqual(advice.routes, []);
  assert.ok(serverOf(advice).value('max_requests') > 1000);
  assert.ok(codes(advice).includes('still-growing'));
  // Little growth is told, and needs no setting.
  const slow = await unclear(1500);
  assert.deepEqual([slow.answer.kind, codes(slow)], ['no-leak', ['still-growing']]);
});

test('a hostile route is inert', async () => {
  const hostile = leakingLog().replaceAll('/leak', '/\\u001b[31mleak\\u202e<b>');
  const { stdout, code } = await leakrank(['advise', '--memory', '1GiB'], { stdin: hostile });
  assert.equal(code, 0);
  assert.doesNotMatch(stdout, /[\x1b\u202e]/);
  assert.match(stdout, /What to fix:\n {2}\/\S*leak/);
});

test('--output writes a file; warnings go to standard error, --quiet leaves them out', async () => {
  await withFiles({ 'app.log': leakingLog() }, async (cwd) => {
    const args = ['advise', 'app.log', '--memory', '1GiB', '--output', 'advice.txt'];
    const told = await leakrank(args, { cwd });
    assert.deepEqual([told.code, told.stdout], [0, '']);
    assert.match(told.stderr, /^leakrank: The lines do not tell the server/);
    assert.match(readFileSync(`${cwd}/advice.txt`, 'utf8'), /^A stop-gap, not a fix/);
    assert.equal((await leakrank([...args, '--quiet'], { cwd })).stderr, '');
  });
});
