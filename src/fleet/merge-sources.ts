/** Adds evidence files one by one: what is in memory is the sum and one of them. */
import type { Evidence } from '../attribute/evidence.ts';
import { EvidenceSum } from '../attribute/evidence-sum.ts';
import { UserError } from '../errors.ts';
import type { Source } from '../source/source.ts';
import { evidenceIn } from './evidence-file.ts';
import { refuseOtherShape } from './shape.ts';
import { decodeEvidence, type Label } from './stored-evidence.ts';

export interface Merged {
  evidence: Evidence;
  label: Label;
}

/** @throws UserError when a file is no evidence, holds something twice, or does not go with the others. */
export async function mergeSources(sources: readonly Source[], signal?: AbortSignal): Promise<Merged> {
  const nameOf = new Map<string, string>();
  const notes = new Set<string>();
  let first: { name: string; label: Label; sum: EvidenceSum } | undefined;
  for (const source of sources) {
    for await (const { bytes, name } of evidenceIn(source)) {
      signal?.throwIfAborted();
      const { part, ...label } = decodeEvidence(bytes, name);
      for (const id of label.ids) {
        const other = nameOf.get(id);
        if (other !== undefined)
          throw new UserError(
            `${name} and ${other} hold the same evidence; its requests would count twice, leave one out`,
          );
        nameOf.set(id, name);
      }
      first ??= { name, label, sum: new EvidenceSum(label.shape.maxRoutes) };
      refuseOtherShape({ name: first.name, shape: first.label.shape }, { name, shape: label.shape });
      for (const note of label.notes) notes.add(note);
      first.sum.add(part, name);
    }
  }
  if (first === undefined) throw new UserError('there is no evidence to merge; make some with: leakrank collect');
  const label = { ids: [...nameOf.keys()].sort(), shape: first.label.shape, notes: [...notes].sort() };
  return { evidence: first.sum.evidence(), label };
}
