/**
 * What a field means whose name somebody chose: a logvar, a header, an environment key, a group of a pattern. Names are
 * read as words: "x-rss-kb", "my.rss", "HTTP_X_ROUTE", "viewName".
 */
import { type Meaning, type MemoryMeaning, MIB, memory, NOTHING } from './piece.ts';

const METRICS = new Map<string, MemoryMeaning['metric']>([
  ['rss', 'rss'],
  ['mem', 'rss'],
  ['memory', 'rss'],
  ['uss', 'uss'],
  ['pss', 'pss'],
  ['vsz', 'vsz'],
  ['vms', 'vsz'],
]);

/** Kernel, psutil and ps mean 1024 by all of these. */
export const UNITS: ReadonlyMap<string, number> = new Map([
  ['b', 1],
  ['byte', 1],
  ['bytes', 1],
  ['k', 1024],
  ['kb', 1024],
  ['kib', 1024],
  ['m', MIB],
  ['mb', MIB],
  ['mib', MIB],
  ['g', 2 ** 30],
  ['gb', 2 ** 30],
  ['gib', 2 ** 30],
]);

const DELTA = new Set(['delta', 'diff', 'growth', 'grown', 'change', 'increase']);
/** Not the size of the process after the request. */
const OTHER_FIGURES = new Set([
  'limit',
  'max',
  'peak',
  'hwm',
  'free',
  'available',
  'percent',
  'pct',
  'before',
  'start',
]);
/** Words that say nothing. */
const FILLERS = new Set(['x', 'http', 'wsgi', 'app', 'my', 'request', 'req', 'matched', 'name', 'django', 'flask']);

const MEANINGS = new Map<string, Exclude<Meaning, { is: 'memory' | 'time' }>['is']>([
  ...['route', 'view', 'viewfunc', 'endpoint', 'urlrule', 'rule', 'urlpattern', 'urlname', 'pattern'].map(
    (name) => [name, 'route'] as const,
  ),
  ...['handler', 'action', 'controlleraction', 'task', 'transaction', 'operation', 'resource'].map(
    (name) => [name, 'route'] as const,
  ),
  ...['uri', 'url', 'rawuri', 'fullpath', 'originalurl'].map((name) => [name, 'uri'] as const),
  ...['path', 'pathinfo'].map((name) => [name, 'path'] as const),
  ...['query', 'querystring'].map((name) => [name, 'query'] as const),
  ...['pid', 'processid', 'workerpid'].map((name) => [name, 'pid'] as const),
  ...['worker', 'wid', 'workerid'].map((name) => [name, 'worker'] as const),
  ...['host', 'hostname', 'pod', 'container', 'instance', 'dyno', 'server'].map((name) => [name, 'host'] as const),
  ['method', 'method'],
  ['verb', 'method'],
  ['status', 'status'],
  ['statuscode', 'status'],
]);

/** "nothing" for a name that says nothing this tool uses. */
export function meaningOfName(name: string): Meaning {
  const words = wordsOf(name);
  const figure = memoryOf(words);
  if (figure) return figure;
  const telling = words.filter((word) => !FILLERS.has(word)).join('');
  const is = MEANINGS.get(telling) ?? MEANINGS.get(words.join(''));
  return is === undefined ? NOTHING : { is };
}

function memoryOf(words: readonly string[]): MemoryMeaning | undefined {
  if (words.some((word) => OTHER_FIGURES.has(word))) return undefined;
  for (const word of words) {
    const [, figure = '', glued = ''] = /^(rss|uss|pss|vsz|vms|memory|mem)([kmg]?i?b?)$/.exec(word) ?? [];
    const metric = METRICS.get(figure);
    if (!metric) continue;
    const unit = UNITS.get(glued) ?? words.map((other) => UNITS.get(other)).find((bytes) => bytes !== undefined);
    const unitBytes = unit ?? 1;
    return memory(metric, { unitBytes, quantumBytes: unitBytes, isDelta: words.some((other) => DELTA.has(other)) });
  }
  return undefined;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/[KMG]i?B(?![a-z])/g, (unit) => `_${unit.toLowerCase()}_`)
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
