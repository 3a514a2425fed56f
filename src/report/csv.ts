/**
 * One route per row, for spreadsheets: CSV as in RFC 4180 (lines end with LF), or TSV. A spreadsheet takes a cell that begins
 * with = + - @ for a formula, and a path is what anyone on the Internet chose to request: such text gets an apostrophe before
 * it (https://owasp.org/www-community/attacks/CSV_Injection). Control characters, and with them tabs and newlines, are shown
 * as `\x09`.
 */
import { printable } from '../term/text.ts';
import type { Report, RouteReport } from './report.ts';

type Cell = string | number | null;

const COLUMNS: Record<string, (route: RouteReport) => Cell> = {
  rank: ({ rank }) => rank,
  route: ({ route }) => route,
  verdict: ({ verdict }) => verdict,
  reason: ({ reason }) => reason,
  calls: ({ calls }) => calls,
  leakedBytes: ({ leakedBytes }) => leakedBytes,
  leakedBytesPerCall: ({ leakedBytesPerCall }) => leakedBytesPerCall,
  leakedBytesPerCallLow: ({ leakedBytesPerCallLow }) => leakedBytesPerCallLow,
  leakedBytesPerCallHigh: ({ leakedBytesPerCallHigh }) => leakedBytesPerCallHigh,
  plateauBytes: ({ plateauBytes }) => plateauBytes,
  detectableBytesPerCall: ({ detectableBytesPerCall }) => detectableBytesPerCall,
  workersAgreeing: ({ workersAgreeing }) => workersAgreeing,
  workersJudged: ({ workersJudged }) => workersJudged,
  grossGrowthBytes: ({ grossGrowthBytes }) => grossGrowthBytes,
  netGrowthBytes: ({ netGrowthBytes }) => netGrowthBytes,
  highWaterBytes: ({ highWaterBytes }) => highWaterBytes,
  growthCalls: ({ growthCalls }) => growthCalls,
  largestGrowthBytes: ({ largestGrowthBytes }) => largestGrowthBytes,
  largestGrowthFile: ({ largestGrowth }) => largestGrowth?.file ?? null,
  largestGrowthLine: ({ largestGrowth }) => largestGrowth?.line ?? null,
  largestGrowthTime: ({ largestGrowth }) => largestGrowth?.time ?? null,
  largestPeakBytes: ({ largestPeakBytes }) => largestPeakBytes,
  meanPeakBytes: ({ meanPeakBytes }) => meanPeakBytes,
  example: ({ examples }) => examples[0] ?? null,
};

export function printCsv(report: Report): string {
  return rows(report, ',', (text) => `"${inert(text).replaceAll('"', '""')}"`);
}

export function printTsv(report: Report): string {
  // TSV knows no quotes, but many of its readers do: one at the beginning would swallow the tabs behind it.
  return rows(report, '\t', (text) => inert(text).replace(/^(?=")/, "'"));
}

function rows({ routes }: Report, separator: string, textCell: (text: string) => string): string {
  const cell = (value: Cell) => (typeof value === 'string' ? textCell(value) : value === null ? '' : String(value));
  const lines = routes.map((route) => Object.values(COLUMNS).map((column) => cell(column(route))));
  return [Object.keys(COLUMNS), ...lines].map((line) => `${line.join(separator)}\n`).join('');
}

/** Without what a spreadsheet would compute; also behind a semicolon, at which some locales split, quoted or not. */
function inert(text: string): string {
  return printable(text).replace(/(^|;)(?=[\s"']*[=+\-@＝＋－＠])/gu, "$1'");
}
