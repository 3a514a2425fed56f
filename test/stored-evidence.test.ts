/** Whatever a file with a right checksum holds: it is evidence, or one sentence says that it is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../src/errors.ts';
import { sealedLine } from '../src/fleet/evidence-file.ts';
import { mergeSources } from '../src/fleet/merge-sources.ts';
import { shaped, shapeOf } from '../src/fleet/shape.ts';
import { encodeEvidence } from '../src/fleet/stored-evidence.ts';
import { resolveOptions } from '../src/options.ts';
import { reportOn } from '../src/run.ts';
import { linesSource } from '../src/source/source.ts';
import { evidenceFrom } from './support/evidence.ts';
import { fixture } from './support/fixtures.ts';

const OPTIONS = resolveOptions({ series: true });
const STRANGE: unknown[] = [null, -1, 2 ** 53, Number.POSITIVE_INFINITY, '', 'x', [], [[]], {}, true, [1], -0.5];

/** Puts a strange value at a place of plain data. */
function bend(value: unknown, path: number, strange: unknown): unknown {
  if (typeof value !== 'object' || value === null) return strange;
  const keys = Object.keys(value);
  const key = keys[path % Math.max(1, keys.length)];
  if (key === undefined || path % 7 === 3) return strange;
  const bent: Record<string, unknown> = Array.isArray(value) ? (value.slice() as never) : { ...value };
  bent[key] = bend((value as Record<string, unknown>)[key], Math.floor(path / 3), strange);
  return bent;
}

test('bent evidence is read or refused, with a sentence', async () => {
  const log = fixture('lab-b2.log.gz').toString().split('\n').slice(0, 2000).join('\n');
  const label = { shape: shapeOf(OPTIONS), notes: [] };
  const [head, ...lives] = encodeEvidence(await evidenceFrom(log), label)
    .toString()
    .trimEnd()
    .split('\n');
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...STRANGE), fc.boolean(), async (path, strange, inLife) => {
      const bent = (line: string | undefined) => JSON.stringify(bend(JSON.parse(line ?? ''), path, strange));
      const lines = inLife ? [head, bent(lives[0]), ...lives.slice(1), ''] : [bent(head), ...lives, ''];
      const source = linesSource('bent.evidence', [sealedLine(Buffer.from(lines.join('\n')))]);
      try {
        const { evidence, label } = await mergeSources([source]);
        reportOn(evidence, shaped(OPTIONS, label.shape), { problems: 0, interrupted: false });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        assert.match(error.message, /^bent\.evidence holds something else than evidence|cannot be added|^bent/);
        refused++;
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(refused > 100);
});
