/**
 * The report as one self-contained page: it opens from disk and fetches nothing. Its policy lets only its own script and style
 * run, by their hashes, and they make no HTML of text. What the page shows stands in it twice: as HTML that reads without
 * script, and as data for the script.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { asset } from '../../asset.ts';
import { safeJson } from '../../term/printable.ts';
import { answer } from '../answer.ts';
import type { PrintContext } from '../printer.ts';
import type { Report } from '../report.ts';
import { h, toHtml } from './element.ts';
import { type PageData, pageData } from './page-data.ts';
import { firstChoice, pageView } from './views/page-view.ts';

export function printHtml(report: Report, { style: { units } }: Pick<PrintContext, 'style'>): string {
  return page(pageData(report, units), []);
}

/**
 * @param connect sources that the page may fetch from, as in a Content-Security-Policy; none for a file.
 * @param live a script beside the page's own, for a page that is served.
 */
export function page(data: PageData, connect: readonly string[], live = ''): string {
  const style = textOf('page.css');
  const scripts = [textOf('page.js'), ...(live === '' ? [] : [live])];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(source).join(' ')}`,
    `style-src ${source(style)}`,
    ...(connect.length > 0 ? [`connect-src ${connect.join(' ')}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = `leakrank: ${answer(data.report, data.units)}`;
  const head = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, title),
  ];
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head>${head.map(toHtml).join('')}<style>${style}</style></head>`,
    `<body>${toHtml(pageView(data, firstChoice(data)))}`,
    `<script type="application/json" id="report-data">${jsonForHtml(data)}</script>`,
    ...scripts.map((script) => `<script>${script}</script>`),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** JSON in which nothing ends a script element or begins a comment. */
export function jsonForHtml(value: unknown): string {
  return safeJson(value).replace(/</g, '\\u003c').replace(/-->/g, '--\\u003e');
}

function source(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}

/** Made from browser/main.ts and page.css by `npm run build`. */
function textOf(name: string): string {
  return readFileSync(asset(`report/html/${name}`), 'utf8').trimEnd();
}
