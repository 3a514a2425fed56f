/** Short ways from a log in memory to its report. */
import { Readable } from 'node:stream';
import { type AnalyzeOptions, analyze, type Report, type RouteReport } from '../../src/index.ts';

/** @param pieces the log in the chunks it is to arrive in, or whole. */
export function reportOf(
  pieces: string | Buffer | readonly (string | Buffer)[],
  options: AnalyzeOptions = {},
): Promise<Report> {
  const chunks = Array.isArray(pieces) ? pieces : [pieces];
  return analyze(
    Readable.from(
      chunks.map((piece) => Buffer.from(piece)),
      { objectMode: false },
    ),
    options,
  );
}

/** Lines, each with its newline. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

export function routeOf(report: Report, route: string): RouteReport {
  const found = report.routes.find((candidate) => candidate.route === route);
  if (!found) throw new Error(`${route} is not among ${report.routes.map((candidate) => candidate.route).join(' ')}`);
  return found;
}

export function warningCodes(report: Report): string[] {
  return report.warnings.map(({ code }) => code);
}
