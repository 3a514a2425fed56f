/** Seeded requests to the routes of real applications, with the route that each belongs to. */

import { readFileSync } from 'node:fs';
import { ROOT } from './fixtures.ts';
import { seededRandom } from './random.ts';

export interface Application {
  name: string;
  source: string;
  /** Not looked at while thresholds were set. */
  heldBack: boolean;
  /** A path with `{names}`, and what kind of value each one is. */
  routes: [path: string, ...kinds: string[]][];
}

type Random = ReturnType<typeof seededRandom>;

export function applications(): Application[] {
  return JSON.parse(readFileSync(`${ROOT}fixtures/routes/applications.json`, 'utf8'));
}

export interface RoutedRequest {
  path: string;
  /** As the application's table names it. */
  route: string;
}

/** Routes and values are called as often as Zipf's law has it. */
export function traffic({ routes }: Application, requests: number, seed: number): RoutedRequest[] {
  const random = seededRandom(seed);
  const order = shuffled(routes, random);
  const pools = new Map<string, string[]>();
  return Array.from({ length: requests }, () => {
    const [route, ...kinds] = order[zipf(order.length, 1, random)]!;
    let i = 0;
    const path = route.replace(/\{[^}]*\}/g, (_parameter, at: number) => {
      const kind = kinds[i++]!;
      // The things that a path goes through are the same ones for all paths that do.
      const key = kind + route.slice(0, at).replace(/\{[^}]*\}/g, '{}');
      const pool = pools.get(key) ?? poolOf(kind, random);
      pools.set(key, pool);
      return pool[zipf(pool.length, 0.8, random)]!;
    });
    return { path, route };
  });
}

function poolOf(kind: string, random: Random): string[] {
  if (kind.startsWith('one of ')) return shuffled(kind.slice('one of '.length).split(' '), random);
  if (kind === 'language') return shuffled(['en', 'de', 'fr', 'es', 'it', 'pt', 'ja', 'zh', 'pl', 'nl'], random);
  if (kind === 'year') return Array.from({ length: 12 }, (_, i) => String(2015 + i));
  return Array.from({ length: 1500 }, () => sampleOf(kind, random));
}

const SYLLABLES =
  'ba be bo da den dor el fan gar hol in jo ka ken lan len lo ma mar mi na nor o pe ra ri ro sa sel ta ter to va ven wi ya'.split(
    ' ',
  );
const HEX = '0123456789abcdef';
const TOKEN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function sampleOf(kind: string, random: Random): string {
  const pick = <T>(list: ArrayLike<T>): T => list[random.integer(list.length)]!;
  const many = (count: number, of: () => string) => Array.from({ length: count }, of).join('');
  const word = () => many(2 + random.integer(3), () => pick(SYLLABLES));
  const hex = (count: number) => many(count, () => pick(HEX));
  switch (kind) {
    case 'integer':
      return String(1 + random.integer(90_000));
    case 'decimal':
      return `${random.integer(90)}.${1 + random.integer(9999)}`;
    case 'uuid':
      return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
    case 'object id':
      return hex(24);
    case 'hash':
      return hex(40);
    case 'token':
      return many(34, () => pick(TOKEN));
    case 'date':
      return `20${10 + random.integer(17)}-0${1 + random.integer(9)}-${10 + random.integer(18)}`;
    case 'email':
      return `${word()}@${word()}.example`;
    case 'file':
      return `${word()}-${random.integer(99)}.pdf`;
    case 'country':
      return `${pick(TOKEN)}${pick(TOKEN)}`.toUpperCase().replace(/\d/g, 'X');
    case 'user name':
      return pick([word(), `${word()}${random.integer(100)}`, `${word()}-${word()}`]);
    case 'slug':
      return pick([`${word()}-${word()}`, `${word()}-${word()}-${word()}`, word()]);
    case 'word':
      return word();
    default:
      throw new Error(`no values of the kind ${kind}`);
  }
}

/** A place below `count`, the first ones more often than the later ones. */
function zipf(count: number, exponent: number, random: Random): number {
  if (exponent === 1) return Math.floor(count ** random.next()) % count;
  // The inverse of the integral of x^-s between 1 and count + 1.
  const power = 1 - exponent;
  return Math.min(count - 1, Math.floor((((count + 1) ** power - 1) * random.next() + 1) ** (1 / power) - 1));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
