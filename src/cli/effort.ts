/** What a run took, for --verbose. */
import { performance } from 'node:perf_hooks';
import type { Report } from '../report/report.ts';
import { formatBytes, plural, type UnitSystem } from '../term/units.ts';

const KIBIBYTE = 1024;

export class Effort {
  readonly #start = performance.now();
  #bytes = 0;

  /** So many more bytes were read, as they lie on the disk. */
  read(bytes: number): void {
    this.#bytes += bytes;
  }

  /** One line: `954 MiB, 3,375,231 lines in 3.10 s: 308 MiB/s; at most 121 MiB of memory`. */
  describe({ inputs }: Pick<Report, 'inputs'>, system: UnitSystem): string {
    const seconds = Math.max(0.001, (performance.now() - this.#start) / 1000);
    const lines = inputs.reduce((sum, input) => sum + input.lines, 0);
    const size = (bytes: number) => formatBytes(bytes, system);
    const peakBytes = process.resourceUsage().maxRSS * KIBIBYTE;
    return `${size(this.#bytes)}, ${plural(lines, 'line')} in ${seconds.toFixed(2)} s: ${size(this.#bytes / seconds)}/s; at most ${size(peakBytes)} of memory`;
  }
}
