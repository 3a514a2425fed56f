/** Real lines made wrong in the ways that cut, glued, escaped and forged lines are wrong. */
import type { Random } from '../support/random.ts';

const PIECES = [
  ' ', '  ', '\t', '\r', '\n', '\0', '\x1b[31m', '\x1b', '"', '\\', '\\"', '\\u003e', '\\ud800', "'", '{', '}', '[', ']', '(', ')',
  '<', '>', '|', ':', ',', '=', '#011', '#000', '-', '+', '.', '/', '%', '&', '\ufffd', '\ufeff', 'é', '\u2028', '😀', '\ud800',
  '0', '9', '-1', '1e999', '99999999999999999999', '[pid: ', '{address space usage: ', ' => generated ', ' switches on core ',
  '2026-11-23T20:50:35Z ', 'stderr P ', 'stderr F ', 'web-1  | ', '<29>', 'Nov 23 21:02:44 vm uwsgi: ', '{"log":"', '\\n","stream":"',
  '"rss":', ' rss=', '\trss:', '"__proto__":', '{"MESSAGE":[', 'null', 'true', '[1.2K blob data]',
] as const; // biome-ignore format: a list of pieces

const LONGEST = 20_000;

export function mutate(line: string, other: string, random: Random): string {
  let text = line;
  for (let edits = random.integer(4); edits >= 0; edits--) text = edit(text, other, random);
  return text.slice(0, LONGEST);
}

function edit(text: string, other: string, random: Random): string {
  const at = random.integer(text.length + 1);
  const length = random.integer(random.integer(2) === 0 ? 4 : 80);
  const piece = PIECES[random.integer(PIECES.length)]!;
  switch (random.integer(9)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at) + piece + text.slice(at);
    case 2:
      return text.slice(0, at) + piece + text.slice(at + length);
    case 3:
      return text.slice(0, at) + text.slice(at, at + length).repeat(1 + random.integer(4)) + text.slice(at + length);
    case 4:
      return text.slice(0, at) + piece.repeat(1 + random.integer(100)) + text.slice(at);
    case 5:
      return text.slice(0, at);
    case 6:
      return text.slice(at);
    case 7:
      return text.slice(0, at) + other.slice(random.integer(other.length + 1));
    default:
      return text.slice(0, at) + String.fromCharCode(random.integer(300)) + text.slice(at + 1);
  }
}
