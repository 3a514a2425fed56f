/** How many requests come in, and how many workers were there to take them. */
import type { Evidence, WorkerEvidence } from '../attribute/evidence.ts';
import type { Rate } from './advice.ts';

/** A worker's own rate counts when it served so many requests, in so many seconds: times are whole seconds in many logs. */
const ENOUGH_REQUESTS = 50;
const ENOUGH_SECONDS = 5;

/** The most workers of which requests are in the log at one moment; without times, those that took nobody's place. */
export function workersAtOnce({ workers, restarts }: Evidence): number {
  const timed = workers.flatMap(({ firstTime, lastTime }) =>
    firstTime === null || lastTime === null ? [] : [{ firstTime, lastTime }],
  );
  if (timed.length < workers.length || timed.length === 0) return Math.max(1, workers.length - restarts);
  const begins = timed.map(({ firstTime }) => firstTime).sort((a, b) => a - b);
  const ends = timed.map(({ lastTime }) => lastTime).sort((a, b) => a - b);
  let most = 1;
  let ended = 0;
  for (const [begun, time] of begins.entries()) {
    // A worker that ends in the second in which another begins is the one whose place it takes.
    while (ends[ended]! <= time && ended < begun) ended++;
    most = Math.max(most, begun + 1 - ended);
  }
  return most;
}

/** Null where the log has no time, or only one moment. @param workers among which the requests will be shared out. */
export function rateOf(
  { firstTime, lastTime, requests, workers: all }: Evidence,
  logged: number,
  workers: number,
): Rate | null {
  if (firstTime === null || lastTime === null || lastTime <= firstTime) return null;
  const requestsPerSecond = (requests / (lastTime - firstTime)) * 1000;
  const mean = requestsPerSecond / logged;
  const busiest = Math.max(mean, ...all.map(ownRate));
  return {
    requestsPerSecond,
    requestsPerSecondPerWorker: requestsPerSecond / workers,
    requestsPerSecondOfBusiest: Math.min(requestsPerSecond, (requestsPerSecond / workers) * (busiest / mean)),
  };
}

function ownRate({ requests, firstTime, lastTime }: WorkerEvidence): number {
  if (firstTime === null || lastTime === null) return 0;
  const seconds = (lastTime - firstTime) / 1000;
  return requests >= ENOUGH_REQUESTS && seconds >= ENOUGH_SECONDS ? (requests - 1) / seconds : 0;
}
