/**
 * What pyuwsgimemhog 0.3.0 reads of a line. Its expression holds four `.*` over text that clients write, so a search with
 * backtracking can be made to take minutes; here the same choice is made by looking for each part once. What the greedy
 * expression decides is: the first memory figure and pid of the line, the last sound ` => generated … (HTTP/x.y NNN)`, and
 * before it the last `[date] VERB /`, provided that counters and an address stand in between.
 *
 * Python's \d, \w and \s know all of Unicode, hence the classes below.
 */

const HEAD = /\{rss usage: (\p{Nd}+) bytes\/\p{Nd}+MB\} \[pid: (\p{Nd}+)\|app: /uy;
const REQUEST =
  /\[[\p{L}\p{N}_]+ [\p{L}\p{N}_]+[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+\p{Nd}+ \p{Nd}+:\p{Nd}+:\p{Nd}+ \p{Nd}+\] (?:GET|POST|HEAD|PATCH|PUT|DELETE) (?=\/)/uy;
const TAIL = / => generated \p{Nd}+ bytes in \p{Nd}+ msecs \(HTTP\/\p{Nd}[^\n]\p{Nd} \p{Nd}+\)/uy;

export interface ClassicLine {
  pid: string;
  rss: string;
  path: string;
}

/** Linear in the line's length. */
export function parseClassicLine(line: string): ClassicLine | undefined {
  const head = firstMatch(line, '{rss usage: ', HEAD);
  if (!head) return undefined;
  const tail = lastMatch(line, ' => generated ', TAIL, line.length);
  const behindHead = head.index + head[0].length;
  if (!tail || tail.index < behindHead) return undefined;
  // The path takes at least its slash, which the expression wants before the tail.
  const request = lastMatch(line, ' [', REQUEST, tail.index - 1, 1);
  if (!request) return undefined;
  const pathAt = request.index + request[0].length;
  const counters = line.indexOf('|req: ', behindHead);
  if (counters < 0 || !addressBetween(line, counters + '|req: '.length, request.index - 1)) return undefined;
  return { rss: asciiDigits(head[1]!), pid: head[2]!, path: line.slice(pathAt, tail.index) };
}

/** The path as pyuwsgimemhog names it: urllib's urlparse, no slash at the end, and digits as 0 when asked for. */
export function classicPath(uri: string, normalizeNumbers: boolean): string {
  let path = uri.replace(/[\t\r\n]/g, '');
  if (path.startsWith('//')) {
    const authority = path.slice(2).search(/[/?#]/);
    path = authority < 0 ? '' : path.slice(2 + authority);
  }
  path = path.split('#', 1)[0]!.split('?', 1)[0]!;
  const parameters = path.indexOf(';', Math.max(0, path.lastIndexOf('/')));
  if (parameters >= 0) path = path.slice(0, parameters);
  if (path !== '/') path = withoutTrailingSlashes(path);
  return normalizeNumbers ? path.replace(/\p{Nd}+/gu, '0') : path;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function firstMatch(line: string, start: string, expression: RegExp): RegExpExecArray | undefined {
  for (let at = line.indexOf(start); at >= 0; at = line.indexOf(start, at + 1)) {
    expression.lastIndex = at;
    const match = expression.exec(line);
    if (match) return match;
  }
  return undefined;
}

/** The last match that begins `offset` behind a `start` and ends at or before `end`. */
function lastMatch(
  line: string,
  start: string,
  expression: RegExp,
  end: number,
  offset = 0,
): RegExpExecArray | undefined {
  for (let at = line.lastIndexOf(start, end); at >= 0; at = at === 0 ? -1 : line.lastIndexOf(start, at - 1)) {
    expression.lastIndex = at + offset;
    const match = expression.exec(line);
    if (match && match.index + match[0].length <= end) return match;
  }
  return undefined;
}

/** Whether `] ` and an address followed by a space stand in [from, to); the space may not be the one at `to`. */
function addressBetween(line: string, from: number, to: number): boolean {
  for (let at = line.indexOf('] ', from); at >= 0 && at < to; at = line.indexOf('] ', at + 1)) {
    if (addressAt(line, at + 2, to)) return true;
  }
  return false;
}

/**
 * Whether `\d+.\d+.\d+.\d+ ` matches at `at`, where `.` is any character, digits too: a set of the expression's states is
 * carried along. State 2k: the k-th number has not begun; 2k + 1: it has.
 */
function addressAt(line: string, at: number, to: number): boolean {
  let states = 1;
  for (let i = at; i < to && states !== 0; ) {
    const character = String.fromCodePoint(line.codePointAt(i)!);
    i += character.length;
    const digit = /\p{Nd}/u.test(character);
    if (character === ' ' && (states & 0b10000000) !== 0) return true;
    let next = 0;
    for (let number = 0; number < 4; number++) {
      const waiting = 1 << (2 * number);
      const inside = waiting << 1;
      if (digit && (states & (waiting | inside)) !== 0) next |= inside;
      if (number < 3 && (states & inside) !== 0) next |= inside << 1;
    }
    states = next;
  }
  return false;
}

/** Python's int() reads the digits of every script. */
function asciiDigits(digits: string): string {
  return /^[0-9]+$/.test(digits) ? digits : digits.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Decimal digits of a script stand in a row of ten from its zero on. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
