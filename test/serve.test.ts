/** `leakrank watch --serve`: the page live in a browser, JSON and metrics; who may ask, and for what. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, type TestContext, test } from 'node:test';
import { parseAddress } from '../src/serve/address.ts';
import { BROWSER, closeBrowser, visitUrl } from './support/browser.ts';
import { leakrank, withFiles } from './support/cli.ts';
import { fixture } from './support/fixtures.ts';
import { live } from './support/live.ts';
import { parsePrometheus } from './support/prometheus.ts';
import { assertValid } from './support/report-schema.ts';

after(closeBrowser);

const LINES = fixture('lab-a.log.gz')
  .toString('utf8')
  .split(/(?<=\n)/);

interface Served {
  url: string;
  ask: (path: string, options?: Asked) => Promise<Answer>;
  add: (from: number, to: number) => void;
  stop: () => Promise<number | null>;
}

interface Asked {
  method?: string;
  host?: string;
}

interface Answer {
  status: number | undefined;
  type: string | undefined;
  body: string;
}

async function serving(t: TestContext, use: (served: Served) => Promise<void>): Promise<void> {
  await withFiles({ 'u.log': LINES.slice(0, 2000).join('') }, async (folder) => {
    const running = live(t, ['watch', '--serve', '127.0.0.1:0', `${folder}/u.log`]);
    await running.until((_, stderr) => stderr.includes('until Ctrl-C'));
    const url = /http:\S+/.exec(running.outcome.stderr)![0];
    await use({
      url,
      ask: (path, options) => ask(url, path, options),
      add: (from, to) => appendFileSync(`${folder}/u.log`, LINES.slice(from, to).join('')),
      stop: async () => (await running.end('SIGTERM')).code,
    });
  });
}

/** @param host of the Host header; by default the right one. */
function ask(url: string, path: string, { method = 'GET', host }: Asked = {}): Promise<Answer> {
  const { port, host: own } = new URL(url);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: { host: host ?? own } };
    const asked = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('page, JSON and metrics are of the log as it is; it ends when it is told to', async (t) => {
  await serving(t, async ({ ask, add, stop }) => {
    const json = await ask('/report.json');
    assert.deepEqual([json.status, json.type], [200, 'application/json; charset=utf-8']);
    const report: unknown = JSON.parse(json.body);
    assertValid(report);
    const metrics = await ask('/metrics');
    assert.equal(metrics.type, 'text/plain; version=0.0.4; charset=utf-8');
    assert.ok(parsePrometheus(metrics.body));
    const requests = (text: string) => Number(/^leakrank_requests (\d+)$/m.exec(text)?.[1]);
    assert.equal(requests(metrics.body), (report as { totals: { requests: number } }).totals.requests);
    const page = await ask('/?x=1');
    assert.match(page.body, /^<!doctype html>[\s\S]*connect-src &#39;self&#39;/);
    add(2000, 4000);
    while (requests((await ask('/metrics')).body) < 3900) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await stop(), 0);
  });
});

test('events bring each new report', async (t) => {
  await serving(t, async ({ url, add, stop }) => {
    const { port } = new URL(url);
    let text = '';
    const ended = new Promise<void>((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: '/events' }, (response) => {
        response.setEncoding('utf8').on('data', (more: string) => {
          text += more;
        });
        response.on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
    const events = () => text.match(/^data: .*\n\n/gm) ?? [];
    while (events().length < 1) await new Promise((resolve) => setTimeout(resolve, 50));
    add(2000, 2100);
    while (events().length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    const counts = events().map((event) => JSON.parse(event.slice(6)).report.totals.requests as number);
    assert.ok(counts[1]! > counts[0]!);
    assert.equal(await stop(), 0);
    await ended;
  });
});

test('other hosts, other methods and other paths are refused', async (t) => {
  await serving(t, async ({ url, ask, stop }) => {
    const { port } = new URL(url);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`])
      assert.equal((await ask('/report.json', { host })).status, 421, host);
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`]) assert.equal((await ask('/', { host })).status, 200);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])
      assert.equal((await ask('/', { method })).status, 405, method);
    for (const path of ['/nothing', '/constructor', '/__proto__', '//', '/../etc/passwd', '/%'])
      assert.equal((await ask(path)).status, 404, path);
    for (const path of ['/', '/report.json', '/metrics', '/events']) {
      const { status, body } = await ask(path, { method: 'HEAD' });
      assert.deepEqual([status, body], [200, '']);
    }
    assert.equal(await stop(), 0);
  });
});

test('addresses', async () => {
  assert.deepEqual(parseAddress('8099'), { host: '127.0.0.1', port: 8099 });
  assert.deepEqual(parseAddress(':80'), { host: '127.0.0.1', port: 80 });
  assert.deepEqual(parseAddress('[::1]:8099'), { host: '::1', port: 8099 });
  assert.deepEqual(parseAddress('web1.local:8099'), { host: 'web1.local', port: 8099 });
  for (const wrong of ['x', '127.0.0.1', 'a b:1', '127.0.0.1:99999', 'http://x:1'])
    assert.throws(() => parseAddress(wrong), /is no address; write 127\.0\.0\.1:8099/);
  for (const any of ['0.0.0.0:8099', '[::]:8099', '0:8099'])
    assert.throws(() => parseAddress(any), /name the one to use/);
  const { code, stderr } = await leakrank(['watch', '--serve', '192.0.2.1:8099', 'u.log']);
  assert.equal(code, 2);
  assert.match(stderr, /http:\/\/192\.0\.2\.1:8099\/ cannot be used \(EADDRNOTAVAIL\)/);
});

test(
  'in a browser the page changes with the log, keeps what was chosen, and asks for nothing else',
  BROWSER,
  async (t) => {
    await serving(t, async ({ url, add, stop }) => {
      const { page, trouble } = await visitUrl(url);
      const count = () => page.locator('main').textContent();
      await page.getByLabel('Search').fill('leak/');
      assert.match((await count()) ?? '', /1,9\d\d requests/);
      add(2000, 6000);
      await page
        .getByText(/5,9\d\d requests/)
        .first()
        .waitFor();
      assert.equal(await page.getByLabel('Search').inputValue(), 'leak/');
      assert.ok(
        (await page.locator('#route-table tbody th').allTextContents()).every((name) => name.includes('leak/')),
      );
      assert.deepEqual(
        trouble.filter((text) => text !== `request: ${url}events`),
        [],
      );
      assert.equal(await stop(), 0);
      while (!(await page.title()).startsWith('(not live) ')) await new Promise((resolve) => setTimeout(resolve, 50));
    });
  },
);
