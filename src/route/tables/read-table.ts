/** A file of routes: rules a line each, or the table of a framework, which shows in its content. */
import { UserError } from '../../errors.ts';
import { parseRule, type Rule } from '../rules/rule.ts';
import { readDjango } from './django.ts';
import { readExpress } from './express.ts';
import { readFlask } from './flask.ts';
import { readOpenApi } from './openapi.ts';
import { readPrintedTree } from './printed-tree.ts';
import { readRails } from './rails.ts';
import { linesOf, type TableReader } from './table.ts';

const READERS: readonly TableReader[] = [readOpenApi, readExpress, readRails, readFlask, readDjango, readPrintedTree];

/** @throws UserError with file and line for what is neither. */
export function readTable(text: string, file: string): Rule[] {
  for (const read of READERS) {
    const rules = read(text, file);
    if (rules !== undefined) return rules;
  }
  const rules = linesOf(text).flatMap(({ line, number }) => {
    // A path has neither spaces nor a # in it.
    const rule = line.replace(/(?:^|\s)#.*$/, '').trim();
    return rule === '' ? [] : [parseRule(listed(rule), `${file}:${number}`)];
  });
  if (rules.length === 0)
    throw new UserError(
      `${file} has no routes in it; write a rule per line, such as /users/:id, or give it a route table`,
    );
  return rules;
}

/** Lists that frameworks print with several methods, or a handler behind the path: only the path is the route's. */
function listed(rule: string): string {
  if (rule.includes('=>')) return rule;
  const several = /^(?:[A-Z]+[|,]\s?)+[A-Z]+\s+(\/?\S+)(?:\s.*)?$/.exec(rule);
  const one = /^(?:[a-z_]+\s+)?([A-Z]+\s+\/\S*)\s+\S.*$/.exec(rule);
  const path = several?.[1];
  if (path !== undefined) return path.startsWith('/') ? path : `/${path}`;
  return one?.[1] ?? rule;
}
