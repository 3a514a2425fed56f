/** Adds the evidence of disjoint workers: of other files, other containers, other hosts. */
import type { Evidence } from './evidence.ts';
import { EvidenceSum, partOf } from './evidence-sum.ts';

/**
 * The evidence of all parts together, as if they had been read as one log.
 * @throws UserError when the parts follow different memory figures, or share a worker.
 */
export function mergeEvidence(...parts: readonly [Evidence, ...Evidence[]]): Evidence {
  const sum = new EvidenceSum();
  for (const [i, part] of parts.entries()) sum.add(partOf(part), `part ${i + 1}`);
  return sum.evidence();
}
