import { METRIC_ORDER, type Metric } from '../parse/reading.ts';

/** What became of each line of one input. */
export interface InputCounts {
  name: string;
  readings: number;
  otherLines: number;
  malformedLines: number;
  /** How many readings came in which format. */
  formats: Record<string, number>;
  /** In how many workers that began in this input which memory figure is followed. */
  metrics: Partial<Record<Metric, number>>;
  /** Wrappers taken off its readings' lines. */
  wrappers: string[];
}

/** The formats of the readings, the most frequent first. */
export function formatsOf({ formats }: InputCounts): { format: string; readings: number }[] {
  return Object.entries(formats)
    .map(([format, readings]) => ({ format, readings }))
    .sort((a, b) => b.readings - a.readings);
}

export function lineCount(counts: InputCounts): number {
  return counts.readings + counts.otherLines + counts.malformedLines;
}

/** The memory figure that is followed in most workers of these inputs; undefined when no worker begins in them. */
export function metricOf(inputs: readonly InputCounts[]): Metric | undefined {
  const workers = (metric: Metric) => inputs.reduce((sum, { metrics }) => sum + (metrics[metric] ?? 0), 0);
  const [most] = [...METRIC_ORDER].sort((a, b) => workers(b) - workers(a));
  return most !== undefined && workers(most) > 0 ? most : undefined;
}
