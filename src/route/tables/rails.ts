/** What `rails routes` prints, also with `--expanded`: `posts GET /posts/:id(.:format) posts#show`. */
import { pathRule } from '../rules/rule.ts';
import { linesOf, type TableReader } from './table.ts';

export const readRails: TableReader = (text, file) => {
  const isTable = /^\s*(?:Prefix|Helper(?: \(Path \/ Url\))?)\s+(?:HTTP )?Verb\s+(?:URI Pattern|Path)/m.test(text);
  const isExpanded = /^-*\[ Route \d+ \]/m.test(text);
  if (!isTable && !isExpanded) return undefined;
  return linesOf(text).flatMap(({ line, number }) => {
    const path = isExpanded ? /^\s*URI\s*\|\s*(\/\S*)/.exec(line)?.[1] : /(?:^|\s)(\/\S*)(?:\s+\S.*)?$/.exec(line)?.[1];
    if (path === undefined) return [];
    // A redirect or an engine mounted there has the rest of the path too.
    const isMounted = /\s[A-Z]\w*(?:::[A-Z]\w*)*(?:::Engine)?\s*$/.test(line) && !line.includes('#');
    const rule = (pattern: string) =>
      pathRule(pattern, { method: '', text: path, where: `${file}:${number}`, name: undefined });
    return isMounted && path !== '/' ? [rule(path), rule(`${path.replace(/\/$/, '')}/*path`)] : [rule(path)];
  });
};
