/**
 * Regular expressions of the user, run in RE2's way (re2js): their time grows with the text's length only, so no text that is
 * made for one can hold up the reading.
 */
import type { RE2JS } from 're2js';
import { load } from './load.ts';

/** The expression, or why it is none. */
export type LinearRegex = { kind: 'regex'; regex: RE2JS } | { kind: 'none'; why: string };

export function linearRegex(source: string): LinearRegex {
  const engine = load('re2js') as typeof import('re2js');
  try {
    return { kind: 'regex', regex: engine.RE2JS.compile(source) };
  } catch (error) {
    if (!(error instanceof engine.RE2JSException)) throw error;
    return { kind: 'none', why: error.message.replace('error parsing regexp: ', '') };
  }
}
