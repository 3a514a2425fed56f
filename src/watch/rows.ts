/** Tables in which every row is one line of the screen. */
import stringWidth from 'string-width';
import { shortenMiddle } from '../term/text.ts';

export interface ScreenColumn<T> {
  title: string;
  align: 'left' | 'right';
  text: (item: T) => string;
  /** The same text, coloured. */
  painted?: (item: T) => string;
  /** Left out first where there is no room: the highest. 0 stays. */
  rank: number;
}

const GAP = '  ';
/** Columns go before names become shorter than this. */
const READABLE = 30;
const NARROWEST = 8;

/**
 * The first column takes what room is left and is shortened where that is too little. Columns that are empty are left out.
 * @returns the head, then a line per item.
 */
export function screenTable<T>(
  items: readonly T[],
  columns: readonly ScreenColumn<T>[],
  width: number,
  ellipsis: string,
): string[] {
  const [first, ...others] = columns;
  if (!first) return [];
  const rest = others.filter(({ text }) => items.length === 0 || items.some((item) => text(item) !== ''));
  const widths = new Map(
    rest.map((column) => [
      column,
      Math.max(column.title.length, ...items.map((item) => stringWidth(column.text(item)))),
    ]),
  );
  let shown = rest;
  const room = () => width - shown.reduce((sum, column) => sum + GAP.length + widths.get(column)!, 0);
  const longest = Math.max(first.title.length, ...items.map((item) => stringWidth(first.text(item))));
  while (room() < Math.min(longest, READABLE) && shown.some(({ rank }) => rank > 0)) {
    const last = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank !== last);
  }
  while (room() < NARROWEST && shown.length > 0) shown = shown.slice(0, -1);
  const firstWidth = Math.max(1, room());
  const line = (name: string, cells: { text: string; painted: string; column: ScreenColumn<T> }[]) => {
    const short = shortenMiddle(name, firstWidth, ellipsis);
    const head = short + ' '.repeat(Math.max(0, firstWidth - stringWidth(short)));
    const others = cells.map(({ text, painted, column }) => {
      const space = ' '.repeat(Math.max(0, widths.get(column)! - stringWidth(text)));
      return column.align === 'right' ? space + painted : painted + space;
    });
    return [head, ...others].join(GAP).trimEnd();
  };
  return [
    line(
      first.title,
      shown.map((column) => ({ text: column.title, painted: column.title, column })),
    ),
    ...items.map((item) =>
      line(
        first.text(item),
        shown.map((column) => ({
          text: column.text(item),
          painted: column.painted?.(item) ?? column.text(item),
          column,
        })),
      ),
    ),
  ];
}
