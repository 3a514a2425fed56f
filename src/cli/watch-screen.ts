/** The live view on a terminal: reports and keys come in, frames go out, and at the end the terminal is as it was. */
import type { PrintStyle } from '../report/printer.ts';
import type { Report } from '../report/report.ts';
import { type Choice, FIRST_CHOICE, keysOf, pressed } from '../watch/choice.ts';
import { FullScreen } from '../watch/full-screen.ts';
import { watchView } from '../watch/watch-view.ts';
import type { Surroundings } from './surroundings.ts';

export interface WatchSettings {
  surroundings: Surroundings;
  /** Undefined where standard input is the log. */
  keys: Surroundings['stdin'] | undefined;
  style: PrintStyle;
  title: string;
  /** Shown until there is a report. */
  remark: string;
  quit: () => void;
}

export class WatchScreen {
  readonly #settings: WatchSettings;
  readonly #screen: FullScreen;
  #choice: Choice = FIRST_CHOICE;
  #report: Report | undefined;
  #ended: readonly string[] = [];
  #shownAt = 0;
  #requestsPerSecond: number | undefined;
  readonly #draw = () => this.draw();
  readonly #restore = () => this.close();
  readonly #press = (text: Buffer | string) => {
    for (const key of keysOf(String(text))) {
      const next = pressed(this.#choice, key);
      if (!next) return this.#settings.quit();
      // Behind the last row there is nothing to scroll back from.
      this.#choice = { ...next, offset: Math.min(next.offset, this.#report?.routes.length ?? 0) };
    }
    this.draw();
  };

  constructor(settings: WatchSettings) {
    this.#settings = settings;
    this.#screen = new FullScreen(settings.surroundings.stdout);
  }

  open(): void {
    const { surroundings, keys } = this.#settings;
    // A bug elsewhere ends the process without coming by here.
    surroundings.onExit(this.#restore);
    this.#screen.open();
    surroundings.stdout.on?.('resize', this.#draw);
    keys?.setRawMode?.(true);
    keys?.on('data', this.#press);
    this.draw();
  }

  /** @param ended names of the workers that have, the last one last. */
  show(report: Report, ended: readonly string[]): void {
    const now = performance.now();
    if (this.#report) {
      const requests = report.totals.requests - this.#report.totals.requests;
      this.#requestsPerSecond = (1000 * requests) / (now - this.#shownAt);
    }
    this.#report = report;
    this.#ended = ended;
    this.#shownAt = now;
    this.draw();
  }

  draw(): void {
    const { style, title, remark } = this.#settings;
    const report = this.#report;
    const { columns: width, rows } = this.#screen;
    const facts = report && { report, ended: this.#ended, title, requestsPerSecond: this.#requestsPerSecond };
    this.#screen.draw(
      facts
        ? watchView(facts, this.#choice, { ...style, width }, rows)
        : ['Reading ...', remark].map((line) => line.slice(0, width)),
    );
  }

  close(): void {
    const { surroundings, keys } = this.#settings;
    surroundings.stdout.off?.('resize', this.#draw);
    keys?.off('data', this.#press);
    keys?.setRawMode?.(false);
    keys?.pause();
    this.#screen.close();
  }
}
