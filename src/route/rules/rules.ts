/** Rules that name routes, in their order: the first that matches a path holds. */
import type { RE2JS } from 're2js';
import type { Rule } from './rule.ts';
import { addToTrie, firstMatch, newTrie, type TrieNode } from './trie.ts';

export class Rules {
  readonly all: readonly Rule[];
  /** Upper-case; of the rules that are for one method only. */
  readonly methods: readonly string[];
  /** Whether the digits of a number in a path can matter. */
  readonly seesNumbers: boolean;
  readonly #trie: TrieNode = newTrie();
  readonly #expressions: { order: number; rule: Rule }[] = [];

  constructor(all: readonly Rule[]) {
    this.all = all;
    this.methods = [...new Set(all.map(({ method }) => method).filter((method) => method !== ''))];
    this.seesNumbers = all.some(({ seesNumbers }) => seesNumbers);
    for (const [order, rule] of all.entries()) {
      if (rule.kind === 'expression') this.#expressions.push({ order, rule });
      else for (const segments of rule.variants) addToTrie(this.#trie, segments, { order, rule });
    }
  }

  get isEmpty(): boolean {
    return this.all.length === 0;
  }

  /** @param path in normal form. @param method upper-case; '' for one that no rule names. */
  match(path: string, method: string): Rule | undefined {
    if (this.isEmpty) return undefined;
    const isFor = (rule: Rule) => rule.method === '' || rule.method === method;
    let found = path.startsWith('/')
      ? firstMatch(this.#trie, path === '/' ? [] : path.slice(1).split('/'), isFor)
      : undefined;
    for (const candidate of this.#expressions) {
      if (found !== undefined && found.order < candidate.order) break;
      const { rule } = candidate;
      if (rule.kind === 'expression' && isFor(rule) && matches(rule.expression, path)) {
        found = candidate;
        break;
      }
    }
    return found?.rule;
  }
}

/** Paths have no slash at their end here; an expression may have been written for those that do. */
function matches(expression: RE2JS, path: string): boolean {
  return expression.matcher(path).find() || expression.matcher(`${path}/`).find();
}

export const NO_RULES: Rules = new Rules([]);
