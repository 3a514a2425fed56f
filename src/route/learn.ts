/**
 * Finds the path segments that stand for a value although their form does not say so: slugs, names, keys. A position under
 * one parent that took many different values is one route with a placeholder; what is an action by its name (`/users/me`
 * beside the names), or carries far more of the traffic than the values do, keeps its own.
 *
 * A function of all names and their calls, so it does not matter in which order they came or from how many hosts.
 */

import { MOST_ENDINGS } from './path-tree.ts';
import { ANY_ENDING, isPlaceholder } from './placeholders.ts';
import { enter, isValueNode, joinNodes, newNode, type RouteNode } from './route-nodes.ts';
import { areValues, type Before, LEARNED_PLACEHOLDER, placesAmong } from './value-positions.ts';
import { isLanguage, isPlace, namesCollection } from './vocabulary.ts';

export { LEARNED_PLACEHOLDER } from './value-positions.ts';

const LOCALE_PLACEHOLDER = '{locale}';

interface Strays {
  placeholder: string;
  stray: RegExp;
}

/**
 * Forms that overlap: of random hexadecimal keys a few have digits only, or letters only. Beside many of the form on the
 * left, a few segments of the form on the right are the same thing.
 */
const FORM_STRAYS: Strays[] = [
  { placeholder: '{hash}', stray: /^(?:\{id\}|[\da-f]{6,})$/i },
  { placeholder: '{key}', stray: /^[A-Za-z]{1,12}[-_]?\d+$/ },
  { placeholder: '{token}', stray: /^(?:\{hash\}|\{key\}|[\w.-]{16,})$/ },
];
/** Of names a few have digits in them. */
const NAME_STRAYS: Strays = { placeholder: LEARNED_PLACEHOLDER, stray: /^\{(?:key|hash|token)\}$/ };
/** With whatever ending. */
const FILE = /^(\{\w+\})\.(?:\w+|\{format\})$/;
/** Formats of one name that make it one route. */
const FEWEST_FORMATS = 3;
/** Of the calls with the usual form. */
const STRAY_SHARE = 0.1;

/** @returns for each name the name of the route it belongs to; most often itself. */
export function learnRoutes(names: readonly string[], calls: readonly number[]): string[] {
  const root = newNode();
  for (const [route, name] of names.entries()) {
    if (name.startsWith('/')) enter(root, name.split('/').slice(1), route, calls[route] ?? 0);
  }
  const learned = [...names];
  walk(root, '', 0, '', learned);
  return learned;
}

function walk(node: RouteNode, path: string, depth: number, parent: string, learned: string[]): void {
  for (const route of node.routes) learned[route] = path === '' ? '/' : path;
  for (const usual of FORM_STRAYS) gatherStrays(node, usual);
  foldLanguages(node);
  fold(
    node,
    depth === 0 ? 'nothing' : isTypedValue(parent) ? 'value' : namesCollection(parent) ? 'collection' : 'word',
  );
  gatherStrays(node, NAME_STRAYS);
  joinFormats(node);
  for (const [segment, child] of node.children) walk(child, `${path}/${segment}`, depth + 1, segment, learned);
}

function gatherStrays(node: RouteNode, { placeholder, stray }: Strays): void {
  const usual = node.children.get(placeholder);
  if (!usual) return;
  // The rarest first: whatever the order they came in, the same ones are gathered, and once.
  const strays = [...node.children].filter(([segment]) => segment !== placeholder && stray.test(segment));
  for (const [segment, child] of strays.sort(([, a], [, b]) => a.calls - b.calls)) {
    if (child.calls > STRAY_SHARE * usual.calls) break;
    node.children.delete(segment);
    joinNodes(usual, child);
  }
}

/** `/en/…` beside `/de/…`. */
function foldLanguages(node: RouteNode): void {
  const languages = [...node.children.keys()].filter(isLanguage);
  if (languages.length < 2 && !(languages.length > 0 && node.children.has(LOCALE_PLACEHOLDER))) return;
  foldInto(node, languages, LOCALE_PLACEHOLDER);
}

/** A value by its form: what follows a name may be another name (`/repos/{name}/{name}`). */
function isTypedValue(segment: string): boolean {
  return isPlaceholder(segment) && segment !== LEARNED_PLACEHOLDER;
}

/** `/items.json` beside `/items.xml` and `/items.csv`; and files whose names are values, where they have ever new endings. */
function joinFormats(node: RouteNode): void {
  const files = [...node.children.keys()].filter((segment) => FILE.test(segment));
  if (files.length > MOST_ENDINGS) {
    for (const file of files) foldInto(node, [file], file.replace(FILE, `$1${ANY_ENDING}`));
  }
  const formats = new Map<string, string[]>();
  for (const segment of node.children.keys()) {
    const stem = /^(.+)\.(?:json|xml|csv|html?|txt|ya?ml|rss|atom|pdf|xlsx?|\{format\})$/.exec(segment)?.[1];
    if (stem !== undefined) formats.set(stem, [...(formats.get(stem) ?? []), segment]);
  }
  for (const [stem, segments] of formats) {
    if (segments.length >= FEWEST_FORMATS || segments.includes(`${stem}.{format}`))
      foldInto(node, segments, `${stem}.{format}`);
  }
}

/** Merges the children of a position that are values into one. */
function fold(node: RouteNode, before: Before): void {
  const values = [...node.children]
    .filter(([segment]) => isValueNode(segment))
    .map(([segment, child]) => ({ segment, child }));
  if (values.length === 0) return;
  const places = placesAmong(values, node.children.get(LEARNED_PLACEHOLDER)?.calls ?? 0, isPlace);
  const folded = values.filter(({ segment }) => !places.has(segment));
  const known = node.children.has(LEARNED_PLACEHOLDER);
  if (folded.length === 0 || !(known || areValues(folded, before))) return;
  foldInto(
    node,
    folded.map(({ segment }) => segment),
    LEARNED_PLACEHOLDER,
  );
}

function foldInto(node: RouteNode, segments: readonly string[], placeholder: string): void {
  const joined = node.children.get(placeholder) ?? newNode();
  for (const segment of segments) {
    const child = node.children.get(segment);
    if (child === undefined || child === joined) continue;
    node.children.delete(segment);
    joinNodes(joined, child);
  }
  node.children.set(placeholder, joined);
}
