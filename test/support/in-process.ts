/** Runs the command within this process, on a terminal that is only said to be one. */
import { Readable } from 'node:stream';
import { main } from '../../src/cli/main.ts';
import type { Outcome } from './cli.ts';

export interface Terminal {
  env?: Record<string, string>;
  columns?: number;
  stdout?: boolean;
  stderr?: boolean;
  signal?: AbortSignal;
}

/** @param terminal which of the streams are terminals. */
export async function onTerminal(args: readonly string[], terminal: Terminal = {}): Promise<Outcome> {
  const { env = {}, columns = 80, stdout = true, stderr = true, signal = new AbortController().signal } = terminal;
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr', isTTY: boolean) => ({
    write: (text: string) => {
      outcome[name] += text;
      return true;
    },
    isTTY,
    columns,
  });
  outcome.code = await main({
    args,
    stdin: Readable.from([]),
    stdout: output('stdout', stdout),
    stderr: output('stderr', stderr),
    env: { LANG: 'C.UTF-8', ...env },
    signal,
    readerGone: new AbortController().signal,
    onExit: () => {},
  });
  return outcome;
}
