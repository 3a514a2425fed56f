/** What became of each line of one input. */
export interface InputCounts {
  name: string;
  readings: number;
  otherLines: number;
  malformedLines: number;
}

export function lineCount(counts: InputCounts): number {
  return counts.readings + counts.otherLines + counts.malformedLines;
}
