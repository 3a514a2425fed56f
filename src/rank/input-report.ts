/** What the report says of one input: how its lines were read, and why so. */
import { formatsOf, type InputCounts, lineCount } from '../attribute/input-counts.ts';
import { formatNamed } from '../parse/formats.ts';
import type { Metric } from '../parse/reading.ts';
import type { InputReport } from '../report/report.ts';

export function inputReport(input: InputCounts, metric: Metric): InputReport {
  const formats = formatsOf(input).map((entry) => ({ ...entry, recognisedBy: reasonFor(entry.format) }));
  const lines = lineCount(input);
  return {
    name: input.name,
    format: formats[0]?.format ?? null,
    recognisedBy: formats[0]?.recognisedBy ?? null,
    formats,
    wrappers: input.wrappers,
    metric,
    lines,
    readings: input.readings,
    otherLines: input.otherLines,
    malformedLines: input.malformedLines,
    matchRate: lines === 0 ? null : rounded(input.readings / lines),
  };
}

/** Evidence of another version may hold formats that are not known here. */
function reasonFor(format: string): string {
  return formatNamed(format)?.recognisedBy ?? format;
}

function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6;
}
