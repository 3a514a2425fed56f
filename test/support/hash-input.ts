/** Prints how many bytes stand on standard input, their hash, and the largest chunk; waits between chunks as it is told. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf } from '../../src/source/standard-input.ts';

const hash = createHash('sha256');
let bytes = 0;
let largest = 0;
for await (const chunk of bytesOf(process.stdin)) {
  // Each chunk is valid until the next is asked for, however long that takes.
  await sleep(Number(process.argv[2]));
  hash.update(chunk);
  bytes += chunk.length;
  largest = Math.max(largest, chunk.length);
}
console.log(JSON.stringify({ bytes, hash: hash.digest('hex'), largest }));
