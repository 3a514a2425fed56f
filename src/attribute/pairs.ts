/** A small map from routes to numbers as one flat row: route, number, route, number. Few entries, so they are searched. */
export type Pairs = number[];

/** Adds to the number of a route. */
export function addPair(pairs: Pairs, route: number, amount: number): void {
  for (let i = 0; i < pairs.length; i += 2) {
    if (pairs[i] === route) {
      pairs[i + 1]! += amount;
      return;
    }
  }
  pairs.push(route, amount);
}

export function addPairs(into: Pairs, from: Pairs): void {
  // Long rows, of merged windows with many routes, are joined through a map.
  if (into.length > 64 && from.length > 64) {
    const at = new Map<number, number>();
    for (let i = 0; i < into.length; i += 2) at.set(into[i]!, i);
    for (let i = 0; i < from.length; i += 2) {
      const known = at.get(from[i]!);
      if (known === undefined) into.push(from[i]!, from[i + 1]!);
      else into[known + 1]! += from[i + 1]!;
    }
    return;
  }
  for (let i = 0; i < from.length; i += 2) addPair(into, from[i]!, from[i + 1]!);
}
