/** What `leakrank inspect` found, for a person at a terminal. Everything from the log is made harmless. */
import stringWidth from 'string-width';
import { type Paint, painter } from '../term/colour.ts';
import { printable, shortenMiddle, wrap } from '../term/text.ts';
import { formatCount, plural } from '../term/units.ts';
import type { InspectedField, InspectedInput, InspectReport, UnmatchedLine } from './inspect-report.ts';

export interface InspectStyle {
  /** Columns of the terminal. */
  width: number;
  colour: boolean;
  ascii: boolean;
}

/** Sentences and lines of the log are not wider, however wide the terminal. */
const WIDEST = 120;
const INDENT = '  ';
/** Columns before the place where a line stopped matching, where the line is too long to show. */
const CONTEXT = 40;

export function printInspect({ inputs }: InspectReport, style: InspectStyle): string {
  const paint = painter(style.colour);
  const width = Math.max(20, Math.min(style.width, WIDEST));
  return `${inputs.map((input) => inputLines(input, { ...style, width }, paint).join('\n')).join('\n\n')}\n`;
}

function inputLines(input: InspectedInput, style: InspectStyle, paint: Paint): string[] {
  const text = (sentence: string) => indented(sentence, style.width);
  return [
    paint('bold', printable(input.name)),
    ...whatItIs(input).flatMap(text),
    ...fieldTable(input.fields, style, paint),
    ...unmatchedLines('The first damaged lines', input.damaged, style, paint),
    ...unmatchedLines('The first lines that are no request', input.unknown, style, paint),
    ...missing(input, style, paint),
  ].map((line) => (style.ascii ? asciiOnly(line) : line));
}

function whatItIs(input: InspectedInput): string[] {
  if (input.lines === 0) return ['Empty.'];
  const formats = input.formats.map(
    ({ format, readings, recognisedBy }) => `${format}: ${plural(readings, 'request line')}, by ${recognisedBy}.`,
  );
  const about = input.eventLines > 0 ? `, ${formatCount(input.eventLines)} of them about workers` : '';
  const damaged = input.malformedLines > 0 ? `, ${formatCount(input.malformedLines)} damaged` : '';
  const percent = `${((input.matchRate ?? 0) * 100).toFixed(1).replace(/\.0$/, '')} %`;
  return [
    ...(formats.length > 0 ? formats : ['No line is a request of a known format.']),
    `${plural(input.lines, 'line')}: ${formatCount(input.readings)} requests (${percent})${damaged}, ${formatCount(input.otherLines)} others${about}.`,
    ...(input.wrappers.length > 0 ? [`Taken off around them: ${input.wrappers.join(', ')}.`] : []),
  ];
}

function fieldTable(fields: readonly InspectedField[], { width, ascii }: InspectStyle, paint: Paint): string[] {
  const present = fields.filter(({ readings }) => readings > 0);
  if (present.length === 0) return [];
  const rows = present.map(({ name, readings, example, meaning }) => [
    name,
    formatCount(readings),
    printable(example ?? ''),
    meaning,
  ]);
  const titles = ['FIELD', 'LINES', 'FIRST VALUE', 'GOOD FOR'];
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => stringWidth(row[i]!))));
  const room = width - INDENT.length - widths[0]! - widths[1]! - widths[3]! - 6;
  const isNarrow = room < titles[2]!.length;
  const last = isNarrow ? width - INDENT.length - widths[0]! - widths[1]! - 4 : room;
  widths[2] = Math.max(8, Math.min(widths[2]!, last));
  const line = ([name, count, example, meaning]: string[]) =>
    [
      name!.padEnd(widths[0]!),
      count!.padStart(widths[1]!),
      padded(shortenMiddle(example!, widths[2]!, ascii ? '...' : '…'), widths[2]!),
      isNarrow ? '' : meaning!,
    ]
      .join('  ')
      .trimEnd();
  const absent = fields.filter(({ readings }) => readings === 0).map(({ name }) => name);
  return [
    '',
    INDENT + paint('bold', line(titles)),
    ...rows.map((row) => INDENT + line(row)),
    ...(absent.length > 0 ? indented(`Not in them: ${absent.join(', ')}.`, width) : []),
  ];
}

/** A sentence, indented; its further lines by two columns more. */
function indented(sentence: string, width: number, indent = INDENT): string[] {
  return wrap(sentence, width - indent.length, INDENT).map((line) => indent + line);
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

function unmatchedLines(title: string, lines: readonly UnmatchedLine[], style: InspectStyle, paint: Paint): string[] {
  if (lines.length === 0) return [];
  return ['', INDENT + paint('bold', title), ...lines.flatMap((line) => unmatchedLine(line, style, paint))];
}

/** The line, and a caret under the first character that did not fit. */
function unmatchedLine({ line, text, stopped }: UnmatchedLine, style: InspectStyle, paint: Paint): string[] {
  const number = `${INDENT}${line}: `;
  const room = style.width - number.length;
  const ellipsis = style.ascii ? '...' : '…';
  const column = stopped?.column ?? 0;
  const fits = stringWidth(printable(text)) <= room;
  const from = fits || column < CONTEXT ? 0 : column - Math.min(CONTEXT, Math.floor(room / 2));
  const before = (from > 0 ? ellipsis : '') + printable(text.slice(from, column));
  const behind = cut(printable(text.slice(column)), room - stringWidth(before), ellipsis);
  const shown = `${number}${before}${behind}`;
  if (!stopped) return [shown];
  const caret = ' '.repeat(number.length + stringWidth(before));
  const reason = `${stopped.format}: here should be ${stopped.expected}`;
  const where =
    caret.length + 2 + stringWidth(reason) <= style.width
      ? [`${caret}^ ${reason}`]
      : [`${caret}^`, `${INDENT}${INDENT}${reason}`];
  return [shown, ...where.map((part) => paint('yellow', part))];
}

function cut(text: string, room: number, ellipsis: string): string {
  if (stringWidth(text) <= room) return text;
  let shown = '';
  for (const character of text) {
    if (stringWidth(shown) + stringWidth(character) > room - ellipsis.length) break;
    shown += character;
  }
  return shown + ellipsis;
}

function missing({ findings }: InspectedInput, { width }: InspectStyle, paint: Paint): string[] {
  if (findings.length === 0) return [];
  return [
    '',
    INDENT + paint('bold', 'What is missing'),
    ...findings.flatMap(({ message, setting }) => [
      ...indented(`- ${message}`, width),
      ...(setting === null
        ? []
        : indented(`Add: ${setting}`, width, INDENT + INDENT).map((line) => paint('green', line))),
    ]),
  ];
}

function asciiOnly(text: string): string {
  return text.replace(/…/g, '...').replace(/[^\x20-\x7e\x1b]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`);
}
