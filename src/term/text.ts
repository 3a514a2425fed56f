/** Text from a log made safe for a terminal, and fitted into a column. */
import stringWidth from 'string-width';

export { printable, safeJson } from './printable.ts';

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
