/** Text from a log made safe to show, wherever it is shown. */

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
