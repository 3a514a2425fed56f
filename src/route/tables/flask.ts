/** What `flask routes` prints: columns Endpoint, Methods and Rule under a heading, the rule with `<converter:name>`. */
import { pathRule } from '../rules/rule.ts';
import { bySpecificity } from '../rules/specificity.ts';
import { linesOf, type TableReader } from './table.ts';

export const readFlask: TableReader = (text, file) => {
  const lines = linesOf(text);
  const heading = lines.findIndex(
    ({ line }) => /^\s*Endpoint\s.*\bRule\s*$/.test(line) || /^\s*Rule\s+Endpoint\b/.test(line),
  );
  if (heading < 0) return undefined;
  const rules = lines.slice(heading + 1).flatMap(({ line, number }) => {
    // The rule is the one column that begins with a slash; it may hold spaces in a converter's arguments.
    const path = /(?:^|\s{2,})(\/(?:<[^>]*>|\S)*)/.exec(line)?.[1];
    if (path === undefined) return [];
    return [pathRule(path, { method: '', text: path, where: `${file}:${number}`, name: undefined })];
  });
  // Werkzeug orders its rules by how much of them is fixed.
  return bySpecificity(rules);
};
