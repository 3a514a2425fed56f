/** Reports of the same log by two ways: equal, but for the last digits of what was estimated. */
import assert from 'node:assert/strict';
import type { Report } from '../../src/index.ts';
import { leakrank, type Outcome } from './cli.ts';
import { onTerminal } from './in-process.ts';

const LARGEST_RELATIVE_ERROR = 1e-6;

/** @throws AssertionError that names the first fields in which they differ. */
export function assertSameReport(actual: unknown, expected: unknown): void {
  assert.deepEqual(differences(actual, expected, ''), []);
}

function differences(a: unknown, b: unknown, path: string): string[] {
  if (
    Number.isInteger(a) &&
    Number.isInteger(b) &&
    /calls|requests|lines|readings|growth|net|gross|highWater|Calls/.test(path.split('.').at(-1) ?? '')
  )
    return a === b ? [] : [`${path}: ${a}, not ${b}`];
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= LARGEST_RELATIVE_ERROR * Math.max(1, Math.abs(b)) ? [] : [`${path}: ${a}, not ${b}`];
  if (isRecord(a) && isRecord(b))
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
      differences(a[key], b[key], `${path}.${key}`),
    );
  return a === b ? [] : [`${path}: ${JSON.stringify(a)}, not ${JSON.stringify(b)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The report of a command that has to end well; in a process of its own, in the folder `cwd`. */
export async function reportOf(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Report> {
  return parsed(await leakrank([...args, '--json'], { cwd, env }));
}

/** The same in this process, which loads ClickHouse once. */
export async function reportHere(args: readonly string[]): Promise<Report> {
  return parsed(await onTerminal([...args, '--json'], { stdout: false, stderr: false }));
}

function parsed({ code, stdout, stderr }: Outcome): Report {
  assert.deepEqual({ code, stderr: stderr.replace(/^warning: .*\n/gm, '') }, { code: 0, stderr: '' });
  return JSON.parse(stdout);
}
