/** The HTML page as text; page-browser.test.ts looks at it in a browser. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { analyze, type Report } from '../src/index.ts';
import type { PageData } from '../src/report/html/page-data.ts';
import { fixturePath } from './support/fixtures.ts';
import { gateReport } from './support/gate.ts';
import { hostileReport } from './support/hostile.ts';
import { print } from './support/print.ts';

const REPORT = await analyze(fixturePath('lab-a.log.gz'), { series: true });

/** The page without its script, style and data: what is markup. */
function markup(html: string): string {
  return html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
}

function dataOf(html: string): PageData {
  const json = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(html);
  return JSON.parse(json![1]!) as PageData;
}

/** As many routes and workers as that, each with curves as long as an analysis makes them at most. */
function large(routeCount: number, workerCount: number): Report {
  const series = REPORT.series!;
  const floors = Math.floor(2400 / workerCount);
  const route = { ...REPORT.routes[0]!, reason: 'x'.repeat(120) };
  const curve = series.routes.find(({ route: name }) => name === '/leak/small/{id}')!;
  const name = (i: number) => `/api/v2/organizations/{id}/projects/{slug}/resource-${i}`;
  const numbers = (of: (i: number) => number) => Array.from({ length: floors }, (_, i) => of(i));
  return {
    ...REPORT,
    routes: Array.from({ length: routeCount }, (_, i) => ({
      ...route,
      rank: i + 1,
      route: name(i),
      examples: [name(i), name(i)],
    })),
    workers: Array.from({ length: workerCount }, (_, i) => ({ ...REPORT.workers[0]!, worker: String(30_000 + i) })),
    series: {
      routes: Array.from({ length: Math.min(100, routeCount) }, (_, i) => ({ ...curve, route: name(i) })),
      workers: Array.from({ length: workerCount }, (_, i) => ({
        worker: String(30_000 + i),
        requests: numbers((at) => at * 25 + 7),
        floorBytes: numbers((at) => 35_000_000 + at * 131_072),
      })),
    },
  };
}

test('the page of 100 routes and 40 workers is smaller than 1 MB, of 10 000 routes and 2 000 workers than 2 MB', async () => {
  assert.ok((await print('html', large(100, 40))).length < 1_000_000);
  assert.ok((await print('html', large(10_000, 2000))).length < 2_000_000);
});

test('it holds all it needs, and its policy lets nothing else run', async () => {
  const html = await print('html', REPORT);
  assert.doesNotMatch(markup(html), /\s(src|href|style|on\w+)=/);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.replaceAll('&#39;', "'");
  const hashes = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))].map(
      ([, content]) => `'sha256-${createHash('sha256').update(content!).digest('base64')}'`,
    );
  assert.equal(
    policy,
    `default-src 'none'; script-src ${hashes('script').join(' ')}; style-src ${hashes('style').join(' ')}; base-uri 'none'; form-action 'none'`,
  );
  assert.deepEqual([hashes('script').length, hashes('style').length], [1, 1]);
});

test('it says the answer, every route, worker and input without script, and has the report as data', async () => {
  const html = await print('html', REPORT);
  const text = markup(html)
    .replace(/<wbr>/g, '')
    .replace(/<[^>]+>/g, '\n');
  assert.match(text, /\n2 routes leak, 288 MiB in all; 2 are unclear\.\n/);
  for (const { route } of REPORT.routes) assert.ok(text.includes(`\n${route}\n`), route);
  for (const { worker } of REPORT.workers) assert.ok(text.includes(`\n${worker}\n`), worker);
  for (const { name } of REPORT.inputs) assert.ok(text.includes(name));
  const { report } = dataOf(html);
  assert.deepEqual(report.totals, REPORT.totals);
  assert.deepEqual(report.series, REPORT.series);
});

test('gates and warnings stand in it', async () => {
  const html = await print('html', {
    ...REPORT,
    gates: [gateReport('max-leaked', 1024, ['/leak/rare'])],
    warnings: [{ code: 'threads', message: 'Requests overlap.' }],
  });
  assert.match(html, /<li class="failed"><strong>max-leaked 1.00 KiB<\/strong> failed: \/leak\/rare above it<\/li>/);
  assert.match(html, /<strong>Warning: <\/strong>Requests overlap\./);
});

test('a report without curves, or of nothing, is a page too', async () => {
  const { series, ...bare } = REPORT;
  assert.match(await print('html', bare), /2 routes leak/);
  assert.match(await print('html', await analyze([[]])), /No requests to report on\./);
});

test('hostile names end no element and begin none', async () => {
  const html = await print('html', await hostileReport());
  assert.equal(html.match(/<script/g)?.length, 2);
  assert.doesNotMatch(markup(html), /<(img|script|!--)/);
  assert.ok(dataOf(html).report.routes.some(({ route }) => route === '</script><script>alert(1)</script>'));
});
