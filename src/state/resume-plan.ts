/**
 * Which files a run has to read that goes on where another stopped, and in which order: those that were named, and before
 * them what has come of earlier ones since they were rotated. Nothing between the two is left out.
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { rotatedSet } from '../source/rotated-set.ts';
import { inOrderOfRotation, rotatedName } from '../source/rotation.ts';
import { fileSource, type Source } from '../source/source.ts';
import { examine, type FoundFile, matchPositions, type Position } from './positions.ts';

/** Rotation takes a moment; milliseconds between looks. */
const MOST_ATTEMPTS = 20;
const PAUSE = 20;

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
  const examined = await examineSet(isKnown ? set : undefined, [...sourceOf.keys()]);
  const paths = [...examined.keys()];
  const last = paths.length - 1;
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

/**
 * The files of a set up to the newest that was named, oldest first, as they were at one moment: while files are renamed one
 * after the other, one could be seen twice and another not at all.
 */
async function examineSet(
  set: string | undefined,
  named: readonly string[],
): Promise<Map<string, FoundFile | undefined>> {
  for (let attempt = 1; ; attempt++) {
    const before = await pathsOf(set, named);
    const examined = new Map<string, FoundFile | undefined>();
    for (const path of before) examined.set(path, await examine(path));
    const isSteady =
      (await pathsOf(set, named)).join('\n') === before.join('\n') &&
      (await Promise.all([...examined].map(([path, found]) => isStill(path, found)))).every(Boolean);
    if (isSteady || attempt === MOST_ATTEMPTS) return examined;
    await setTimeout(PAUSE);
  }
}

async function pathsOf(set: string | undefined, named: readonly string[]): Promise<string[]> {
  const siblings = set === undefined ? [] : await rotatedSet(set);
  const paths = inOrderOfRotation([...new Set([...siblings, ...named])]);
  // What is newer than all that was named was not asked for.
  return paths.slice(0, 1 + paths.findLastIndex((path) => named.includes(path)));
}

async function isStill(path: string, found: FoundFile | undefined): Promise<boolean> {
  const status = await stat(path, { bigint: true }).catch(() => undefined);
  // What cannot be read stays so.
  if (!found) return true;
  if (!status) return false;
  return String(status.ino) === found.inode && String(status.dev) === found.device;
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
