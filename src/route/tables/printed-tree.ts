/** The tree that find-my-way prints, so Fastify's `printRoutes()`: pieces of paths, each behind those it hangs on, with methods. */
import { pathRule, type Rule } from '../rules/rule.ts';
import { bySpecificity } from '../rules/specificity.ts';
import { linesOf, type TableReader } from './table.ts';

const BRANCH = /^((?:(?:│|\|| ) {3})*)(?:└──|├──|`--|\|--) (.*)$/;

export const readPrintedTree: TableReader = (text, file) => {
  const lines = linesOf(text).filter(({ line }) => line.trim() !== '');
  const branches = lines.flatMap(({ line, number }) => {
    const found = BRANCH.exec(line);
    return found ? [{ depth: found[1]!.length / 4, piece: found[2]!, number }] : [];
  });
  if (branches.length === 0 || branches.length < lines.length / 2) return undefined;
  const pieces: string[] = [];
  const rules: Rule[] = [];
  for (const { depth, piece, number } of branches) {
    const found = /^(.*?)\s*\(([A-Z, -]+)\)(?:\s.*)?$/.exec(piece);
    const own = (found?.[1] ?? piece.replace(/\s+\(.*$/, '')).trim();
    pieces.length = depth;
    pieces[depth] = own === '(empty root node)' ? '' : own;
    if (!found) continue;
    const path = pieces.join('').replace(/^(?!\/)/, '/');
    rules.push(pathRule(path, { method: '', text: path, where: `${file}:${number}`, name: undefined }));
  }
  // The router takes what is fixed first.
  return bySpecificity(rules);
};
