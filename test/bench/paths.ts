/** What requests ask for in a generated log: the routes of an application, or paths that are never the same twice. */
import type { Random } from '../support/random.ts';

const NAMES = ['users', 'orders', 'items', 'search', 'reports', 'cart', 'teams', 'files', 'events', 'tags'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const VOCABULARY = 30;
const COLLIDING = ['aaaaaaa-aaaaaaa-', 'aaaaaaamaaaacaam'];

const known = (route: number, random: Random) =>
  `/${NAMES[route % NAMES.length]}/${NAMES[(route * 7) % NAMES.length]}/r${NAMES[route % 3]}${String.fromCharCode(97 + (route % 26))}${route % 2 ? '' : `/${random.integer(20_000)}`}${route % 3 ? '' : `?page=${random.integer(50)}`}`;

function text(random: Random, letters: string, length: number): string {
  let made = '';
  for (let i = 0; i < length; i++) made += letters[random.integer(letters.length)];
  return made;
}

const word = (random: Random) => text(random, LETTERS, 10);
const segments = (random: Random, count: number, one: (random: Random) => string) =>
  Array.from({ length: count }, () => `/${one(random)}`).join('');

/** By name: the URI of a request to a route. All but `known` forget the route. */
export const PATHS = {
  known,
  /** Letters that have no form: they are learned. */
  word: (_, random) => `/${word(random)}`,
  below: (_, random) => `/x/${word(random)}`,
  three: (_, random) => segments(random, 3, word),
  query: (_, random) => `/a/b/${word(random)}?page=${random.integer(50)}`,
  number: (_, random) => `/${NAMES[random.integer(10)]}/${random.integer(2 ** 30)}`,
  hash: (_, random) => `/x/${text(random, `${DIGITS}abcdef`, 32)}`,
  token: (_, random) => `/x/${text(random, DIGITS + LETTERS + LETTERS.toUpperCase(), 32)}`,
  mixed: (_, random) => segments(random, 1 + random.integer(4), (one) => text(one, DIGITS + LETTERS, 8)),
  /** A file of a form, and endings without end. */
  file: (_, random) => `/x/${random.integer(2 ** 30)}.${text(random, LETTERS, 5)}`,
  escaped: (_, random) => `/x/${word(random)}%20%7E${word(random)}`,
  /** Letters beyond ASCII, as they are and escaped. */
  foreign: (_, random) => `/x/${word(random)}${random.integer(2) ? 'é' : '%C3%A9'}`,
  slashes: (_, random) => `//x/./;v=1/${word(random)};id=7//`,
  absolute: (_, random) => `http://shop.example/x/${word(random)}`,
  host: (_, random) => `${word(random)}.example:443`,
  /** Each word is known, their sequence is not. */
  vocabulary: (_, random) =>
    segments(random, 6, (one) => `w${LETTERS[one.integer(VOCABULARY) % 26]}${one.integer(VOCABULARY) < 26 ? '' : 'x'}`),
  /** Pairs of blocks that a hash by one secret factor often cannot tell apart. */
  collisions: (_, random) =>
    `/x/aaaaa${Array.from({ length: 20 }, () => (random.integer(2) ? COLLIDING[0] : COLLIDING[1])).join('')}`,
  'long-path': (_, random) => `/x/${text(random, LETTERS, 8).repeat(975)}`,
  'long-segments': (_, random) => segments(random, 900, () => text(random, LETTERS, 8)),
  'long-query': (_, random) => `/x/${word(random)}?q=${text(random, LETTERS, 8).repeat(975)}`,
} as const satisfies Record<string, (route: number, random: Random) => string>;

export type PathKind = keyof typeof PATHS;

export function isPathKind(kind: string): kind is PathKind {
  return Object.hasOwn(PATHS, kind);
}
