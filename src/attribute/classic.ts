/**
 * The sums of pyuwsgimemhog 0.3.0, by its own rules and not by ours, so that its users can compare: the last reading per
 * pid, whatever process has it; only lines that its expression finds; every growth and every standstill goes to the later
 * path, shrinking is forgotten. See classic-line.ts for what it reads.
 */
import type { LineHandler } from '../lines/scanner.ts';
import { classicPath, parseClassicLine } from './classic-line.ts';

export interface ClassicRow {
  path: string;
  bytes: number;
  calls: number;
}

interface PathSum extends ClassicRow {
  /** Where pyuwsgimemhog, which goes through the log process by process, meets the path first: equal sums keep that order. */
  pidOrder: number;
  readingOrder: number;
}

interface PidState {
  order: number;
  readings: number;
  lastBytes: number;
}

export class ClassicSums {
  readonly #normalizeNumbers: boolean;
  readonly #pids = new Map<string, PidState>();
  readonly #paths = new Map<string, PathSum>();

  /** @param normalizeNumbers every run of digits in a path becomes 0. */
  constructor(normalizeNumbers: boolean) {
    this.#normalizeNumbers = normalizeNumbers;
  }

  /** Sees every line before `handler` does. */
  tap(handler: LineHandler): LineHandler {
    return {
      startChunk: () => {},
      plainLines: () => 0,
      plainEnd: 0,
      textLine: (line, lineNumber) => {
        this.line(line);
        handler.textLine(line, lineNumber);
      },
      tooLongLine: (lineNumber) => handler.tooLongLine(lineNumber),
    };
  }

  line(text: string): void {
    // Python's text files end a line at a lone carriage return too.
    for (const line of text.includes('\r') ? text.split('\r') : [text]) {
      const found = parseClassicLine(line);
      if (found) this.#add(found.pid, Number(found.rss), classicPath(found.path, this.#normalizeNumbers));
    }
  }

  /** The paths above the threshold, largest first. */
  rows(thresholdBytes: number): ClassicRow[] {
    return [...this.#paths.values()]
      .filter(({ bytes }) => bytes > thresholdBytes)
      .sort((a, b) => b.bytes - a.bytes || a.pidOrder - b.pidOrder || a.readingOrder - b.readingOrder);
  }

  #add(pid: string, bytes: number, path: string): void {
    const state = this.#pids.get(pid);
    if (state === undefined) {
      this.#pids.set(pid, { order: this.#pids.size, readings: 1, lastBytes: bytes });
      return;
    }
    const growth = bytes - state.lastBytes;
    state.lastBytes = bytes;
    state.readings++;
    if (growth < 0) return;
    const sum = this.#paths.get(path);
    if (sum === undefined) {
      this.#paths.set(path, { path, bytes: growth, calls: 1, pidOrder: state.order, readingOrder: state.readings });
      return;
    }
    sum.bytes += growth;
    sum.calls++;
    if (state.order < sum.pidOrder) {
      sum.pidOrder = state.order;
      sum.readingOrder = state.readings;
    }
  }
}
