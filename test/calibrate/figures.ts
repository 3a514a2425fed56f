/** What many scores come to. */
import CliTable from 'cli-table3';
import type { Score } from '../support/score.ts';

export interface Scored {
  name: string;
  routes: number;
  estimateSeconds: number;
  score: Score;
}

export interface Figures {
  cases: number;
  /** Cases in which something leaks. */
  leaking: number;
  misattribution: { geometricMean: number; median: number; weighted: number } | null;
  materialFound: number;
  material: number;
  falseLeaksPerCase: number;
  /** Handed out in the cases in which nothing leaks. */
  falseBytes: number;
  inInterval: number;
  calledInInterval: number;
  estimateSeconds: { median: number; most: number };
}

/** A perfect case must not make the others' geometric mean 0. */
const LEAST_MISATTRIBUTION = 0.01;

export const GROUPS: readonly { name: string; holds: (scored: Scored) => boolean }[] = [
  { name: 'up to 45 routes', holds: ({ routes }) => routes <= 45 },
  { name: 'more routes', holds: ({ routes }) => routes > 45 },
];

export function figuresOf(all: readonly Scored[]): Figures {
  const scores = all.map(({ score }) => score);
  const leaking = scores.filter(({ trueBytes }) => trueBytes > 0);
  const shares = leaking.map(({ misattribution }) => misattribution!);
  const material = scores.flatMap((score) => score.material);
  const called = material.filter((leak) => leak.called);
  const seconds = all.map(({ estimateSeconds }) => estimateSeconds);
  return {
    cases: all.length,
    leaking: leaking.length,
    misattribution:
      leaking.length === 0
        ? null
        : {
            geometricMean: Math.exp(mean(shares.map((share) => Math.log(Math.max(share, LEAST_MISATTRIBUTION))))),
            median: median(shares),
            weighted:
              total(leaking.map(({ wrongBytes }) => wrongBytes)) / total(leaking.map(({ trueBytes }) => trueBytes)),
          },
    materialFound: called.length,
    material: material.length,
    falseLeaksPerCase: mean(scores.map(({ falseLeaks }) => falseLeaks.length)),
    falseBytes: total(scores.map((score) => (score.trueBytes > 0 ? 0 : score.falselyBlamedBytes))),
    inInterval: material.filter((leak) => leak.inInterval).length,
    calledInInterval: called.filter((leak) => leak.inInterval).length,
    estimateSeconds: { median: median(seconds), most: Math.max(0, ...seconds) },
  };
}

export function tableOf(groups: readonly { name: string; figures: Figures }[]): string {
  const table = new CliTable({
    head: ['', ...groups.map(({ name }) => name)],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', ...groups.map(() => 'right' as const)],
  });
  const row = (title: string, of: (figures: Figures) => string) =>
    table.push([title, ...groups.map(({ figures }) => of(figures))]);
  row('cases (where something leaks)', ({ cases, leaking }) => `${cases} (${leaking})`);
  row('misattribution: geometric mean', ({ misattribution: m }) => m?.geometricMean.toFixed(3) ?? '-');
  row('  median', ({ misattribution: m }) => m?.median.toFixed(3) ?? '-');
  row('  all bytes together', ({ misattribution: m }) => m?.weighted.toFixed(3) ?? '-');
  row('material leaks found', ({ materialFound, material }) => share(materialFound, material));
  row('innocent routes called leak, a case', ({ falseLeaksPerCase }) => falseLeaksPerCase.toFixed(3));
  row('MB handed out where nothing leaks', ({ falseBytes }) => (falseBytes / 1e6).toFixed(1));
  row('truth in the interval: material leaks', ({ inInterval, material }) => share(inInterval, material));
  row('  those found', ({ calledInInterval, materialFound }) => share(calledInInterval, materialFound));
  row('estimate: median s', ({ estimateSeconds }) => estimateSeconds.median.toFixed(2));
  row('  most s', ({ estimateSeconds }) => estimateSeconds.most.toFixed(2));
  return table.toString();
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
const mean = (numbers: readonly number[]) => (numbers.length === 0 ? 0 : total(numbers) / numbers.length);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const share = (part: number, of: number) => (of === 0 ? '-' : `${part}/${of} = ${(part / of).toFixed(2)}`);
