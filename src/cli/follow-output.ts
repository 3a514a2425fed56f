/** Where the reports of --follow go: in place on a terminal, as one JSON object per line into a pipe, into files each time. */

import type { UserError } from '../errors.ts';
import { PRINTERS } from '../report/printers.ts';
import type { Report } from '../report/report.ts';
import { safeJson } from '../term/printable.ts';
import { deliver } from './deliver.ts';
import { LiveScreen } from './live-screen.ts';
import type { ReportTarget } from './report-targets.ts';
import { type StyleFlags, tableStyle } from './style.ts';
import type { Surroundings } from './surroundings.ts';

export class FollowOutput {
  readonly #files: readonly ReportTarget[];
  /** What is asked for on standard output; undefined where all goes into files. */
  readonly #shown: ReportTarget[];
  readonly #flags: StyleFlags;
  readonly #surroundings: Surroundings;
  readonly #screen: LiveScreen | undefined;
  readonly #isJson: boolean;
  #last = '';

  constructor(targets: readonly ReportTarget[], isAsked: boolean, flags: StyleFlags, surroundings: Surroundings) {
    const { stdout, env } = surroundings;
    const isTerminal = stdout.isTTY === true && env.TERM !== 'dumb';
    this.#files = targets.filter(({ file }) => file !== undefined);
    this.#shown = targets.filter(({ file }) => file === undefined);
    this.#flags = flags;
    this.#surroundings = surroundings;
    const isTable = this.#shown.some(({ kind }) => kind === 'table');
    this.#isJson = this.#shown.some(({ kind }) => kind === 'json') || (isTable && !isAsked && stdout.isTTY !== true);
    this.#screen = isTerminal && isTable ? new LiveScreen(stdout) : undefined;
  }

  /** @returns what could not be written. */
  async show(report: Report): Promise<UserError[]> {
    if (this.#isJson) this.#line(report);
    if (this.#screen) {
      const print = await PRINTERS.table.load();
      const style = tableStyle(this.#flags, this.#surroundings);
      this.#screen.show(print(report, { style, toTerminal: true, classicRows: [] }));
    }
    // These are not written anew: one adds to a file, one needs more than the report.
    const files = this.#files.filter(({ kind }) => kind !== 'github' && kind !== 'classic');
    return await deliver(report, [], files, this.#flags, this.#surroundings, true);
  }

  /** What `deliver` has to print of the last report; takes down what was shown in place. */
  close(report: Report): ReportTarget[] {
    this.#screen?.close();
    if (!this.#isJson) return [...this.#files, ...this.#shown];
    this.#line(report);
    return [...this.#files];
  }

  /** Also when the run failed: the terminal is as it was. */
  restore(): void {
    this.#screen?.close();
  }

  #line(report: Report): void {
    const { series, ...bare } = report;
    const line = safeJson(bare);
    if (line !== this.#last) this.#surroundings.stdout.write(`${line}\n`);
    this.#last = line;
  }
}
