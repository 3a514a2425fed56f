/** Text from a log made safe for a terminal, and fitted into a column. */
import stringWidth from 'string-width';

/**
 * Control characters (escape sequences begin with one), line and paragraph separators, and the characters that change
 * the direction of the text around them: what could hide, forge or recolour a line of output.
 */
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/**
 * What a CI runner would take for a command wherever it is printed: `::error::` at the beginning of a line or, since text is
 * wrapped, of a word, and `##[error]`, `##vso[…]` anywhere (GitHub's runner, src/Runner.Common/ActionCommand.cs).
 */
const RUNNER_COMMAND = /(?<=^|\s):(?=:)|(?<=#)#(?=[a-z]*\[)/gi;

/** Shows unsafe characters as `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(UNSAFE, escapeCharacter).replace(RUNNER_COMMAND, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** JSON that is safe on a terminal and in a CI log too: the same characters as \u escapes, which mean the same to a parser. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|(?<=#)#(?=[a-z]*\[)/giu,
    (character) => Array.from({ length: character.length }, (_, i) => escapeUnit(character.charCodeAt(i))).join(''),
  );
}

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

/** At most `width` columns: the middle is left out, since the ends of a path say most. */
export function shortenMiddle(text: string, width: number, ellipsis: string): string {
  if (stringWidth(text) <= width) return text;
  const room = Math.max(1, width - ellipsis.length);
  const characters = [...text];
  // The end of a path names the action: it gets the larger half.
  const head = takeColumns(characters, Math.floor(room / 2));
  const tail = takeColumns(characters.toReversed(), room - stringWidth(head));
  return head + ellipsis + [...tail].toReversed().join('');
}

function takeColumns(characters: readonly string[], width: number): string {
  let taken = '';
  let columns = 0;
  for (const character of characters) {
    columns += stringWidth(character);
    if (columns > width) break;
    taken += character;
  }
  return taken;
}

/** Broken between words, though not between a number and its unit, into lines of at most `width` columns; lines after the first begin with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?!(?:[kKMGT]i?)?B\b)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() === '' || stringWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}
