/** Finds the first of many path patterns that matches, in one walk over a tree of their segments. */
import type { Rule } from './rule.ts';
import { matchesSegment, type Segment } from './segment.ts';

export interface Ordered {
  order: number;
  rule: Rule;
}

export interface TrieNode {
  literals: Map<string, TrieNode>;
  others: { text: string; segment: Segment; node: TrieNode }[];
  /** Patterns that end here. */
  ends: Ordered[];
  /** Patterns that take whatever follows. */
  rests: Ordered[];
}

export function newTrie(): TrieNode {
  return { literals: new Map(), others: [], ends: [], rests: [] };
}

export function addToTrie(root: TrieNode, segments: readonly Segment[], ordered: Ordered): void {
  let node = root;
  for (const segment of segments) {
    if (segment.kind === 'rest') {
      node.rests.push(ordered);
      return;
    }
    node = segment.kind === 'literal' ? literalChild(node, segment.text) : otherChild(node, segment);
  }
  node.ends.push(ordered);
}

function literalChild(node: TrieNode, text: string): TrieNode {
  const child = node.literals.get(text) ?? newTrie();
  node.literals.set(text, child);
  return child;
}

function otherChild(node: TrieNode, segment: Segment): TrieNode {
  const text = JSON.stringify(segment);
  const known = node.others.find((other) => other.text === text);
  if (known) return known.node;
  const child = newTrie();
  node.others.push({ text, segment, node: child });
  return child;
}

/** Every node is visited once at most. */
export function firstMatch(
  node: TrieNode,
  segments: readonly string[],
  isFor: (rule: Rule) => boolean,
  at = 0,
): Ordered | undefined {
  const candidates = at === segments.length ? [...node.ends] : [];
  // What takes the rest takes one segment at least.
  if (at < segments.length) candidates.push(...node.rests);
  let best: Ordered | undefined;
  const take = (found: Ordered | undefined) => {
    if (found && (best === undefined || found.order < best.order)) best = found;
  };
  for (const candidate of candidates) if (isFor(candidate.rule)) take(candidate);
  const segment = segments[at];
  if (segment === undefined) return best;
  const literal = node.literals.get(segment);
  if (literal) take(firstMatch(literal, segments, isFor, at + 1));
  for (const other of node.others) {
    if (matchesSegment(other.segment, segment)) take(firstMatch(other.node, segments, isFor, at + 1));
  }
  return best;
}
