/** Commands that run until they are told to stop. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { BIN, cleanEnv, type Outcome } from './cli.ts';

export interface Live {
  child: ChildProcess;
  outcome: Outcome;
  /** Resolves when standard output (or standard error) satisfies this. */
  until: (satisfied: (stdout: string, stderr: string) => boolean) => Promise<void>;
  /** Sends a signal, if any, and waits for the end. */
  end: (signal?: NodeJS.Signals) => Promise<Outcome>;
}

/** @param test at whose end it is killed, if it still runs. */
export function live(test: TestContext, args: readonly string[], env: Record<string, string> = {}): Live {
  return watched(test, spawn(process.execPath, [BIN, ...args], { env: cleanEnv(env) }));
}

/** For `test(name, PTY, …)`. */
export const PTY: { skip?: string } =
  spawnSync('script', ['--version']).status === 0 ? {} : { skip: 'no script command (Debian: bsdutils)' };

export interface Pty {
  /** As stty takes it. */
  size?: string;
  /** Shell commands that run beside it on the same terminal. */
  beside?: string;
  env?: Record<string, string>;
}

/** On a terminal; standard output is all that it shows, standard input are its keys. */
export function onPty(test: TestContext, args: readonly string[], pty: Pty = {}): Live {
  const { size = 'rows 24 cols 80', beside = ':', env: more = {} } = pty;
  const quoted = [process.execPath, BIN, ...args].map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(' ');
  const command = `trap : INT; stty ${size}; (${beside}) & ${quoted}; echo "exit status $?"; stty -a`;
  const env = cleanEnv({ TERM: 'xterm-256color', SHELL: '/bin/sh', ...more });
  return watched(test, spawn('script', ['-q', '-e', '-c', command, '/dev/null'], { env }));
}

function watched(test: TestContext, child: ChildProcess): Live {
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  test.after(() => child.kill('SIGKILL'));
  const checks = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      outcome[name] += text;
      for (const check of checks) check();
    });
  }
  child.stdin?.on('error', () => {});
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    outcome,
    until: (satisfied) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!satisfied(outcome.stdout, outcome.stderr)) return;
          checks.delete(check);
          resolve();
        };
        checks.add(check);
        check();
        void closed.then(() => reject(new Error(`it ended: ${outcome.stdout.slice(-2000)}\n${outcome.stderr}`)));
      }),
    end: async (signal) => {
      if (signal) child.kill(signal);
      outcome.code = await closed;
      return outcome;
    },
  };
}
