/** Several things in a sentence. */
import { formatCount } from '../term/units.ts';

const MOST = 3;

/** `a`, `a and b`, `a, b, c and 4 more`. */
export function listed(items: readonly string[]): string {
  if (items.length > MOST) return `${items.slice(0, MOST).join(', ')} and ${formatCount(items.length - MOST)} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
