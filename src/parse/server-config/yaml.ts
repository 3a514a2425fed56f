/**
 * uWSGI's yaml files. With libyaml the server reads YAML, without it only lines "key: value" (core/yaml.c), where a value may
 * begin with what YAML refuses: a log-format mostly does. So what is no YAML is read by lines.
 */
import { load } from '../../load.ts';
import type { Setting } from './server-config.ts';

export function readYaml(text: string, section: string): Setting[] {
  const { parseDocument } = load('yaml') as typeof import('yaml');
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0) return readLines(text, section);
  const { isMap, isScalar, isSeq } = load('yaml') as typeof import('yaml');
  const settings: Setting[] = [];
  const add = (key: string, value: unknown) => {
    if (isSeq(value)) for (const item of value.items) add(key, item);
    else if (isScalar(value)) settings.push([key, String(value.value ?? '')]);
    // An unquoted "{…}" is a map to YAML, and a string to the server.
    else settings.push(...readLines(text, section).filter(([name]) => name === key));
  };
  const chosen = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === section)?.value
    : undefined;
  if (!isMap(chosen)) return [];
  for (const { key, value } of chosen.items) if (isScalar(key)) add(String(key.value), value);
  return settings;
}

function readLines(text: string, section: string): Setting[] {
  const settings: Setting[] = [];
  let present = '';
  for (const line of text.split('\n')) {
    const [, indent, key, value = ''] = /^(\s*)(?:- )?([\w-]+)\s*:(?:\s+(.*?))?\s*$/.exec(line) ?? [];
    if (key === undefined) continue;
    if (indent === '') present = key;
    else if (present === section) settings.push([key, withoutQuotes(value)]);
  }
  return settings;
}

function withoutQuotes(value: string): string {
  const quote = value[0];
  const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return isQuoted ? value.slice(1, -1) : value;
}
