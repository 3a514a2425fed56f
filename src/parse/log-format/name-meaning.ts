/**
 * What a field means whose name somebody chose: a logvar, a header, an environment key, a group of a pattern. Names are
 * read as words: "x-rss-kb", "my.rss", "HTTP_X_ROUTE", "viewName".
 */
import { UNIT_BYTES } from '../fields/default-names.ts';
import { type Meaning, type MemoryMeaning, memory, NOTHING } from './piece.ts';

const METRICS = new Map<string, MemoryMeaning['metric']>([
  ['rss', 'rss'],
  ['mem', 'rss'],
  ['memory', 'rss'],
  ['uss', 'uss'],
  ['pss', 'pss'],
  ['vsz', 'vsz'],
  ['vms', 'vsz'],
  ['heap', 'heap'],
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
const FILLERS = new Set([
  'x',
  'http',
  'wsgi',
  'app',
  'my',
  'request',
  'req',
  'matched',
  'name',
  'django',
  'flask',
  'json',
]);

const MEANINGS = new Map<string, Exclude<Meaning, { is: 'memory' }>['is']>([
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
    const [, figure = '', glued = ''] = /^(rss|uss|pss|vsz|vms|heap|memory|mem)([kmg]?i?b?)$/.exec(word) ?? [];
    const metric = METRICS.get(figure);
    if (!metric) continue;
    const unit =
      UNIT_BYTES.get(glued) ?? words.map((other) => UNIT_BYTES.get(other)).find((bytes) => bytes !== undefined);
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
