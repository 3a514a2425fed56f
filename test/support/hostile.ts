/** Names that someone might request to do harm where the report is shown, and a report that is full of them. */
import type { GateReport, Report } from '../../src/index.ts';
import { gateReport } from './gate.ts';
import { reportOf, textOf } from './report.ts';
import { uwsgiLine } from './uwsgi-line.ts';

export const HOSTILE: readonly string[] = [
  '/<script>alert(1)</script>',
  '/"><img src=x onerror=alert(1)>',
  "/'onmouseover='alert(1)",
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '=cmd()',
  '=1+1',
  '+1',
  '-1',
  '@SUM(1)',
  ' =cmd()',
  '＝cmd()',
  '/a;=cmd()',
  '"=cmd()"',
  '"',
  '/esc\x1b[31mred\x1b[0m',
  '/title\x1b]0;owned\x07',
  '/bidi\u202eetadilav',
  '/two\nlines',
  '/two\r\nlines',
  '/tab\tcell',
  '\n::error::forged',
  '::error::forged',
  '::add-mask::a',
  '##[error]forged',
  '/a##[stop-commands]x',
  '##vso[task.setvariable variable=x]y',
  '/100%25%0A::error::x',
  `/${'long/'.repeat(1638)}`,
  `/${'long/'.repeat(1638)}twin`,
  '/back\\slash',
  '/back\\|pipe|',
  '/`tick``ticks',
  '/[link](javascript:alert(1))',
  '/**bold** _it_ ~~s~~ @user #1',
  '/a | b | c',
  '',
  ' ',
  '{route="x"} 1',
  '/x"} 1\\',
  ']]>',
  '&amp;&#0;',
  '/\ufffe\uffff',
  '/lone\ud800',
  '/søk/日本語',
];

/** Characters that act on a terminal, or hide or turn text; line feeds apart. */
export const UNSAFE: RegExp =
  /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
/** What a CI runner takes for a command. */
export const RUNNER_COMMAND: RegExp = /^\s*::|##[a-z]*\[/im;

/** Every name is a route that leaks, an example, a file, a worker, a gate and a gate's route. */
export async function hostileReport(): Promise<Report> {
  const lines = HOSTILE.map((_, i) => uwsgiLine({ uri: `/${i}`, ownCount: i + 1, rssBytes: 1e7 + i * 8192 }));
  const report = await reportOf(textOf(lines), { route: (uri) => HOSTILE[Number(uri.slice(1))] });
  const gates: GateReport[] = HOSTILE.map((gate) => ({
    ...gateReport(gate, 1024, [...HOSTILE]),
    match: gate,
  }));
  return {
    ...report,
    inputs: report.inputs.flatMap((input) => HOSTILE.map((name) => ({ ...input, name }))),
    routes: report.routes.map((route) => ({
      ...route,
      verdict: 'leak',
      reason: `always called together with ${route.route}, which may be what leaks`,
      leakedBytes: 1e6,
      leakedBytesPerCall: 1e6,
      examples: [route.route, route.route],
      largestGrowth: route.largestGrowth && { ...route.largestGrowth, file: route.route, uri: route.route },
    })),
    workers: report.workers.flatMap((worker) => HOSTILE.map((name) => ({ ...worker, worker: name, ended: name }))),
    gates,
    warnings: HOSTILE.map((name) => ({ code: 'threads', message: `In ${name} something was seen.` })),
  };
}
