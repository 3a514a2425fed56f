/**
 * The configuration file: `leakrank.config.json` in the working directory, or what stands under "leakrank" in its package.json,
 * or the file that was named. JSON with comments and trailing commas.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Node, ParseError } from 'jsonc-parser';
import { UserError } from '../errors.ts';
import { load } from '../load.ts';

export const CONFIG_FILE = 'leakrank.config.json';
const MANIFEST = 'package.json';
const MANIFEST_KEY = 'leakrank';
const jsonc = () => load('jsonc-parser') as typeof import('jsonc-parser');

export interface Config {
  /** For messages. */
  name: string;
  entries: ConfigEntry[];
}

/** One key and its value. */
export interface ConfigEntry {
  key: string;
  node: Node;
  value: unknown;
  /** `leakrank.config.json:4`. */
  where: string;
}

/**
 * Undefined where there is none.
 * @param named the file of --config; it has to be there.
 * @throws UserError with file and line for what is no JSON object.
 */
export async function readConfig(folder: string, named: string | undefined): Promise<Config | undefined> {
  if (named !== undefined) return parseConfig(named, await read(named));
  const own = await read(join(folder, CONFIG_FILE), true);
  if (own !== undefined) return parseConfig(CONFIG_FILE, own);
  const manifest = await read(join(folder, MANIFEST), true);
  if (!manifest?.includes(MANIFEST_KEY)) return undefined;
  const { findNodeAtLocation, parseTree } = jsonc();
  // Whatever else is wrong with it is not ours to say.
  const tree = parseTree(manifest);
  const node = tree && findNodeAtLocation(tree, [MANIFEST_KEY]);
  return node && configOf(MANIFEST, manifest, node);
}

/** @throws UserError */
export function parseConfig(name: string, text: string | undefined): Config {
  const { parseTree, printParseErrorCode } = jsonc();
  const content = (text ?? '').replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const tree = parseTree(content, errors, { allowTrailingComma: true });
  if (errors[0])
    throw new UserError(
      `${name}:${lineAt(content, errors[0].offset)}: no valid JSON here (${printParseErrorCode(errors[0].error)})`,
    );
  if (!tree) throw new UserError(`${name} is empty: write {} or leakrank init`);
  return configOf(name, content, tree);
}

function configOf(name: string, text: string, node: Node): Config {
  const where = (at: Node) => `${name}:${lineAt(text, at.offset)}`;
  if (node.type !== 'object')
    throw new UserError(`${where(node)}: the configuration has to be an object { … }, not ${typeName(node)}`);
  const entries = (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    if (!key || !value) return [];
    return [{ key: String(key.value), node: value, value: jsonc().getNodeValue(value), where: where(key) }];
  });
  return { name, entries: entries.filter(({ key }) => key !== '$schema') };
}

/** `a number`, `an array`: what a value is, for messages. */
export function typeName({ type }: Node): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : type === 'null' ? 'null' : `a ${type}`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

async function read(path: string, mayBeMissing = false): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (mayBeMissing && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined;
    throw new UserError(
      code === 'ENOENT'
        ? `${path}: there is no such configuration file; leakrank init writes one`
        : `${path} cannot be read (${code}); check the path and its permissions`,
    );
  }
}
