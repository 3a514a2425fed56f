/** A user's regular expression with named groups. */
import type { RE2JS } from 're2js';
import { UserError } from '../../errors.ts';
import { linearRegex } from '../../linear-regex.ts';
import { meaningOfName } from '../log-format/name-meaning.ts';
import type { Meaning } from '../log-format/piece.ts';

export interface Pattern {
  expression: RE2JS;
  groups: readonly { name: string; meaning: Meaning }[];
}

const GROUPS =
  'rss (also uss, pss, vsz, and with a unit: rss_kb, rssMiB; rss_delta), pid, worker, host, uri, path, query, route, method, status, time';

/** @throws UserError when it is no expression, or its groups say too little. */
export function compilePattern(source: string): Pattern {
  const expression = compile(source);
  const groups = Object.keys(expression.namedGroups()).map((name) => ({ name, meaning: meaningOfGroup(name) }));
  const foreign = groups.find(({ meaning }) => meaning.is === 'nothing');
  if (foreign) {
    throw new UserError(
      `--pattern has the group ${foreign.name}, which says nothing here; known are ${GROUPS}. Write (?:…) around what is not to be read`,
    );
  }
  const has = (...meanings: Meaning['is'][]) => groups.some(({ meaning }) => meanings.includes(meaning.is));
  if (!has('memory')) {
    throw new UserError('--pattern has no group for a memory figure; write (?<rss>\\d+), or (?<rss_kb>\\d+) for KiB');
  }
  if (!has('uri', 'path', 'route', 'request-line')) {
    throw new UserError('--pattern has no group for the route; write (?<uri>\\S+), or (?<route>…) for a name');
  }
  return { expression, groups };
}

function meaningOfGroup(name: string): Meaning {
  if (/^(?:time|timestamp|ts|date|datetime)$/i.test(name)) return { is: 'time' };
  if (/^request(?:_?line)?$/i.test(name)) return { is: 'request-line' };
  return meaningOfName(name);
}

function compile(source: string): RE2JS {
  const found = linearRegex(source);
  if (found.kind === 'none') throw new UserError(`--pattern ${source} ${problemOf(source, found.why)}`);
  return found.regex;
}

/** What JavaScript's own expressions have and an expression of linear time cannot have, said so. */
function problemOf(source: string, why: string): string {
  if (/(?:^|[^\\])(?:\\\\)*\\(?:[1-9]|k<)/.test(source)) {
    return 'refers back to a group, which cannot be matched in bounded time; repeat the text instead';
  }
  if (/\(\?<?[=!]/.test(source)) {
    return 'looks ahead or behind, which cannot be matched in bounded time; match the text itself, outside the groups';
  }
  return `is no regular expression (RE2 syntax): ${why}`;
}
