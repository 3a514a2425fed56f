/**
 * gunicorn.conf.py: its access_log_format, where that is a string written out. The file is a program and is not run: only
 * string literals are read, one behind the other as Python joins them.
 */
import { UserError } from '../../errors.ts';
import type { ServerConfig } from './server-config.ts';

const ASSIGNMENT = /^[ \t]*access_log_format[ \t]*(?::[ \t]*\w+[ \t]*)?=[ \t]*/gm;
/** What may stand between two literals: blanks, comments, the parentheses around all. */
const BETWEEN = /(?:\s|#[^\n]*\n|\\\n|\+|\()*/y;
const LITERAL = /([rRbBuUfF]{0,2})("""|'''|"|')/y;

/** @throws UserError when the string is computed. */
export function readGunicornConfig(text: string, name: string): ServerConfig {
  let logFormat: string | undefined;
  // As in Python the last assignment counts.
  for (const found of text.matchAll(ASSIGNMENT)) logFormat = literalsAt(text, found.index + found[0].length, name);
  return { logFormat, logEncoders: [], includes: [] };
}

function literalsAt(text: string, start: number, name: string): string {
  const isOpen = text[start] === '(';
  let value: string | undefined;
  let at = start;
  for (;;) {
    BETWEEN.lastIndex = at;
    BETWEEN.test(text);
    // Outside parentheses an assignment ends with its line.
    const gap = text.slice(at, BETWEEN.lastIndex);
    if (value !== undefined && !isOpen && gap.replaceAll('\\\n', '').includes('\n')) return value;
    LITERAL.lastIndex = BETWEEN.lastIndex;
    const found = LITERAL.exec(text);
    if (!found) break;
    const [opening, prefix = '', quote = ''] = found;
    const from = BETWEEN.lastIndex + opening.length;
    const end = endOfLiteral(text, from, quote);
    if (end < 0 || /f/i.test(prefix)) break;
    const body = text.slice(from, end);
    value = (value ?? '') + (/r/i.test(prefix) ? body : unescaped(body));
    at = end + quote.length;
  }
  const rest = text.slice(at).trimStart()[0] ?? '';
  if (value !== undefined && (isOpen ? rest === ')' : !/[.%+[(\w]/.test(rest) || text.slice(at).startsWith('\n')))
    return value;
  throw new UserError(
    `--config-from ${name} computes its access_log_format; give the resulting string with --log-format '…'`,
  );
}

function endOfLiteral(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at;
    else if (quote.length === 1 && text[at] === '\n') return -1;
  }
  return -1;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '\n': '' };

function unescaped(body: string): string {
  return body.replace(/\\([\s\S])/g, (whole, character: string) => ESCAPES[character] ?? whole);
}
