/** What a person chose to see, and how keys change it. */
import { SORT_KEYS, type SortKey } from '../options.ts';

export type View = (typeof VIEWS)[number];
const VIEWS = ['all', 'routes', 'workers'] as const;

export interface Choice {
  view: View;
  sort: SortKey;
  /** Text that routes and workers shown have in their names; any case. */
  filter: string;
  /** The filter is being typed. */
  isTyping: boolean;
  /** Rows that are scrolled past. */
  offset: number;
}

export const FIRST_CHOICE: Choice = { view: 'all', sort: 'leaked', filter: '', isTyping: false, offset: 0 };

const LONGEST_FILTER = 200;
const PAGE = 10;

/** Letters that choose what comes first. */
export const SORT_LETTERS: Readonly<Record<string, SortKey>> = {
  l: 'leaked',
  t: 'triggered',
  n: 'net',
  g: 'gross',
  c: 'calls',
  m: 'largest',
  a: 'route',
};

/** @param key as a terminal in raw mode sends it. @returns undefined to quit. */
export function pressed(choice: Choice, key: string): Choice | undefined {
  if (key === '\x03') return undefined;
  if (choice.isTyping) return typed(choice, key);
  const sort = SORT_LETTERS[key];
  if (sort) return { ...choice, sort, offset: 0 };
  switch (key) {
    case 'q':
      return undefined;
    case 's':
      return { ...choice, sort: after(SORT_KEYS, choice.sort), offset: 0 };
    case '\t':
      return { ...choice, view: after(VIEWS, choice.view), offset: 0 };
    case '/':
      return { ...choice, isTyping: true };
    case '\x1b':
      return { ...choice, filter: '', offset: 0 };
    case '\x1b[A':
    case 'k':
      return { ...choice, offset: Math.max(0, choice.offset - 1) };
    case '\x1b[B':
    case 'j':
      return { ...choice, offset: choice.offset + 1 };
    case '\x1b[5~':
      return { ...choice, offset: Math.max(0, choice.offset - PAGE) };
    case '\x1b[6~':
    case ' ':
      return { ...choice, offset: choice.offset + PAGE };
    default:
      return choice;
  }
}

function typed(choice: Choice, key: string): Choice {
  if (key === '\r' || key === '\n') return { ...choice, isTyping: false };
  if (key === '\x1b') return { ...choice, filter: '', isTyping: false, offset: 0 };
  if (key === '\x7f' || key === '\b') return { ...choice, filter: [...choice.filter].slice(0, -1).join(''), offset: 0 };
  // Other keys that are no characters: arrows and the like.
  if (key < ' ') return choice;
  return { ...choice, filter: (choice.filter + key).slice(0, LONGEST_FILTER), offset: 0 };
}

function after<T>(list: readonly T[], item: T): T {
  return list[(list.indexOf(item) + 1) % list.length]!;
}

/** Keys that came in one piece: escape sequences stay whole, characters come one by one. */
export function keysOf(text: string): string[] {
  return text.match(/\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-Za-z]|./gsu) ?? [];
}
