/** How far the reading of long files has come, on a terminal only: bytes, rate, time left. It is gone before the report. */
import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { formatBytes } from '../term/units.ts';
import { isAsciiLocale } from './style.ts';
import type { Surroundings } from './surroundings.ts';

export interface Progress {
  /** So many more bytes were read, as they lie on the disk. */
  read: (bytes: number) => void;
  stop: () => void;
}

/** Files that are read in a moment need none. */
const SHORT_BYTES = 16 * 2 ** 20;
const WIDEST_BAR = 40;
/** What stands beside the bar. */
const TEXT_WIDTH = 52;

/** Undefined where none is wanted: not on a terminal, quiet, short files, or input of unknown size. */
export async function progressOf(
  paths: readonly string[],
  { quiet }: { quiet?: true | undefined },
  { stderr, env }: Pick<Surroundings, 'stderr' | 'env'>,
): Promise<Progress | undefined> {
  if (quiet || stderr.isTTY !== true || env.TERM === 'dumb') return undefined;
  const sizes = await Promise.all(paths.map(sizeOf));
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0);
  if (totalBytes < SHORT_BYTES || sizes.includes(0)) return undefined;
  const { SingleBar } = (await import('cli-progress')).default;
  const ascii = isAsciiLocale(env);
  const bar = new SingleBar({
    // What cli-progress needs of a stream is what surroundings have.
    stream: stderr as unknown as NodeJS.WritableStream,
    format: '{bar} {percentage} %  {done} of {all}  {rate}/s  {left} left',
    barsize: Math.max(5, Math.min(WIDEST_BAR, (stderr.columns || 80) - TEXT_WIDTH)),
    barCompleteChar: ascii ? '#' : '█',
    barIncompleteChar: ascii ? '.' : '░',
    clearOnComplete: true,
    hideCursor: true,
    linewrap: false,
    fps: 5,
  });
  const start = performance.now();
  let done = 0;
  const payload = () => {
    const seconds = Math.max(0.001, (performance.now() - start) / 1000);
    const rate = done / seconds;
    return {
      done: formatBytes(done),
      all: formatBytes(totalBytes),
      rate: formatBytes(rate),
      left: rate > 0 ? duration((totalBytes - done) / rate) : '?',
    };
  };
  bar.start(totalBytes, 0, payload());
  return {
    read: (bytes) => {
      done += bytes;
      // A file that grows meanwhile does not go beyond its end.
      bar.update(Math.min(done, totalBytes), payload());
    },
    stop: () => bar.stop(),
  };
}

/** 0 for what is no file: a pipe, a device, what is not there. */
async function sizeOf(path: string): Promise<number> {
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() ? status.size : 0;
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
