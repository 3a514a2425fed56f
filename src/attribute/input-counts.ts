/** What became of each line of one input. */
export interface InputCounts {
  name: string;
  readings: number;
  otherLines: number;
  malformedLines: number;
  /** How many readings came in which format. */
  formats: Record<string, number>;
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
