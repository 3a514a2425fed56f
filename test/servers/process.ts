/** A server as a process of a test: on a free port of its own, in a folder of its own, and always ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Generous: other tests may keep the machine busy. */
const READY_MS = 60_000;
const STOP_MS = 10_000;
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

export interface Program {
  command: string;
  args: readonly string[];
  cwd: string;
  env?: Record<string, string>;
}

/** A program with all the processes it starts. */
export class Running {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';

  constructor({ command, args, cwd, env = {} }: Program) {
    this.#name = command;
    // In a group of its own, so that its workers are ended with it.
    this.#child = spawn(command, args, {
      cwd,
      // Python would write into the folder of the snippets.
      env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.on('error', (error) => {
      this.#output += error.message;
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-20_000);
      });
    process.on('exit', this.#kill);
    // A signal that nobody handles would end this process without its exit event.
    for (const [signal, status] of SIGNALS)
      if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(status));
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined;
  }

  /** Waits until it answers. @throws with what it printed when it ends, or does not answer in time. */
  async until(isReady: () => boolean | Promise<boolean>, what: string, limitMs = READY_MS): Promise<void> {
    const end = Date.now() + limitMs;
    while (!(await isReady())) {
      if (this.hasEnded || Date.now() > end)
        throw new Error(`${this.#name}: ${what}: ${this.hasEnded ? 'it ended' : 'not in time'}\n${this.#output}`);
      await wait(50);
    }
  }

  async listening(port: number): Promise<void> {
    await this.until(() => isListening(port), `listens on ${port}`);
  }

  async ended(limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    while (!this.hasEnded && Date.now() < end) await wait(50);
    if (!this.hasEnded) throw new Error(`${this.#name}: did not end in time\n${this.#output}`);
    if (this.#child.exitCode !== 0)
      throw new Error(`${this.#name}: exit code ${this.#child.exitCode}\n${this.#output}`);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.hasEnded) this.#child.kill(signal);
    const end = Date.now() + STOP_MS;
    while (!this.hasEnded && Date.now() < end) await wait(50);
    this.#kill();
    process.off('exit', this.#kill);
  }

  readonly #kill = (): void => {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // All of the group have ended.
    }
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** A folder for the time of the call. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-server-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How often a text, or what a global expression matches, is in a file; 0 where there is no file yet. */
export function countIn(file: string, text: string | RegExp): number {
  try {
    return readFileSync(file, 'latin1').split(text).length - 1;
  } catch {
    return 0;
  }
}
