/**
 * Express's routes as JSON: a list of `{ path, methods }` (express-list-endpoints), or `app._router.stack` / `app.router.stack`
 * itself, whose layers have a `route` with its `path`.
 */
import { pathRule, type Rule } from '../rules/rule.ts';
import type { TableReader } from './table.ts';

export const readExpress: TableReader = (text, file) => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const paths = [...new Set(pathsIn(value, 0))];
  if (paths.length === 0) return undefined;
  return paths.map((path): Rule => pathRule(path, { method: '', text: path, where: file, name: undefined }));
};

const DEEPEST = 8;

function pathsIn(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, depth + 1));
  const { path, url, route, stack, router, _router, methods, method } = value as Record<string, unknown>;
  const own = path ?? url;
  const texts = (Array.isArray(own) ? own : [own]).filter(
    (one): one is string => typeof one === 'string' && one.startsWith('/'),
  );
  if (texts.length > 0 && (methods !== undefined || method !== undefined || stack !== undefined)) return texts;
  return [route, stack, router, _router].flatMap((inner) => pathsIn(inner, depth + 1));
}
