/**
 * A report that was printed as JSON before, read again: what a comparison relies on is checked, field by field, since the file
 * may come from anywhere.
 */
import { UserError } from '../errors.ts';
import type { Report } from './report.ts';

const VERSION = 1;
const VERDICTS = ['leak', 'plateau', 'clean', 'unclear'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether it is worth reading on: a uWSGI line begins with `{address space usage`, and in a log of JSON lines each line is an
 * object by itself.
 */
export function mayBeReport(start: string): boolean {
  if (!/^\uFEFF?\s*\{\s*["}]/.test(start)) return false;
  const end = start.indexOf('\n');
  return end < 0 || !isObject(start.slice(0, end)) || start.slice(0, end).includes('"schemaVersion"');
}

function isObject(line: string): boolean {
  try {
    return isFields(JSON.parse(line));
  } catch {
    return false;
  }
}

/**
 * Undefined where it is some other JSON, such as a line of a log.
 * @param name of the file, for messages.
 * @throws UserError for a report that is cut off, of another version, or that lacks a field.
 */
export function readReport(text: string, name: string): Report | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    if (!/^\s*\{\s*"schemaVersion"\s*:/.test(text.slice(0, 200))) return undefined;
    throw new UserError(
      `${name} begins as a leakrank report, but is cut off or not valid JSON: write it anew with --json`,
    );
  }
  if (!isFields(value) || !('schemaVersion' in value)) return undefined;
  if ('base' in value && 'head' in value)
    throw new UserError(`${name} is a comparison, not a report: name what leakrank --json printed for one log`);
  if (value.schemaVersion !== VERSION)
    throw new UserError(
      `${name} is a report of schema version ${JSON.stringify(value.schemaVersion)?.slice(0, 20)}; this leakrank reads version ${VERSION}: write it anew with this one`,
    );
  return checked(value, name);
}

function checked(report: Fields, name: string): Report {
  const refuse = (field: string): never => {
    throw new UserError(
      `${name} is no complete leakrank report: ${field} is missing or wrong; write it anew with --json`,
    );
  };
  const { totals, span, inputs, routes, workers, gates, warnings } = report;
  if (!isFields(totals) || !isCount(totals.requests) || !isCount(totals.workers)) return refuse('totals');
  if (!isFields(span)) return refuse('span');
  if (!Array.isArray(inputs) || !inputs.every(isFields)) return refuse('inputs');
  if (!Array.isArray(workers)) return refuse('workers');
  if (!Array.isArray(gates)) return refuse('gates');
  if (!Array.isArray(warnings)) return refuse('warnings');
  if (!Array.isArray(routes)) return refuse('routes');
  for (const [i, route] of routes.entries()) {
    const wrong = isFields(route) ? wrongField(route) : '';
    if (wrong !== undefined) return refuse(`routes[${i}]${wrong && `.${wrong}`}`);
  }
  // Reports of 0.1 had no estimates to compare by.
  const complete = routes.map((route: Fields) => ({
    estimatedBytesPerCall: null,
    standardErrorBytesPerCall: null,
    ...route,
  }));
  return { ...report, routes: complete } as unknown as Report;
}

function wrongField(route: Fields): string | undefined {
  if (typeof route.route !== 'string') return 'route';
  if (!isCount(route.calls)) return 'calls';
  if (!VERDICTS.includes(String(route.verdict))) return 'verdict';
  if (typeof route.reason !== 'string') return 'reason';
  if (!Number.isFinite(route.leakedBytesPerCall)) return 'leakedBytesPerCall';
  const sizes = [
    'leakedBytesPerCallLow',
    'detectableBytesPerCall',
    'estimatedBytesPerCall',
    'standardErrorBytesPerCall',
  ];
  const wrong = sizes.find((size) => !Number.isFinite(route[size] ?? 0));
  if (wrong !== undefined) return wrong;
  // Nothing has an error of 0; dividing by it would make any change count.
  if (Number(route.standardErrorBytesPerCall ?? 1) <= 0) return 'standardErrorBytesPerCall';
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
