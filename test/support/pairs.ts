import type { Pairs } from '../../src/attribute/pairs.ts';

export function mapOf(pairs: Pairs): Map<number, number> {
  const map = new Map<number, number>();
  for (let i = 0; i < pairs.length; i += 2) {
    if (map.has(pairs[i]!)) throw new Error(`route ${pairs[i]} stands there twice`);
    map.set(pairs[i]!, pairs[i + 1]!);
  }
  return map;
}

export function sumOfPairs(pairs: Pairs): number {
  return [...mapOf(pairs).values()].reduce((sum, value) => sum + value, 0);
}
