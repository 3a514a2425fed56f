/** The rules of `--route`, and behind them those of the files of `--routes-from`. */
import { readFileSync, statSync } from 'node:fs';
import { UserError } from '../../errors.ts';
import { readTable } from '../tables/read-table.ts';
import { parseRule } from './rule.ts';
import { NO_RULES, Rules } from './rules.ts';

/** No route table is larger; a log named by mistake is. */
const LARGEST_FILE = 2 ** 26;

/** @throws UserError with the place of what is no rule. */
export function readRules(texts: readonly string[], files: readonly string[]): Rules {
  if (texts.length === 0 && files.length === 0) return NO_RULES;
  const own = texts.map((text) => parseRule(text, '--route'));
  return new Rules([...own, ...files.flatMap((file) => readTable(read(file), file))]);
}

function read(file: string): string {
  try {
    if (statSync(file).size > LARGEST_FILE)
      throw new UserError(`${file} is too large for a file of routes; --routes-from takes rules or a route table`);
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      code === 'ENOENT'
        ? `${file}: there is no such file of routes; check the path of --routes-from`
        : `${file} cannot be read (${code}); check the path and its permissions`,
    );
  }
}
