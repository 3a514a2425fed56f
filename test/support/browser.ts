/** A real Chromium, where one is installed; tests that need it are skipped where not, and say so. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
export const CHROMIUM: string | undefined = PLACES.find((path) => path !== '' && existsSync(path));

/** For `test(name, BROWSER, …)`. */
export const BROWSER: { skip?: string } =
  CHROMIUM === undefined ? { skip: 'no Chromium is installed (Debian: apt-get install chromium)' } : {};

// biome-ignore format: one flag after the other
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

let browser: Promise<Browser> | undefined;

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
}

export interface Visit {
  page: Page;
  /** What went wrong: errors, messages on the console (refusals of the policy are among them), dialogs, requests. */
  trouble: string[];
}

/** Opens a file as a user does, from disk. */
export function visit(file: string, options: BrowserContextOptions = {}): Promise<Visit> {
  return visitUrl(`file://${file}`, options);
}

export async function visitUrl(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  browser ??= chromium.launch({ executablePath: CHROMIUM!, args: FLAGS });
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => trouble.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('request', (request) => {
    if (request.url() !== url) trouble.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, trouble };
}
