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
const RUNS = 2;
/** Shorter stretches of CPU time say little. */
const LEAST_MICROSECONDS = 3000;
const MOST_REPETITIONS = 2000;

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

/** CPU time of one line: the least of some runs. */
function leastNanoseconds(create: FuzzTarget['create'], text: string): number {
  let least = Number.POSITIVE_INFINITY;
  const subject = create();
  let lineNumber = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = process.cpuUsage();
    let repetitions = 0;
    let microseconds = 0;
    while (microseconds < LEAST_MICROSECONDS && repetitions < MOST_REPETITIONS) {
      subject(text, ++lineNumber);
      repetitions++;
      microseconds = process.cpuUsage(start).user;
    }
    least = Math.min(least, (microseconds * 1000) / repetitions);
  }
  return least;
}
