/** The columns of the table. */
import type { Paint, Style } from '../term/colour.ts';
import { formatBytes, formatCount, type UnitSystem } from '../term/units.ts';
import type { RouteReport, Verdict } from './report.ts';

export interface Column {
  title: string;
  /** Left out first where there is no room for all: the highest number. */
  rank: number;
  align: 'left' | 'right';
  text: (route: RouteReport) => string;
  /** The same text, coloured. */
  painted?: (route: RouteReport, paint: Paint) => string;
}

const VERDICT_STYLE: Record<Verdict, Style> = { leak: 'red', unclear: 'yellow', plateau: 'cyan', clean: 'green' };

/** The word, which colour only repeats. */
export function paintVerdict(verdict: Verdict, paint: Paint): string {
  return paint(VERDICT_STYLE[verdict], verdict);
}

/** Whether PER CALL is the smallest leak that would have been seen. */
export function isBelow({ leakedBytesPerCall, detectableBytesPerCall }: RouteReport): boolean {
  return leakedBytesPerCall <= 0 && detectableBytesPerCall !== null;
}

/** @param onlyPeaks leaves out what is about leaks and growth. */
export function columnsOf({ ascii, units }: { ascii: boolean; units: UnitSystem }, onlyPeaks = false): Column[] {
  const columns = allColumns(ascii, units);
  return onlyPeaks ? columns.filter(({ title }) => OF_PEAKS.includes(title)) : columns;
}

const OF_PEAKS: readonly string[] = ['VERDICT', 'PEAK', 'MEAN PEAK', 'CALLS'];

function allColumns(ascii: boolean, units: UnitSystem): Column[] {
  const bytes = (value: number) => formatBytes(value, units);
  const none = ascii ? '-' : '–';
  const right = 'right' as const;
  return [
    {
      title: 'VERDICT',
      rank: 0,
      align: 'left',
      text: ({ verdict }) => verdict,
      painted: ({ verdict }, paint) => paintVerdict(verdict, paint),
    },
    {
      title: 'LEAKED',
      rank: 1,
      align: right,
      text: ({ leakedBytes }) => (leakedBytes > 0 ? bytes(leakedBytes) : none),
    },
    {
      title: 'PER CALL',
      rank: 2,
      align: right,
      text: (route) => {
        if (isBelow(route)) return `< ${bytes(route.detectableBytesPerCall ?? 0)}`;
        return route.leakedBytesPerCall > 0 ? bytes(route.leakedBytesPerCall) : none;
      },
    },
    {
      title: '95 % INTERVAL',
      rank: 6,
      align: right,
      text: ({ leakedBytesPerCall, leakedBytesPerCallLow: low, leakedBytesPerCallHigh: high }) =>
        leakedBytesPerCall > 0 && low !== null && high !== null ? `${bytes(low)} ${none} ${bytes(high)}` : '',
    },
    {
      title: 'PEAK',
      rank: 1,
      align: right,
      text: ({ largestPeakBytes }) => (largestPeakBytes === null ? '' : bytes(largestPeakBytes)),
    },
    {
      title: 'MEAN PEAK',
      rank: 5,
      align: right,
      text: ({ meanPeakBytes }) => (meanPeakBytes === null ? '' : bytes(meanPeakBytes)),
    },
    { title: 'CALLS', rank: 4, align: right, text: ({ calls }) => formatCount(calls) },
    { title: 'TRIGGERED', rank: 3, align: right, text: ({ highWaterBytes }) => bytes(highWaterBytes) },
    { title: 'GREW IN', rank: 8, align: right, text: ({ growthCalls }) => formatCount(growthCalls) },
    { title: 'LARGEST', rank: 7, align: right, text: ({ largestGrowthBytes }) => bytes(largestGrowthBytes) },
  ];
}
