/** Times the pass over a log, from bytes to evidence, in this process: start-up and estimates are the same for all formats. */
import { readFileSync } from 'node:fs';
import { Analysis } from '../../src/analysis.ts';
import { InputReader } from '../../src/input-reader.ts';
import { type AnalyzeOptions, resolveOptions } from '../../src/options.ts';

const CHUNK = 2 ** 20;

export interface TimedLog {
  name: string;
  path: string;
  options: AnalyzeOptions;
}

export interface PassResult {
  name: string;
  bytes: number;
  /** CPU of each run, user and system. */
  seconds: number[];
}

/** Runs in turn; a first turn, which the compiler needs, is not counted. */
export function timePasses(logs: readonly TimedLog[], runs: number): PassResult[] {
  const results = logs.map(({ name, path, options }) => ({ name, bytes: readFileSync(path), options, seconds: [0] }));
  for (const result of results) result.seconds.length = 0;
  for (let turn = 0; turn <= runs; turn++) {
    for (const { name, bytes, options, seconds } of results) {
      const spent = pass(name, bytes, resolveOptions(options));
      if (turn > 0) seconds.push(spent);
    }
  }
  return results.map(({ name, bytes, seconds }) => ({ name, bytes: bytes.length, seconds }));
}

function pass(name: string, bytes: Buffer, options: ReturnType<typeof resolveOptions>): number {
  const before = process.cpuUsage();
  const analysis = new Analysis(options).startInput(name);
  const reader = new InputReader(analysis, options, { input: 0, place: '' });
  for (let at = 0; at < bytes.length; at += CHUNK) reader.write(bytes.subarray(at, at + CHUNK));
  reader.end();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
