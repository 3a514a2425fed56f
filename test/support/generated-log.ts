/** fast-check generators of whole uWSGI logs: several workers, their requests in any order of the workers. */
import fc from 'fast-check';
import { type UwsgiRequest, uwsgiLine } from './uwsgi-line.ts';

const PATHS = [
  '/',
  '/a',
  '/a/',
  '/users/{n}',
  '/users/{n}/edit',
  '/api/v2/items/{n}?page=2',
  '/søk',
  '*',
  '/b?x=/c',
  '',
];

/** A URI, often one of a few routes. */
export const uri: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...PATHS), fc.integer({ min: 0, max: 99_999 }))
  .map(([path, n]) => path.replace('{n}', String(n)));

export interface GeneratedRequest {
  pid: number;
  line: string;
}

export interface LogShape {
  /** The first pid. */
  firstPid?: number;
  /** Leave out request lines now and then. */
  gaps?: boolean;
  addBytes?: number;
}

/** The requests of a log in its order. */
export function requests(shape: LogShape = {}): fc.Arbitrary<GeneratedRequest[]> {
  const { firstPid = 100, gaps = false, addBytes = 0 } = shape;
  const request = fc.record({
    worker: fc.integer({ min: 0, max: 3 }),
    pages: fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 40 })),
    uri,
    skipped: gaps ? fc.constantFrom(0, 0, 0, 0, 0, 1, 3) : fc.constant(0),
    method: fc.constantFrom('GET', 'POST', 'OPTIONS'),
    status: fc.constantFrom(200, 200, 302, 404, 500),
    second: fc.integer({ min: 0, max: 3600 }),
  });
  return fc.array(request, { maxLength: 60 }).map((all) => {
    const workers = Array.from({ length: 4 }, () => ({ own: 0, rss: 40_960_000 + addBytes }));
    let total = 0;
    return all.map(({ worker, pages, skipped, second, ...rest }) => {
      const state = workers[worker]!;
      state.own += 1 + skipped;
      total += 1 + skipped;
      state.rss += pages * 4096;
      const pid = firstPid + worker;
      const fields: UwsgiRequest = {
        ...rest,
        pid,
        rssBytes: state.rss,
        vszBytes: state.rss * 2,
        ownCount: state.own,
        totalCount: total,
        time: Date.UTC(2026, 10, 23, 20, 0, second),
      };
      return { pid, line: uwsgiLine(fields) };
    });
  });
}

/** The text of a log, at least one line. */
export function logs(shape: LogShape = {}): fc.Arbitrary<string> {
  return requests(shape)
    .filter((all) => all.length > 0)
    .map((all) => all.map(({ line }) => `${line}\n`).join(''));
}
