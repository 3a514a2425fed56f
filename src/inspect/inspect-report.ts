/** What `leakrank inspect` found, as plain data; its printers are functions of it. */
import { formatNamed } from '../parse/formats.ts';
import type { Recognizer } from '../parse/recognizer.ts';
import { VERSION } from '../version.ts';
import { FIELDS } from './field.ts';
import { type Finding, findingsOf } from './findings.ts';
import type { Inspection, KeptLine } from './inspection.ts';

export interface InspectReport {
  schemaVersion: 1;
  tool: { name: 'leakrank'; version: string };
  inputs: InspectedInput[];
}

export interface InspectedInput {
  name: string;
  /** Of most request lines; null when there are none. */
  format: string | null;
  recognisedBy: string | null;
  formats: { format: string; readings: number; recognisedBy: string }[];
  wrappers: string[];
  /** readings + otherLines + malformedLines. */
  lines: number;
  readings: number;
  otherLines: number;
  malformedLines: number;
  /** Of the other lines, those that tell about workers. */
  eventLines: number;
  /** readings of lines; null when there are none. */
  matchRate: number | null;
  fields: InspectedField[];
  /** The first damaged lines. */
  damaged: UnmatchedLine[];
  /** The first lines that are of no known kind. */
  unknown: UnmatchedLine[];
  findings: Finding[];
}

export interface InspectedField {
  name: string;
  meaning: string;
  /** Request lines that hold it. */
  readings: number;
  /** Of the first of them. */
  example: string | null;
}

export interface UnmatchedLine {
  line: number;
  text: string;
  /** With which format the line got furthest, and where it stopped; null when no format can say. */
  stopped: { format: string; column: number; expected: string } | null;
}

export function inspectReport(inputs: InspectedInput[]): InspectReport {
  return { schemaVersion: 1, tool: { name: 'leakrank', version: VERSION }, inputs };
}

export function inspectedInput(name: string, seen: Inspection, recognizer: Recognizer): InspectedInput {
  const formats = [...seen.formats]
    .map(([format, readings]) => ({ format, readings, recognisedBy: formatNamed(format)?.recognisedBy ?? format }))
    .sort((a, b) => b.readings - a.readings);
  const malformedLines = seen.malformedLines + seen.tornLines;
  const lines = seen.readings + seen.otherLines + malformedLines;
  const format = formats[0]?.format ?? null;
  return {
    name,
    format,
    recognisedBy: formats[0]?.recognisedBy ?? null,
    formats,
    wrappers: [...seen.wrappers],
    lines,
    readings: seen.readings,
    otherLines: seen.otherLines,
    malformedLines,
    eventLines: seen.eventLines,
    matchRate: lines === 0 ? null : Math.round((seen.readings / lines) * 1e6) / 1e6,
    fields: FIELDS.map(({ name: field, meaning }, i) => ({
      name: field,
      meaning,
      readings: seen.counts[i]!,
      example: seen.counts[i]! > 0 ? seen.examples[i]! : null,
    })),
    damaged: seen.damaged.map((kept) => unmatched(kept, recognizer)),
    unknown: seen.unknown.map((kept) => unmatched(kept, recognizer)),
    findings: lines === 0 ? [] : findingsOf(seen, format),
  };
}

function unmatched({ line, text }: KeptLine, recognizer: Recognizer): UnmatchedLine {
  const stop = recognizer.mismatch(text);
  if (!stop) return { line, text, stopped: null };
  return { line, text: stop.text, stopped: { format: stop.format, column: stop.column, expected: stop.expected } };
}
