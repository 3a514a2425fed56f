/**
 * Evidence as bytes: a line with all sums, then a line for each followed life. So whoever adds many can leave out lives that
 * are not in the sample without reading them.
 */
import type { Evidence, WorkerEvidence } from '../attribute/evidence.ts';
import { type EvidencePart, partOf } from '../attribute/evidence-sum.ts';
import { lifeOfPlain, plainLife } from '../attribute/plain-life.ts';
import { UserError } from '../errors.ts';
import { sha256 } from '../state/sealed-file.ts';
import { isHead, isLife } from './check-evidence.ts';
import type { Shape } from './shape.ts';

/** What is said beside the evidence. */
export interface Label {
  /** What was collected: a hash of each collect's evidence. The same one twice would count twice. */
  ids: string[];
  shape: Shape;
  /** What to tell the user about the options it was collected with. */
  notes: readonly string[];
}

export interface StoredEvidence extends Label {
  part: EvidencePart;
}

/** The first line. */
export interface Head extends Label {
  sums: EvidencePart['sums'];
  workers: { worker: Omit<WorkerEvidence, 'life'>; followed: boolean }[];
}

const HASH_LENGTH = 32;

/** @param ids of what it is the sum of; without them it is something new. */
export function encodeEvidence(evidence: Evidence, { ids, ...label }: Omit<Label, 'ids'> & { ids?: string[] }): Buffer {
  const { sums, workers } = partOf(evidence);
  const head = {
    ...label,
    sums,
    workers: workers.map(({ worker, life }) => ({ worker, followed: life !== null })),
  };
  const lives = workers.flatMap(({ life }) => (life ? [JSON.stringify(plainLife(life()))] : []));
  const own = () => [sha256(Buffer.from([JSON.stringify(head), ...lives].join('\n'))).slice(0, HASH_LENGTH)];
  return Buffer.from([JSON.stringify({ ids: ids ?? own(), ...head } satisfies Head), ...lives, ''].join('\n'));
}

/**
 * @param name of the file, for messages.
 * @throws UserError when these are other bytes; also later, when a damaged life is asked for.
 */
export function decodeEvidence(bytes: Buffer, name: string): StoredEvidence {
  const strange = () =>
    new UserError(`${name} holds something else than evidence of leakrank; collect it again with this version`);
  let at = 0;
  const nextLine = () => {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) throw strange();
    const line = bytes.subarray(at, end);
    at = end + 1;
    return line;
  };
  const head = parsed(nextLine());
  if (!isHead(head)) throw strange();
  const { ids, shape, notes, sums } = head;
  const workers = head.workers.map(({ worker, followed }) => {
    if (!followed) return { worker, life: null };
    const line = nextLine();
    const life = () => {
      const value = parsed(line);
      if (!isLife(value, sums.routes.length)) throw strange();
      return lifeOfPlain(value);
    };
    return { worker, life };
  });
  return { ids, shape, notes, part: { sums, workers } };
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}
