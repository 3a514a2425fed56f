/**
 * Finds the path segments that stand for a value although their form does not say so: slugs, names, keys. A position under
 * one parent that took many different values, each of them few times, is one route with a placeholder; values that carry a
 * good part of the traffic on their own (`/users/me` beside the names) keep theirs.
 *
 * A function of all names and their calls, so it does not matter in which order they came or from how many hosts.
 */

export const LEARNED_PLACEHOLDER = '{name}';

/** Different values at one position before it can be folded; directly below the root, where sites have many pages, more. */
const FEWEST_VALUES = 30;
const FEWEST_VALUES_AT_ROOT = 100;
/** A value with more calls than this is a place: no site is called that often for each of many values… */
const MOST_CALLS_PER_VALUE = 25;
/** …unless there are so many that nobody wrote them down as routes. */
const SURELY_VALUES = 200;
/** Of the calls at a position: a value that has more keeps its name. */
const OWN_SHARE = 0.05;

/**
 * Forms that overlap: of random hexadecimal keys a few have digits only, or letters only. Beside many of the form on the
 * left, a few segments of the form on the right are the same thing.
 */
const STRAYS: { placeholder: string; stray: RegExp }[] = [
  { placeholder: '{hash}', stray: /^(?:\{id\}|[\da-f]{6,})$/i },
  { placeholder: '{key}', stray: /^[A-Za-z]{1,12}[-_]?\d+$/ },
  { placeholder: '{token}', stray: /^(?:\{hash\}|\{key\}|[\w-]{16,})$/ },
];
/** Of the calls with the usual form. */
const STRAY_SHARE = 0.1;

interface Node {
  calls: number;
  children: Map<string, Node>;
  /** The names that end here. */
  routes: number[];
}

/** @returns for each name the name of the route it belongs to; most often itself. */
export function learnRoutes(names: readonly string[], calls: readonly number[]): string[] {
  const root: Node = { calls: 0, children: new Map(), routes: [] };
  for (const [route, name] of names.entries()) {
    if (name.startsWith('/')) insert(root, name.split('/').slice(1), route, calls[route] ?? 0);
  }
  const learned = [...names];
  walk(root, '', 0, learned);
  return learned;
}

function insert(root: Node, segments: readonly string[], route: number, calls: number): void {
  let node = root;
  for (const segment of segments) {
    let child = node.children.get(segment);
    if (!child) {
      child = { calls: 0, children: new Map(), routes: [] };
      node.children.set(segment, child);
    }
    child.calls += calls;
    node = child;
  }
  node.routes.push(route);
}

function walk(node: Node, path: string, depth: number, learned: string[]): void {
  for (const route of node.routes) learned[route] = path === '' ? '/' : path;
  gatherStrays(node);
  fold(node, depth);
  for (const [segment, child] of node.children) walk(child, `${path}/${segment}`, depth + 1, learned);
}

function gatherStrays(node: Node): void {
  for (const { placeholder, stray } of STRAYS) {
    const usual = node.children.get(placeholder);
    if (!usual) continue;
    for (const [segment, child] of [...node.children]) {
      if (segment === placeholder || !stray.test(segment) || child.calls > STRAY_SHARE * usual.calls) continue;
      node.children.delete(segment);
      merge(usual, child);
    }
  }
}

/** Merges the children of a position that are values into one. */
function fold(node: Node, depth: number): void {
  const values = [...node.children].filter(([segment]) => !/^\{\w+\}$/.test(segment) && segment !== '');
  if (values.length < (depth === 0 ? FEWEST_VALUES_AT_ROOT : FEWEST_VALUES)) return;
  const calls = values.reduce((sum, [, child]) => sum + child.calls, 0);
  const folded = values.filter(([, child]) => child.calls <= OWN_SHARE * calls);
  if (folded.length < FEWEST_VALUES) return;
  const median = folded.map(([, child]) => child.calls).sort((a, b) => a - b)[folded.length >> 1]!;
  if (median > MOST_CALLS_PER_VALUE && folded.length < SURELY_VALUES) return;
  const merged = node.children.get(LEARNED_PLACEHOLDER) ?? { calls: 0, children: new Map(), routes: [] };
  for (const [segment, child] of folded) {
    node.children.delete(segment);
    merge(merged, child);
  }
  node.children.set(LEARNED_PLACEHOLDER, merged);
}

function merge(into: Node, from: Node): void {
  into.calls += from.calls;
  into.routes.push(...from.routes);
  for (const [segment, child] of from.children) {
    const known = into.children.get(segment);
    if (known) merge(known, child);
    else into.children.set(segment, child);
  }
}
