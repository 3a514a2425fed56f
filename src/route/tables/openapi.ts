/** OpenAPI 3 (and Swagger 2) in JSON or YAML: https://spec.openapis.org/oas/v3.1.1#paths-object */
import { UserError } from '../../errors.ts';
import { load } from '../../load.ts';
import { pathRule, type Rule } from '../rules/rule.ts';
import { bySpecificity } from '../rules/specificity.ts';
import type { TableReader } from './table.ts';

type Fields = Record<string, unknown>;

export const readOpenApi: TableReader = (text, file) => {
  if (!/^\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(text) && !/"(?:openapi|swagger)"\s*:/.test(text))
    return undefined;
  const document = fieldsOf(parse(text, file));
  const paths = Object.keys(fieldsOf(document.paths)).filter((path) => path.startsWith('/'));
  if (paths.length === 0) throw new UserError(`${file} is an OpenAPI document without paths; name one that has them`);
  const rules = prefixesOf(document).flatMap((prefix) => paths.map((path) => ruleOf(prefix + path, file)));
  // A concrete path is matched before one with a template.
  return bySpecificity(rules);
};

function ruleOf(path: string, file: string): Rule {
  // Templates have names of any characters; whatever else looks like a pattern is text.
  let values = 0;
  const pattern = path
    .split(/(\{[^{}]*\})/)
    .map((piece) => {
      if (!/^\{.*\}$/.test(piece)) return piece.replace(/[\\:*()<>{}]/g, '\\$&');
      const name = piece
        .slice(1, -1)
        .replace(/^[+/]|\*$/g, '')
        .replace(/[^\w.-]/g, '_');
      return `{${name || `value${values++}`}}`;
    })
    .join('');
  return pathRule(pattern, { method: '', text: path, where: file, name: undefined });
}

/** The paths of its servers. An application behind a proxy may log its paths without them: '' is the last. */
function prefixesOf({ servers, basePath }: Fields): string[] {
  const found = Array.isArray(servers) ? servers.map((server) => serverPath(fieldsOf(server))) : [];
  if (typeof basePath === 'string') found.push(basePath);
  return [...new Set([...found.map((prefix) => prefix.replace(/\/+$/, '')), ''])];
}

function serverPath({ url, variables }: Fields): string {
  if (typeof url !== 'string') return '';
  const filled = url.replace(/\{([^{}]*)\}/g, (text, name: string) =>
    String(fieldsOf(fieldsOf(variables)[name]).default ?? text),
  );
  return /^(?:[A-Za-z][\w+.-]*:)?\/\/[^/]*(\/[^?#]*)/.exec(filled)?.[1] ?? (filled.startsWith('/') ? filled : '');
}

function parse(text: string, file: string): unknown {
  try {
    if (text.trimStart().startsWith('{')) return JSON.parse(text);
    const yaml = load('yaml') as typeof import('yaml');
    return yaml.parse(text, { maxAliasCount: 1000, logLevel: 'silent' });
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UserError(`${file} is no valid OpenAPI document: ${first}`);
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
