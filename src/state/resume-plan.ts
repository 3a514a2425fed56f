/**
 * Which files a run has to read that goes on where another stopped, and in which order: those that were named, and before
 * them what has come of earlier ones since they were rotated. Nothing between the two is left out.
 */
import { resolve } from 'node:path';
import { rotatedSet } from '../source/rotated-set.ts';
import { inOrderOfRotation, rotatedName } from '../source/rotation.ts';
import { fileSource, type Source } from '../source/source.ts';
import { examine, type FoundFile, matchPositions, type Position } from './positions.ts';

export interface PlannedFile {
  /** Named like the one that was named, where it is another file of its set. */
  source: Source;
  path: string;
  /** Undefined where it cannot be read; reading it says why. */
  found: FoundFile | undefined;
  position: Position | undefined;
  /** The last of its set: it may still be written. */
  isLast: boolean;
}

/** @param sources files only, in the order of their sets. */
export async function planResumption(
  sources: readonly (Source & { path: string })[],
  positions: readonly Position[],
): Promise<PlannedFile[]> {
  const sets = new Map<string, (Source & { path: string })[]>();
  for (const source of sources) {
    const { set } = rotatedName(resolve(source.path));
    sets.set(set, [...(sets.get(set) ?? []), source]);
  }
  const planned: PlannedFile[] = [];
  for (const [set, named] of sets) planned.push(...(await planSet(set, named, positions)));
  return planned;
}

async function planSet(
  set: string,
  named: readonly (Source & { path: string })[],
  positions: readonly Position[],
): Promise<PlannedFile[]> {
  const sourceOf = new Map(named.map((source) => [resolve(source.path), source]));
  const isKnown = positions.some(({ path }) => rotatedName(path).set === set);
  const paths = inOrderOfRotation([...new Set([...(isKnown ? await rotatedSet(set) : []), ...sourceOf.keys()])]);
  // What is newer than all that was named was not asked for.
  const last = paths.findLastIndex((path) => sourceOf.has(path));
  const examined = new Map<string, FoundFile | undefined>();
  for (const path of paths.slice(0, last + 1)) examined.set(path, await examine(path));
  const files = [...examined.values()].filter((file) => file !== undefined);
  const matches = matchPositions(files, positions);
  const twins = new Set(files.filter((file) => isTwin(file, files, matches)));
  const isFound = (file: FoundFile | undefined) => file !== undefined && matches.has(file);
  const first = [...examined.values()].findIndex(isFound);
  const newest = sourceOf.get(paths[last]!)!;
  return [...examined].flatMap(([path, found], i) => {
    const own = sourceOf.get(path);
    if (found === undefined ? !own : twins.has(found)) return [];
    const position = found && matches.get(found);
    // Older than all that was ever read, or of days when rotated files were named otherwise.
    const isBetween = first >= 0 && i > first && groupOf(path) === groupOf(paths[first]!);
    if (!own && !position && !isBetween) return [];
    // Compressed files do not grow.
    if (found?.isCompressed && position?.reader === null) return [];
    const source = own ?? { ...fileSource(path, newest.place), name: newest.name };
    return [{ source, path, found, position, isLast: i === last }];
  });
}

function groupOf(path: string): number {
  return rotatedName(path).place[0];
}

/** While a file is compressed both are there; the compressed one is not whole. */
function isTwin(file: FoundFile, files: readonly FoundFile[], matches: ReadonlyMap<FoundFile, Position>): boolean {
  if (!file.isCompressed || matches.has(file)) return false;
  return files.some((other) => {
    const length = Math.min(file.head.length, other.head.length);
    return !other.isCompressed && length > 0 && file.head.subarray(0, length).equals(other.head.subarray(0, length));
  });
}
