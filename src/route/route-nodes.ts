/** The tree of all routes of a log, by their segments. */
import { isPlaceholder } from './placeholders.ts';

export interface RouteNode {
  calls: number;
  children: Map<string, RouteNode>;
  /** The names that end here. */
  routes: number[];
}

export function newNode(): RouteNode {
  return { calls: 0, children: new Map(), routes: [] };
}

/** Adds a name. The root counts no calls of its own. */
export function enter(root: RouteNode, segments: readonly string[], route: number, calls: number): void {
  let node = root;
  for (const segment of segments) {
    let child = node.children.get(segment);
    if (!child) {
      child = newNode();
      node.children.set(segment, child);
    }
    child.calls += calls;
    node = child;
  }
  node.routes.push(route);
}

export function joinNodes(into: RouteNode, from: RouteNode): void {
  into.calls += from.calls;
  into.routes.push(...from.routes);
  for (const [segment, child] of from.children) {
    const known = into.children.get(segment);
    if (known) joinNodes(known, child);
    else into.children.set(segment, child);
  }
}

/** Whether a segment could be a value: it has no placeholder yet, and is not the empty one behind a last slash. */
export function isValueNode(segment: string): boolean {
  return segment !== '' && !isPlaceholder(segment);
}
