import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { growthAndLeaks, PICTURE } from './pictures/growth-and-leaks-picture.ts';

test('the picture of the README is as drawn from the log, small, and without scripts', async () => {
  const drawn = await growthAndLeaks();
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(PICTURE, drawn);
  assert.equal(drawn, readFileSync(PICTURE, 'utf8'), 'npm run pictures draws it anew');
  assert.ok(drawn.length < 60_000);
  assert.doesNotMatch(drawn, /<script|href|\son\w+=/);
});
