/** Random numbers that are the same in every run. */
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
