/** One sentence for every verdict and its grounds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Grounds } from '../src/estimate/finding.ts';
import { reason } from '../src/estimate/reason.ts';

const NAMES = ['/a', '/b', '/c', '/d', '/e'];

function finding(grounds: Grounds, more: Partial<Finding> = {}): Finding {
  return {
    verdict: 'unclear',
    grounds,
    calls: 3,
    score: 0,
    leakedBytes: 0,
    leakedBytesPerCall: 0,
    leakedBytesPerCallLow: 1024,
    leakedBytesPerCallHigh: 5120,
    plateauBytes: 0,
    detectableBytesPerCall: 3072,
    workersAgreeing: 3,
    workersJudged: 4,
    inseparableFrom: [1],
    inseparableLeakedBytes: 0,
    unselected: null,
    ...more,
  };
}

const sentences: [Finding, string][] = [
  [finding('grows-with-every-call'), 'grows with every call, in 3 of 4 workers'],
  [
    finding('grows-with-every-call', { workersJudged: 1, workersAgreeing: 1 }),
    'grows with every call, in 1 of 1 worker',
  ],
  [finding('grows-with-every-call', { workersJudged: 0 }), 'grows with every call'],
  [finding('levels-off'), 'levels off after the first calls'],
  [finding('no-leak-above'), 'no leak above 3.00 KiB per call'],
  [finding('triggers-only'), 'its own growth is triggered, not kept: no leak above 3.00 KiB per call'],
  [finding('uncertain'), 'anything from 1.00 KiB to 5.00 KiB per call fits: too uncertain to say'],
  [finding('warm-up-or-leak'), 'called once or twice in each life of a worker: a warm-up looks the same'],
  [finding('too-short-or-leak'), 'grows with its calls, but in lives this short a warm-up looks the same'],
  [finding('too-few-calls'), 'called 3 times: too few to say'],
  [finding('too-few-calls', { calls: 1 }), 'called once: too few to say'],
  [finding('too-few-windows', { calls: 300 }), 'its 300 calls lie too close together, or in lives too short, to say'],
  [finding('inseparable'), 'always called together with /b: cannot be told apart'],
  [finding('inseparable', { inseparableFrom: [1, 2] }), 'always called together with /b and /c: cannot be told apart'],
  [
    finding('inseparable', { inseparableFrom: [1, 2, 3] }),
    'always called together with /b, /c and /d: cannot be told apart',
  ],
  [
    finding('inseparable', { inseparableFrom: [1, 2, 3, 4] }),
    'always called together with /b, /c and 2 others: cannot be told apart',
  ],
];

test('the reason for a verdict', () => {
  for (const [given, sentence] of sentences) assert.equal(reason(given, NAMES), sentence);
});

test('sizes are printed as the caller likes', () => {
  assert.equal(
    reason(finding('no-leak-above'), NAMES, (bytes) => `${bytes} bytes`),
    'no leak above 3072 bytes per call',
  );
});
