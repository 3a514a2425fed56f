/** The kinds of report, a line each. A printer is loaded when it is asked for, so that it costs the others nothing. */
import type { Printer } from './printer.ts';

export interface PrinterEntry {
  load: () => Promise<Printer>;
  /** Shows the report's warnings itself; for the others they go to standard error. */
  showsWarnings: boolean;
  /** Reads well before or behind another report on standard output. */
  isProse: boolean;
  /** Another program reads the file at any moment: it has to appear whole. */
  isWatched: boolean;
  /** Which routes need curves in `series` of the report; a table those of its rows. */
  curves: 'none' | 'rows' | 'all';
}

export const REPORT_KINDS = [
  'table',
  'json',
  'ndjson',
  'csv',
  'tsv',
  'markdown',
  'html',
  'prometheus',
  'junit',
  'github',
  'classic',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

const PLAIN = { showsWarnings: false, isProse: false, isWatched: false, curves: 'none' } as const;

export const PRINTERS: Record<ReportKind, PrinterEntry> = {
  table: { ...PLAIN, curves: 'rows', isProse: true, load: async () => (await import('./table.ts')).tablePrinter },
  json: { ...PLAIN, showsWarnings: true, load: async () => (await import('./json.ts')).printJson },
  ndjson: { ...PLAIN, load: async () => (await import('./ndjson.ts')).printNdjson },
  csv: { ...PLAIN, load: async () => (await import('./csv.ts')).printCsv },
  tsv: { ...PLAIN, load: async () => (await import('./csv.ts')).printTsv },
  markdown: {
    ...PLAIN,
    showsWarnings: true,
    isProse: true,
    load: async () => (await import('./markdown.ts')).printMarkdown,
  },
  html: {
    ...PLAIN,
    showsWarnings: true,
    curves: 'all',
    load: async () => (await import('./html/html.ts')).printHtml,
  },
  prometheus: { ...PLAIN, isWatched: true, load: async () => (await import('./prometheus.ts')).printPrometheus },
  junit: { ...PLAIN, load: async () => (await import('./junit.ts')).printJunit },
  github: { ...PLAIN, isProse: true, load: async () => (await import('./github.ts')).printGithub },
  // pyuwsgimemhog has no warnings.
  classic: {
    ...PLAIN,
    showsWarnings: true,
    isProse: true,
    load: async () => (await import('./classic.ts')).classicPrinter,
  },
};

/** How many routes of the report need curves, from the first on. @param rows of the table. */
export function curvesFor(kinds: readonly ReportKind[], rows: number): number {
  return Math.max(0, ...kinds.map((kind) => ({ none: 0, rows, all: Number.POSITIVE_INFINITY })[PRINTERS[kind].curves]));
}
