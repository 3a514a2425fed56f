/** What a command needs of its surroundings, and the exit statuses it may answer with. */
import type { Readable } from 'node:stream';

export interface Surroundings {
  args: readonly string[];
  stdin: Readable & { isTTY?: boolean; setRawMode?: (isRaw: boolean) => unknown };
  stdout: Output;
  stderr: Output;
  env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first interrupt: what was read so far is reported. */
  signal: AbortSignal;
  /** Aborted when nobody reads standard output any more. */
  readerGone: AbortSignal;
  /** Calls this when the process ends, however it does but by SIGKILL. */
  onExit: (restore: () => void) => void;
}

export interface Output {
  write: (text: string) => unknown;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  /** Of a terminal whose size changes. */
  on?: (event: 'resize', listener: () => void) => unknown;
  off?: (event: 'resize', listener: () => void) => unknown;
}

export const EXIT = { fine: 0, gateFailed: 1, misuse: 2, interrupted: 130 } as const;
