/** Reports on the same lines that were read from other files. */
import type { Report } from '../../src/index.ts';

/** The report as printed, without the names of its inputs: all their lines as those of one. */
export function comparable(json: string): unknown {
  const report = JSON.parse(json) as Report;
  const total = (of: (input: Report['inputs'][number]) => number) =>
    report.inputs.reduce((sum, input) => sum + of(input), 0);
  return {
    ...report,
    inputs: {
      lines: total(({ lines }) => lines),
      readings: total(({ readings }) => readings),
      otherLines: total(({ otherLines }) => otherLines),
      malformedLines: total(({ malformedLines }) => malformedLines),
      formats: [...new Set(report.inputs.flatMap(({ formats }) => formats.map(({ format }) => format)))].sort(),
      wrappers: [...new Set(report.inputs.flatMap(({ wrappers }) => wrappers))].sort(),
    },
    routes: report.routes.map((route) => ({
      ...route,
      // Whether there is a second one depends on which paths were looked up lately.
      examples: route.examples.slice(0, 1),
      largestGrowth: route.largestGrowth && { ...route.largestGrowth, file: '' },
    })),
  };
}
