/** Runs bin/leakrank.js as a user does. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './fixtures.ts';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Run {
  /** What is piped in; without it standard input is empty. */
  stdin?: string | Buffer;
  env?: Record<string, string>;
  cwd?: string;
}

export const BIN: string = join(ROOT, 'bin/leakrank.js');

/** The surroundings of a test do not reach the command: no colour, no width, UTF-8. */
export function cleanEnv(env: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ...env };
}

export async function leakrank(
  args: readonly string[],
  { stdin = '', env = {}, cwd = ROOT }: Run = {},
): Promise<Outcome> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: cleanEnv(env) });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    outcome.stderr += text;
  });
  // It may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  outcome.code = await new Promise((resolve) => child.on('close', resolve));
  return outcome;
}

/** A folder with these files, removed at the end. */
export async function withFiles<T>(
  files: Record<string, string | Buffer>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
