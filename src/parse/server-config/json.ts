/** uWSGI's json files: an object "uwsgi" with options; a list gives an option several times (core/json.c). */
import { UserError } from '../../errors.ts';
import type { Setting } from './server-config.ts';

export function readJson(text: string, section: string, name: string): Setting[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`--config-from ${name} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
  const options = isObject(value) ? value[section] : undefined;
  if (!isObject(options)) return [];
  return Object.entries(options).flatMap(([key, item]) =>
    (Array.isArray(item) ? item : [item]).map((each) => [key, String(each)] as const),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
