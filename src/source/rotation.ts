/**
 * The order of rotated logs, by their names: `uwsgi.log.2.gz`, `uwsgi.log.1`, `uwsgi.log` (logrotate), `uwsgi.log-20261122.gz`
 * (its dateext), `uwsgi-2026-11-22.log`, `0.log.20261122-101500.gz` (kubelet), `uwsgi.log.1795467103` (uWSGI's log-maxsize:
 * the second of the rotation). Names that are none of these are sets of their own.
 */

import { compareTexts } from '../term/compare-texts.ts';

/** What a name says: which set a file belongs to, and where in it. */
export interface RotatedName {
  /** The name the log has while it is written. */
  set: string;
  /** Dated files come first, oldest first; then numbered ones, the highest first; last the one that is still written. */
  place: readonly [group: 0 | 1 | 2, order: number];
}

const COMPRESSION = /\.(?:gz|br|zst|xz|bz2)$/;
const NUMBERED = /^(.+)\.(\d{1,4})$/;
const NUMBERED_WITHIN = /^(.+)\.(\d{1,4})(\.[a-z]{2,5})$/i;
const SECONDS = /^(.+)\.(1\d{9})$/;
const DATED =
  /^(.+)[.\-_]((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?:[-_T.]?([0-2]\d)(?:[-:.]?([0-5]\d)(?:[-:.]?([0-5]\d))?)?)?(\.[a-z]{2,5})?$/i;

export function rotatedName(path: string): RotatedName {
  const name = path.replace(COMPRESSION, '');
  const seconds = SECONDS.exec(name);
  if (seconds) return { set: seconds[1]!, place: [0, Number(seconds[2]) * 1000] };
  const dated = DATED.exec(name);
  if (dated) {
    const [, stem, year, month, day, hour, minute, second, extension] = dated;
    const time = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    );
    return { set: stem! + (extension ?? ''), place: [0, time] };
  }
  const numbered = NUMBERED.exec(name);
  if (numbered) return { set: numbered[1]!, place: [1, -Number(numbered[2])] };
  const within = NUMBERED_WITHIN.exec(name);
  if (within) return { set: within[1]! + within[3]!, place: [1, -Number(within[2])] };
  return { set: name, place: [2, 0] };
}

/** Puts the files of each set in the order they were written; sets stay in the order in which they were named first. */
export function inOrderOfRotation(paths: readonly string[]): string[] {
  const sets = new Map<string, { path: string; place: RotatedName['place'] }[]>();
  for (const path of paths) {
    const { set, place } = rotatedName(path);
    const known = sets.get(set);
    if (known) known.push({ path, place });
    else sets.set(set, [{ path, place }]);
  }
  return [...sets.values()].flatMap((files) =>
    files.sort(({ place: [a, x] }, { place: [b, y] }) => a - b || x - y).map(({ path }) => path),
  );
}

/** The order of files by their names: sets by theirs, files of a set as they were written. */
export function compareFiles(a: string, b: string): number {
  if (a === b) return 0;
  const first = rotatedName(a);
  const second = rotatedName(b);
  const [group, order] = first.place;
  const [otherGroup, otherOrder] = second.place;
  return compareTexts(first.set, second.set) || group - otherGroup || order - otherOrder || compareTexts(a, b);
}
