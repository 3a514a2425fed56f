/** The HTML page in a real Chromium: what works with mouse, keyboard, screen reader, printer, and without script. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { analyze, type Report } from '../src/index.ts';
import { printable } from '../src/term/text.ts';
import { BROWSER, closeBrowser, visit } from './support/browser.ts';
import { fixturePath } from './support/fixtures.ts';
import { gateReport } from './support/gate.ts';
import { hostileReport } from './support/hostile.ts';
import { print } from './support/print.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'leakrank-page-'));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

after(async () => {
  await closeBrowser();
  rmSync(FOLDER, { recursive: true });
});

async function saved(name: string, report: Report): Promise<string> {
  const file = join(FOLDER, `${name}.html`);
  writeFileSync(file, await print('html', report));
  return file;
}

async function labPage(lab: string): Promise<string> {
  return saved(`lab-${lab}`, await analyze(fixturePath(`lab-${lab}.log.gz`), { series: true }));
}

const LAB = BROWSER.skip === undefined ? await labPage('a') : '';
const RECYCLED = BROWSER.skip === undefined ? await labPage('b2') : '';

const names = (page: Page) => page.locator('#route-table tbody th').allTextContents();
const canvas = (page: Page, id: string) =>
  page.evaluate(`document.querySelector('#${id} canvas').toDataURL()`) as Promise<string>;

test('it opens from disk, fetches nothing, and no part of it is refused or fails', BROWSER, async () => {
  for (const file of [LAB, RECYCLED]) {
    const { page, trouble } = await visit(file);
    await page.locator('#worker-chart canvas').waitFor();
    assert.equal(await page.locator('#route-chart canvas').count(), 1);
    assert.deepEqual(trouble, []);
  }
});

test('a column sorts by its head, with the mouse and with the keyboard', BROWSER, async () => {
  const { page } = await visit(LAB);
  const order = await names(page);
  const calls = page.getByRole('columnheader', { name: 'Calls' });
  await calls.getByRole('button').click();
  assert.equal((await names(page))[0], '/leak/small/{id}');
  assert.equal(await calls.getAttribute('aria-sort'), 'descending');
  await page.keyboard.press('Enter');
  assert.equal((await names(page))[0], '/leak/rare');
  assert.equal(await calls.getAttribute('aria-sort'), 'ascending');
  await page.getByRole('columnheader', { name: 'Route' }).getByRole('button').click();
  assert.deepEqual(await names(page), order.toSorted());
  await page.getByRole('columnheader', { name: '#' }).getByRole('button').click();
  assert.deepEqual(await names(page), order);
});

test('searching and choosing a verdict leave the routes that match, and say how many', BROWSER, async () => {
  const { page } = await visit(LAB);
  await page.getByLabel('Search').fill('LEAK/');
  assert.deepEqual((await names(page)).toSorted(), [
    '/leak/big/{id}',
    '/leak/cache-unbounded/{hash}',
    '/leak/rare',
    '/leak/small/{id}',
  ]);
  assert.equal(await page.locator('#shown').textContent(), '4 of 14 routes');
  await page.getByLabel('Verdict').selectOption('leak');
  assert.deepEqual(await names(page), ['/leak/rare', '/leak/big/{id}']);
  await page.getByLabel('Search').fill('no such');
  assert.deepEqual(await names(page), []);
  await page.getByLabel('Search').press('Enter');
  assert.equal(await page.locator('#shown').textContent(), '0 of 14 routes');
});

test('choosing a route shows its evidence', BROWSER, async () => {
  const { page, trouble } = await visit(LAB);
  assert.equal(await page.locator('#route-name').textContent(), '/leak/rare');
  const before = await canvas(page, 'route-chart');
  await page.getByRole('button', { name: '/leak/big/{id}' }).click();
  assert.equal(await page.locator('#route-name').textContent(), '/leak/big/{id}');
  assert.match((await page.locator('#route').textContent())!, /203 KiB.*126 KiB – 357 KiB/);
  assert.notEqual(await canvas(page, 'route-chart'), before);
  const next = page.getByRole('button', { name: '/bloat/report' });
  await next.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#route-name').textContent(), '/bloat/report');
  assert.equal(await next.getAttribute('aria-pressed'), 'true');
  assert.match((await page.locator('#route figcaption').first().textContent())!, /levelling off/);
  assert.deepEqual(trouble, []);
});

test('the chart of the workers zooms by dragging and by buttons, and shows all again', BROWSER, async () => {
  const { page, trouble } = await visit(RECYCLED);
  const all = await canvas(page, 'worker-chart');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const near = await canvas(page, 'worker-chart');
  assert.notEqual(near, all);
  await page.getByRole('button', { name: 'Zoom out' }).click();
  assert.equal(await canvas(page, 'worker-chart'), all);
  const box = (await page.locator('#worker-chart .u-over').boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 80);
  assert.match(
    (await page.locator('#cursor').textContent())!,
    /^worker \d+, request \d+: [\d.]+ MiB, ended by recycled$/,
  );
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 80, { steps: 5 });
  await page.mouse.up();
  assert.notEqual(await canvas(page, 'worker-chart'), all);
  await page.mouse.move(0, 0);
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await canvas(page, 'worker-chart'), all);
  await page.getByLabel('Lives').selectOption('over');
  assert.notEqual(await canvas(page, 'worker-chart'), all);
  await page.locator('button[data-worker]').first().click();
  assert.equal(await page.locator('button[data-worker]').first().getAttribute('aria-pressed'), 'true');
  assert.deepEqual(trouble, []);
});

test('printed, it has all rows and plain charts, and no controls', BROWSER, async () => {
  const { page } = await visit(LAB);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.controls:visible, .live:visible').count(), 0);
  assert.equal(await page.locator('.plain svg:visible').count(), 2);
  assert.equal(await page.locator('#route-table tbody tr:visible').count(), 14);
  assert.ok((await page.pdf()).length > 10_000);
});

test('without script it reads: answer, table, charts; no control that does nothing', BROWSER, async () => {
  const { page, trouble } = await visit(RECYCLED, { javaScriptEnabled: false });
  assert.equal(
    await page.getByRole('heading', { level: 1 }).textContent(),
    '1 route leaks, 225 MiB in all; 1 is unclear.',
  );
  assert.equal(await page.locator('.controls:visible').count(), 0);
  assert.equal(await page.locator('.plain svg:visible').count(), 2);
  assert.ok((await page.locator('.workers svg .end').count()) > 30);
  assert.deepEqual(trouble, []);
});

test('axe finds nothing: light, dark, phone, wide, gates and warnings, and after a choice', BROWSER, async () => {
  const report = await analyze(fixturePath('lab-a.log.gz'), { series: true });
  const full = await saved('full', {
    ...report,
    gates: [gateReport('max-leaked', 1024, ['/leak/rare'])],
    warnings: [{ code: 'threads', message: 'Requests overlap.' }],
  });
  for (const file of [full, RECYCLED]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280, 1920]) {
        const { page } = await visit(file, { colorScheme, viewport: { width, height: 900 } });
        await page.locator('button.choose').nth(1).click();
        await page.evaluate(AXE);
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          [],
        );
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        assert.equal(overflow, 0, `${width} px: nothing wider than the page`);
        await page.context().close();
      }
    }
  }
});

test('hostile names are text, before and after the script has drawn them', BROWSER, async () => {
  const report = await hostileReport();
  const { page, trouble } = await visit(await saved('hostile', report));
  const shown = report.routes.map(({ route }) => printable(route) || '(empty path)');
  assert.deepEqual(await names(page), shown);
  await page.getByRole('columnheader', { name: 'Calls' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: '#' }).getByRole('button').click();
  assert.deepEqual(await names(page), shown);
  for (const choose of await page.locator('#route-table button.choose').all())
    await choose.evaluate('(button) => button.click()');
  assert.equal(await page.locator('script').count(), 2);
  assert.equal(await page.locator('img, a, iframe, [onerror], [onmouseover], [style]:not(.uplot *)').count(), 0);
  assert.deepEqual(trouble, []);
});

test('another report takes the place of this one and keeps what was chosen', BROWSER, async () => {
  const { page, trouble } = await visit(LAB);
  await page.getByLabel('Search').fill('leak');
  await page.getByRole('button', { name: '/leak/big/{id}' }).click();
  await page.evaluate(`{
    const data = JSON.parse(document.getElementById('report-data').textContent);
    data.report.totals.requests = 4711;
    data.report.routes = data.report.routes.slice(1);
    leakrankPage.update(data);
  }`);
  assert.match((await page.locator('.what').textContent())!, /^4,711 requests/);
  assert.equal(await page.getByLabel('Search').inputValue(), 'leak');
  assert.deepEqual(await names(page), ['/leak/big/{id}', '/leak/cache-unbounded/{hash}', '/leak/small/{id}']);
  assert.equal(await page.locator('#route-name').textContent(), '/leak/big/{id}');
  assert.equal(await page.locator('canvas').count(), 2);
  assert.deepEqual(trouble, []);
});
