/** Why a path belongs to its route: which rule named it, or which of its segments were taken for values. */
import type { Evidence } from '../attribute/evidence.ts';
import type { Options } from '../options.ts';
import { groupPath, normalPath, pathOf } from '../route/path.ts';
import { isPlaceholder } from '../route/placeholders.ts';
import { parseMethod } from '../route/rules/rule.ts';
import { learnedNames } from './gather-routes.ts';

export interface PathExplanation {
  path: string;
  route: string;
  /** One sentence each. */
  reasons: string[];
}

/** @param wanted a path, a URI, or either with its method before it. */
export function explainPath(
  wanted: string,
  evidence: Evidence,
  { group, route: routeFunction, rules }: Pick<Options, 'group' | 'route' | 'rules'>,
): PathExplanation {
  const { method, rest: uri } = parseMethod(wanted);
  const path = pathOf(uri);
  const named = routeFunction?.(uri);
  if (named !== undefined) return { path, route: named, reasons: ['The route function names it.'] };
  const normal = normalPath(path);
  const form = normal === path ? [] : [`Its normal form is ${normal}.`];
  const rule = rules.match(normal, method);
  if (rule)
    return {
      path,
      route: rule.name,
      reasons: [...form, `The rule ${rule.text} (${rule.where}) is the first that matches.`],
    };
  if (!group) return { path, route: path, reasons: ['Paths are kept as they are (--no-group).'] };
  const grouped = groupPath(path);
  const route = learnedRoute(grouped, evidence);
  const originals = normal.split('/');
  const forms = grouped.split('/');
  const segments = (route ?? grouped).split('/');
  const reasons = segments.flatMap((segment, i) => {
    const original = originals[i] ?? '';
    if (segment === original) return [];
    return [
      segment === forms[i]
        ? `${original} has the form of ${segment}.`
        : `${original} is one of the many different segments of this position in the log: ${segment}.`,
    ];
  });
  const unseen = route === undefined ? ['No request of the log has this route.'] : [];
  const plain = reasons.length === 0 ? ['No rule matches, and none of its segments looks like a value.'] : [];
  return { path, route: route ?? grouped, reasons: [...form, ...reasons, ...plain, ...unseen] };
}

/** The route that the log's own paths of this form have; of several the one with most in common. */
function learnedRoute(grouped: string, evidence: Evidence): string | undefined {
  const names = learnedNames(evidence, true);
  const known = evidence.routes.findIndex(({ name, given }) => !given && name === grouped);
  if (known >= 0) return names[known];
  const segments = grouped.split('/');
  let best: { route: string; same: number } | undefined;
  for (const [i, route] of names.entries()) {
    if (evidence.routes[i]!.given) continue;
    const parts = route.split('/');
    const fits = (part: string, at: number) =>
      part === segments[at] || (/^\{(?:name|locale)\}/.test(part) && !isPlaceholder(segments[at] ?? ''));
    if (parts.length !== segments.length || !parts.every(fits)) continue;
    const same = parts.filter((part, at) => part === segments[at]).length;
    if (best === undefined || same > best.same) best = { route, same };
  }
  return best?.route;
}
