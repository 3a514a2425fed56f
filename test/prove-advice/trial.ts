/** One server: a log without restarts, the advice from it, and a second log under the advised settings. */

import type { Advice, ServerAdvice } from '../../src/advise/advice.ts';
import { advise } from '../../src/advise/advise.ts';
import { resolveAdviceOptions } from '../../src/advise/options.ts';
import { resolveOptions } from '../../src/options.ts';
import { run } from '../../src/run.ts';
import { fileSource } from '../../src/source/source.ts';
import { inFolder } from '../servers/process.ts';

/** A server that runs a load under settings of the advice, and leaves its log. */
export interface Trial {
  name: string;
  server: ServerAdvice['server'];
  uwsgiVersion?: string;
  /** @returns the log's path. */
  record: (folder: string, settings: readonly string[], requests: number, perSecond: number) => Promise<string>;
}

export interface Plan {
  workers: number;
  requests: number;
  perSecond: number;
  /** Room for the leak, in requests, that the budget shall leave each worker. */
  room: number;
  /** Restarts to see in the second run, about. */
  restarts: number;
}

export interface Proof {
  name: string;
  settings: string[];
  shareBytes: number;
  largestBytes: number;
  predictedRestarts: number;
  restarts: number;
  /** What a worker would have come to in as many requests, without restarts. */
  withoutBytes: number;
}

export async function prove(trial: Trial, plan: Plan): Promise<Proof> {
  const { workers, perSecond } = plan;
  const before = await inFolder((folder) =>
    trial.record(folder, [], plan.requests, perSecond).then((log) => adviceOf(log, '64GiB', trial, workers)),
  );
  const { largestSettledBytes, peakAboveLineBytes, growthBytesPerRequestHigh } = before.advice.worker;
  const share = (largestSettledBytes + peakAboveLineBytes + plan.room * growthBytesPerRequestHigh) / 0.9;
  const memory = `${Math.ceil((share * workers) / 1024)}KiB`;
  const { advice } = before.again(memory);
  if (advice.answer.kind !== 'settings')
    throw new Error(`${trial.name}: no settings: ${JSON.stringify(advice.answer)}`);
  const [server] = advice.answer.servers;
  if (!server) throw new Error(`${trial.name}: no server`);
  const requests = Math.round(workers * server.cost.requestsPerRestart * (plan.restarts / workers + 0.5));
  const settings = server.settings.map(({ line }) => line);
  return inFolder(async (folder) => {
    const log = await trial.record(folder, settings, requests, perSecond);
    const { evidence } = await read(log);
    const seconds = ((evidence.lastTime ?? 0) - (evidence.firstTime ?? 0)) / 1000;
    // Where requests end a worker, requests are what to count by: a machine that is busy with other things takes longer.
    const predicted = settings.some((line) => line.startsWith('max-worker-lifetime-delta'))
      ? ((server.cost.restartsPerHour ?? 0) * seconds) / 3600
      : evidence.requests / server.cost.requestsPerRestart;
    return {
      name: trial.name,
      settings,
      shareBytes: advice.budget.shareBytes,
      largestBytes: Math.max(...evidence.workers.map(({ peakBytes }) => peakBytes)),
      // A worker that has not yet come to its first restart is not to be counted for a part of one.
      predictedRestarts: predicted - workers / 2,
      restarts: evidence.workers.length - workers,
      withoutBytes: advice.worker.settledBytes + (advice.worker.growthBytesPerRequest * evidence.requests) / workers,
    };
  });
}

async function read(log: string) {
  return run([fileSource(log)], resolveOptions({}));
}

async function adviceOf(log: string, memory: string, trial: Trial, workers: number) {
  const { report, evidence } = await read(log);
  const again = (size: string): { advice: Advice } => ({
    advice: advise(
      report,
      evidence,
      resolveAdviceOptions({
        memory: size,
        workers: String(workers),
        server: trial.server,
        uwsgiVersion: trial.uwsgiVersion,
      }),
    ),
  });
  return { ...again(memory), again };
}
