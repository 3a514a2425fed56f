/** Puts the values of a configuration behind the flags that were typed: those win. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { CommanderError, type Option } from 'commander';
import type { Node } from 'jsonc-parser';
import { UserError } from '../errors.ts';
import type { RouteLimitOptions } from '../gate/limits.ts';
import { type Config, type ConfigEntry, typeName } from './config-file.ts';
import { type ConfigKey, configKeys, ROUTE_LIMIT_KEYS, ROUTE_LIMITS } from './keys.ts';
import { suggestion } from './suggestion.ts';

/**
 * Sets what was not typed.
 *
 * @param known the main command, whose options are the keys.
 * @param program the command that was called, after it has parsed its arguments; keys that it has no option for are left.
 * @param except keys that mean something else to it.
 * @returns the limits of single routes.
 * @throws UserError with file and line for an unknown key or a wrong value.
 */
export function applyConfig(
  config: Config,
  known: CommandUnknownOpts,
  program: CommandUnknownOpts,
  except: readonly string[] = [],
): RouteLimitOptions[] {
  const keys = new Map(configKeys(known).map((key) => [key.key, key]));
  const own = new Map(configKeys(program).map((key) => [key.key, key]));
  const typed = new Set([...own.keys()].filter((key) => isTyped(program, key)));
  let limits: RouteLimitOptions[] = [];
  for (const entry of config.entries) {
    if (entry.key === ROUTE_LIMITS) {
      limits = routeLimits(entry);
      continue;
    }
    const key = keys.get(entry.key);
    if (!key)
      throw new UserError(
        `${entry.where}: unknown key "${entry.key}"${suggestion(entry.key, [...keys.keys(), ROUTE_LIMITS])}`,
      );
    const value = configured(entry, key);
    const target = own.get(entry.key);
    if (!target || except.includes(entry.key) || typed.has(entry.key) || conflicts(target.option, typed, own)) continue;
    program.setOptionValueWithSource(entry.key, value, 'config');
  }
  return limits;
}

function isTyped(program: CommandUnknownOpts, key: string): boolean {
  return ['cli', 'env', 'implied'].includes(program.getOptionValueSource(key) ?? '');
}

/** `"report": "json"` in the file and --json on the command line. */
function conflicts(option: Option, typed: ReadonlySet<string>, own: ReadonlyMap<string, ConfigKey>): boolean {
  const against = (other: Option) => (other as Option & { conflictsWith: string[] }).conflictsWith;
  return [...typed].some(
    (key) => against(option).includes(key) || against(own.get(key)!.option).includes(option.attributeName()),
  );
}

/** As the option makes it of what is typed. */
function configured({ key, node, where }: ConfigEntry, { kind, option, isNumber }: ConfigKey): unknown {
  const wants = (what: string): UserError => new UserError(`${where}: ${key} takes ${what}, not ${shown(node)}`);
  if (kind === 'flag') {
    if (node.type !== 'boolean') throw wants('true or false');
    // false is the same as not typing the flag, except for what is on by default.
    return option.negate || node.value ? node.value : undefined;
  }
  const texts = kind === 'list' && node.type === 'array' ? (node.children ?? []) : [node];
  const allowed = isNumber ? 'number' : 'string';
  if (texts.some(({ type }) => type !== allowed))
    throw wants(kind === 'list' ? 'a list of strings' : isNumber ? 'a number' : expected(option));
  const given = texts.map(({ value }) => String(value));
  try {
    const parse = (text: string, before: unknown) => (option.parseArg ? option.parseArg(text, before) : text);
    return given.reduce<unknown>((before, text) => parse(text, before), undefined);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    throw wants(option.argChoices ? expected(option) : error.message.replace(/^It takes /, '').replace(/\.$/, ''));
  }
}

function expected({ argChoices }: Option): string {
  return argChoices ? `one of ${argChoices.map((choice) => `"${choice}"`).join(', ')}` : 'a string';
}

function shown(node: Node): string {
  return node.type === 'string' || node.type === 'number' || node.type === 'boolean'
    ? JSON.stringify(node.value).slice(0, 60)
    : typeName(node);
}

function routeLimits({ node, value: list, where, key }: ConfigEntry): RouteLimitOptions[] {
  const wrong = (what: string) => new UserError(`${where}: ${what}`);
  if (node.type !== 'array')
    throw wrong(`${key} takes a list of { "match": …, "maxLeakPerCall": … }, not ${shown(node)}`);
  return (node.children ?? []).map((item, i) => {
    const value = (list as unknown[])[i];
    if (item.type !== 'object' || value === null) throw wrong(`${key}[${i}] has to be an object, not ${shown(item)}`);
    for (const [name, field] of Object.entries(value as Record<string, unknown>)) {
      if (!(ROUTE_LIMIT_KEYS as readonly string[]).includes(name))
        throw wrong(`unknown key "${name}" in ${key}[${i}]${suggestion(name, ROUTE_LIMIT_KEYS)}`);
      if (typeof field !== 'string' && !(field === null && name !== 'match'))
        throw wrong(
          `${key}[${i}].${name} takes ${name === 'match' ? 'a regular expression' : 'a size such as "10KiB", or null for no limit'}`,
        );
    }
    if (!('match' in (value as object))) throw wrong(`${key}[${i}] lacks "match", the routes it is for`);
    return { ...(value as RouteLimitOptions) };
  });
}
