/**
 * What a configuration may hold: the long options of the main command in camelCase, and limits of single routes. It comes from
 * the table of options, so that a new option is a key at once.
 */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Option } from 'commander';
import { collect } from '../cli/analysis-options.ts';

/** Options that make sense for one run only. */
const NOT_CONFIGURABLE = ['config', 'noConfig', 'help', 'version', 'explain', 'explainPath', 'follow'];

export const ROUTE_LIMITS = 'routeLimits';
export const ROUTE_LIMIT_KEYS = ['match', 'maxLeakPerCall', 'maxLeaked'] as const;

export interface ConfigKey {
  key: string;
  option: Option;
  kind: 'flag' | 'list' | 'value';
  /** Whether the value is a whole number rather than a text. */
  isNumber: boolean;
}

export function configKeys(program: CommandUnknownOpts): ConfigKey[] {
  const options = program.options as unknown as readonly Option[];
  const positive = new Set(options.filter(({ negate }) => !negate).map((option) => option.attributeName()));
  return options
    .map((option) => ({ option, key: option.attributeName() }))
    .filter(({ option, key }) => !NOT_CONFIGURABLE.includes(key) && !(option.negate && positive.has(key)))
    .map(({ option, key }) => ({ key, option, kind: kindOf(option), isNumber: isNumber(option) }));
}

function kindOf(option: Option): ConfigKey['kind'] {
  if (option.isBoolean() || option.negate) return 'flag';
  const isRepeatable = (option.parseArg as unknown) === collect || /\(repeatable\)/.test(option.description);
  return isRepeatable || option.variadic ? 'list' : 'value';
}

function isNumber({ parseArg, argChoices }: Option): boolean {
  if (!parseArg || argChoices || (parseArg as unknown) === collect) return false;
  try {
    return typeof parseArg('1', undefined) === 'number';
  } catch {
    return false;
  }
}
