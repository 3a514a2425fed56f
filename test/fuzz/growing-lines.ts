/** Lines that grow by one hostile text, for the time that a target takes per character. */
import { seededRandom } from '../support/random.ts';
import type { FuzzTarget } from './target.ts';

const TEXTS = [
  ' ',
  'a',
  '1',
  '[',
  '{',
  '"',
  '\\',
  '|',
  ': ',
  '] ',
  '=',
  '\t',
  '#011',
  '\x1b[0m',
  ' => generated ',
  '[pid: ',
  '{"a":',
  'é',
  ') {',
];
const SHORT = 2 ** 14;
export const TIMES_LONGER = 4;
const SEEDS_PER_TEXT = 3;
const RUNS = 7;

export interface Growth {
  /** Of the slowest line: how many times as long one of TIMES_LONGER its length takes. The same is linear, its square quadratic. */
  ratio: number;
  nanosecondsPerCharacter: number;
  /** The text that grew. */
  text: string;
}

export function growingLines({ seeds, create }: FuzzTarget): Growth {
  const random = seededRandom(7);
  const found: Growth = { ratio: 0, nanosecondsPerCharacter: 0, text: '' };
  for (const text of TEXTS) {
    for (let i = 0; i < SEEDS_PER_TEXT; i++) {
      const seed = seeds[random.integer(seeds.length)]!;
      const at = random.integer(seed.length + 1);
      const line = (length: number) =>
        seed.slice(0, at) + text.repeat(Math.ceil(length / text.length)) + seed.slice(at);
      const long = line(TIMES_LONGER * SHORT);
      const nanoseconds = leastNanoseconds(create, long);
      if (nanoseconds / long.length <= found.nanosecondsPerCharacter) continue;
      found.nanosecondsPerCharacter = nanoseconds / long.length;
      found.ratio = nanoseconds / leastNanoseconds(create, line(SHORT));
      found.text = text;
    }
  }
  return found;
}

/** Time of one line: the least of several runs, since whatever else the machine does only adds to it. */
function leastNanoseconds(create: FuzzTarget['create'], text: string): number {
  let least = Number.POSITIVE_INFINITY;
  const subject = create();
  for (let lineNumber = 1; lineNumber <= RUNS; lineNumber++) {
    const start = performance.now();
    subject(text, lineNumber);
    least = Math.min(least, (performance.now() - start) * 1e6);
  }
  return least;
}
