/**
 * Where a line stops being uWSGI's default request line. The grammar itself (record.ts) only says yes or no, fast; this goes
 * through the same parts one after the other and is for single lines that people look at.
 */
import type { Mismatch } from '../mismatch.ts';

interface Part {
  /** `%d` stands for digits, `%c` also for a sign before them or a dash alone. */
  template: string;
  /** For people. */
  name: string;
}

const HEAD: readonly Part[] = [
  { template: '{address space usage: %c bytes/%cMB} ', name: '"{address space usage: N bytes/NMB} "' },
  { template: '{rss usage: %d bytes/%dMB} ', name: '"{rss usage: N bytes/NMB} "' },
];
const OWN: readonly Part[] = [
  { template: '{uss usage: %d bytes/%dMB} ', name: '"{uss usage: N bytes/NMB} "' },
  { template: '{pss usage: %d bytes/%dMB} ', name: '"{pss usage: N bytes/NMB} "' },
];
const PROCESS: Part = { template: '[pid: %d|app: %c|req: %c/%c] ', name: '"[pid: N|app: N|req: N/N] "' };
const VARS: Part = { template: '{%d vars in %c bytes} ', name: '"{N vars in N bytes} "' };
const TAIL: readonly Part[] = [
  { template: '%d headers in %d bytes ', name: '"N headers in N bytes "' },
  { template: '(%d switches on core %d)', name: '"(N switches on core N)"' },
];
const DATE = '[Aaa Aaa _0 00:00:00 0000] ';
const KINDS: Record<string, RegExp> = { A: /[A-Z]/, a: /[a-z]/, _: /[ \d]/, '0': /\d/ };
const GENERATED = ' => generated %d bytes in %d ';
const UNIT = /(?:msecs|micros) (?:via (?:sendfile|route|offload)\(\) )?\(/y;
const STATUS = /[^()]{0,4096} \d{1,15}\) /y;

/** The first place, from the left, at which the line cannot be a request's; undefined when it is one, or several. */
export function uwsgiMismatch(line: string): Mismatch | undefined {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  let start = nextHead(text, 0);
  if (start < 0) return { column: 0, expected: '"{address space usage: …}" or "[pid: …"' };
  while (start >= 0) {
    const head = followAll(text, start, partsOfHead(text, start));
    if (head.mismatch) return head.mismatch;
    const next = behindIt(text, head.end);
    const stop = behindHead(next < 0 ? text : text.slice(0, next), head.end);
    if (stop) return stop;
    start = next;
  }
  return undefined;
}

/** Where another record follows, its newline lost. */
function behindIt(text: string, from: number): number {
  const memory = text.indexOf(HEAD[0]!.template.slice(0, HEAD[0]!.template.indexOf('%')), from);
  return memory >= 0 ? memory : text.indexOf('[pid: ', from);
}

/** Where a record begins, or would. */
function nextHead(text: string, from: number): number {
  const memory = text.indexOf('{address ', from);
  return memory >= 0 ? memory : text.indexOf('[pid:', from);
}

function partsOfHead(text: string, start: number): readonly Part[] {
  if (text.charAt(start) !== '{') return [PROCESS];
  const process = text.indexOf('[pid:', start);
  const own = text.indexOf('{uss usage: ', start);
  return own >= 0 && own < process ? [...HEAD, ...OWN, PROCESS] : [...HEAD, PROCESS];
}

/** From the client's address on. */
function behindHead(text: string, at: number): Mismatch | undefined {
  const vars = text.indexOf(') {', at);
  if (vars < 0) return { column: text.length, expected: `"ADDRESS (USER) " and ${VARS.name}` };
  const behindVars = follow(text, vars + 2, VARS.template);
  if (!behindVars.fits) return { column: behindVars.end, expected: VARS.name };
  const date = followDate(text, behindVars.end);
  if (!date.fits) return { column: date.end, expected: 'a date like "[Mon Nov 23 20:50:35 2026] "' };
  // Whatever a client sent, up to the last place that looks like the response's part.
  const generated = text.lastIndexOf(GENERATED.slice(0, GENERATED.indexOf('%')));
  if (generated < date.end)
    return { column: text.length, expected: '" => generated N bytes in N msecs (" behind the URI' };
  const behind = follow(text, generated, GENERATED);
  if (!behind.fits) return { column: behind.end, expected: '" => generated N bytes in N msecs ("' };
  UNIT.lastIndex = behind.end;
  if (!UNIT.test(text)) return { column: behind.end, expected: '"msecs (" or "micros ("' };
  STATUS.lastIndex = UNIT.lastIndex;
  if (!STATUS.test(text)) return { column: UNIT.lastIndex, expected: '"PROTOCOL STATUS) "' };
  const tail = followAll(text, STATUS.lastIndex, TAIL);
  return tail.mismatch;
}

function followAll(text: string, from: number, parts: readonly Part[]): { end: number; mismatch?: Mismatch } {
  let at = from;
  for (const { template, name } of parts) {
    const { end, fits } = follow(text, at, template);
    if (!fits) return { end, mismatch: { column: end, expected: name } };
    at = end;
  }
  return { end: at };
}

/** How far the text follows the template. */
function follow(text: string, from: number, template: string): { end: number; fits: boolean } {
  let at = from;
  for (let i = 0; i < template.length; i++) {
    if (template[i] !== '%') {
      if (text[at] !== template[i]) return { end: at, fits: false };
      at++;
      continue;
    }
    i++;
    const dash = template[i] === 'c' && text[at] === '-';
    if (dash) at++;
    const first = at;
    while (isDigit(text.charCodeAt(at))) at++;
    if (at === first && !dash) return { end: at, fits: false };
  }
  return { end: at, fits: true };
}

function followDate(text: string, from: number): { end: number; fits: boolean } {
  for (let i = 0; i < DATE.length; i++) {
    const kind = KINDS[DATE[i]!];
    const character = text[from + i] ?? '';
    if (kind ? !kind.test(character) : character !== DATE[i]) return { end: from + i, fits: false };
  }
  return { end: from + DATE.length, fits: true };
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
