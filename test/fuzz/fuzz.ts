/**
 * npm run fuzz [-- --inputs N] [--seed N] [--target TEXT] [--skip-growth]: mutated real lines for every wrapper and format.
 * Fails on an exception, a broken promise, or memory that grows; prints the time per character of the worst lines that
 * grow, and how it grows with them.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../support/random.ts';
import { growingLines, TIMES_LONGER } from './growing-lines.ts';
import { mutate } from './mutate.ts';
import type { FuzzTarget } from './target.ts';
import { fuzzTargets } from './targets.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '3000000' },
    seed: { type: 'string', default: '1' },
    'skip-growth': { type: 'boolean', default: false },
    target: { type: 'string', default: '' },
  },
});

/** What a target may keep of all its lines. */
const MOST_HEAP_BYTES = 256 * 2 ** 20;
/** Longer ago than this, a line is no longer in memory. */
const CHECK_EVERY = 50_000;

const targets = fuzzTargets().filter(({ name }) => name.includes(values.target));
if (targets.length === 0) throw new Error(`no target has ${values.target} in its name`);
const each = Math.ceil(Number(values.inputs) / targets.length);
let failures = 0;
for (const target of targets) {
  const failure = run(target, each, Number(values.seed));
  if (failure) failures++;
  console.log(`${(failure ?? 'ok').padEnd(4)} ${target.name.padEnd(38)} ${each} inputs${timesOf(target)}`);
}
const heap = process.memoryUsage().heapUsed;
console.log(
  `${targets.length * each} inputs, seed ${values.seed}, ${failures} failures, heap ${(heap / 2 ** 20).toFixed(0)} MiB`,
);
process.exitCode = failures > 0 ? 1 : 0;

function timesOf(target: FuzzTarget): string {
  if (values['skip-growth']) return '';
  const { ratio, nanosecondsPerCharacter: nanoseconds, text } = growingLines(target);
  return `, at worst ${nanoseconds.toFixed(1)} ns per character (of ${JSON.stringify(text)}), ${TIMES_LONGER} times the length in ${ratio.toFixed(1)} times the time`;
}

/** What went wrong first, or undefined. */
function run({ seeds, create }: FuzzTarget, inputs: number, seed: number): string | undefined {
  const random = seededRandom(seed);
  const subject = create();
  const pick = () => seeds[random.integer(seeds.length)]!;
  for (let i = 1; i <= inputs; i++) {
    const text = mutate(pick(), pick(), random);
    try {
      subject(text, i);
    } catch (error) {
      return `FAILED at input ${i}: ${JSON.stringify(text)}\n${error instanceof Error ? error.stack : error}\n`;
    }
    if (i % CHECK_EVERY === 0 && process.memoryUsage().heapUsed > MOST_HEAP_BYTES)
      return `FAILED: ${process.memoryUsage().heapUsed} bytes of heap after ${i} inputs\n`;
  }
  return undefined;
}
