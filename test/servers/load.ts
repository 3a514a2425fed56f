/** Requests over loopback: a seeded mix, a few at a time, as fast as they are answered or so many a second. */
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../support/random.ts';

export interface Load {
  port: number;
  requests: number;
  /** At a time. */
  clients: number;
  /** Together; 0: as fast as they are answered. */
  perSecond?: number;
  seed?: number;
}

/** The mix: of ten requests two leak. */
export function pathOf(draw: number): string {
  return draw < 0.2 ? `/leak/${Math.floor(draw * 5000)}` : draw < 0.7 ? '/ok' : '/report';
}

/** @returns how many of them were answered; a worker that restarts may drop one. */
export async function load({ port, requests, clients, perSecond = 0, seed = 1 }: Load): Promise<number> {
  const random = seededRandom(seed * 7919);
  const paths = Array.from({ length: requests }, () => pathOf(random.next()));
  const begun = Date.now();
  let next = 0;
  let answered = 0;
  const client = async () => {
    while (next < paths.length) {
      const number = next++;
      if (perSecond > 0) await wait(Math.max(0, begun + (number / perSecond) * 1000 - Date.now()));
      if (await get(port, paths[number]!)) answered++;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return answered;
}

function get(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ port, path, host: '127.0.0.1', agent: false, timeout: 30_000 }, (response) => {
      response.resume().on('close', () => resolve(response.statusCode === 200));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', () => resolve(false)).end();
  });
}
