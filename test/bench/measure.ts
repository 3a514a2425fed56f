/**
 * Runs a command and says what it took. Times come from bash's `time`, which counts the whole pipeline, has milliseconds
 * and is there wherever the tests run; Node has no figures about its children. Linux keeps the peak size of a process, which
 * is looked at while it runs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Measurement {
  wallSeconds: number;
  /** User and system. */
  cpuSeconds: number;
  /** Of the largest process of the pipeline; null where the system does not tell. */
  peakBytes: number | null;
}

const LOOK_EVERY_MS = 10;

export async function measure(command: string, file: string): Promise<Measurement> {
  const script = `TIMEFORMAT='%3R %3U %3S'; set -o pipefail; time { ${command}; } >/dev/null`;
  const shell = spawn('bash', ['-c', script, 'bench', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  let peakBytes: number | null = null;
  const look = setInterval(() => {
    for (const pid of childrenOf(shell.pid!)) peakBytes = Math.max(peakBytes ?? 0, peakOf(pid)) || peakBytes;
  }, LOOK_EVERY_MS);
  let text = '';
  shell.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [status] = await once(shell, 'close').finally(() => clearInterval(look));
  const times = /^(\d+\.\d+) (\d+\.\d+) (\d+\.\d+)$/m.exec(text);
  if (status !== 0 || !times) throw new Error(`${command} failed: ${text}`);
  const [wall, user, system] = times.slice(1).map(Number);
  return { wallSeconds: wall!, cpuSeconds: user! + system!, peakBytes };
}

/** With theirs: a pipeline, or the process behind a wrapper. */
function childrenOf(pid: number): number[] {
  const direct = readProc(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

function peakOf(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`))?.[1];
  return kibibytes === undefined ? 0 : Number(kibibytes) * 1024;
}

/** Empty when the process is gone, or where there is no /proc. */
function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
