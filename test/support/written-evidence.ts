/** Evidence as it comes back from a file. */
import type { Evidence } from '../../src/attribute/evidence.ts';
import type { LifeEvidence } from '../../src/attribute/life.ts';
import { lifeOfPlain, plainLife } from '../../src/attribute/plain-life.ts';

export function writtenAndRead({ workers, ...sums }: Evidence): Evidence {
  return {
    ...(JSON.parse(JSON.stringify(sums)) as typeof sums),
    workers: workers.map(({ life, ...worker }) => ({
      ...(JSON.parse(JSON.stringify(worker)) as typeof worker),
      life: life && lifeWrittenAndRead(life),
    })),
  };
}

export function lifeWrittenAndRead(life: LifeEvidence): LifeEvidence {
  return lifeOfPlain(JSON.parse(JSON.stringify(plainLife(life))));
}
