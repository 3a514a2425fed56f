/** Random numbers that are the same in every run: a simulation's figures must not change from call to call. */
export interface Random {
  /** In [0, 1). */
  next: () => number;
  /** In [0, below). */
  integer: (below: number) => number;
}

/** Marsaglia's xorshift32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return { next, integer: (below) => Math.floor(next() * below) };
}

/** Of the normal distribution, mean 0 and deviation 1 (Box and Muller 1958). */
export function normal({ next }: Random): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
