/** Reads the text format with parsers that are not ours: the library's, and Prometheus' own where it is installed. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

export interface Family {
  name: string;
  help: string;
  type: string;
  metrics: { value: string; labels?: Record<string, string> }[];
}

const parse = createRequire(import.meta.url)('parse-prometheus-text-format') as (text: string) => Family[];

export function parsePrometheus(text: string): Family[] {
  return parse(text);
}

/** What `promtool check metrics` has to say; undefined where it is not installed. */
export function promtool(text: string): { status: number | null; output: string } | undefined {
  const { status, stdout, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  return error ? undefined : { status, output: stdout + stderr };
}
