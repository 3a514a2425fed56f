import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import type { Format, FormatParser } from '../format.ts';
import type { LogSink } from '../log-sink.ts';
import { GUNICORN_MARKS, GunicornLifecycle } from './lifecycle.ts';

/**
 * gunicorn's error log: what it says of its processes. Requests are in lines that the site made: an access log with a memory
 * atom (--log-format), or the lines of a post_request hook.
 */
export const gunicorn: Format = {
  name: 'gunicorn',
  recognisedBy: '"Booting worker with pid: …" and the like in gunicorn\'s error log',
  isAvailable: () => true,
  create: ({ sink }) => new GunicornParser(sink),
};

class GunicornParser implements FormatParser {
  readonly marks: readonly Mark[] = GUNICORN_MARKS;
  readonly #sink: LogSink;
  readonly #lifecycle = new GunicornLifecycle();

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  line(line: string): boolean {
    const found = this.#lifecycle.read(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (found === undefined) return false;
    if (found !== 'heard') this.#sink.event(found);
    this.#sink.otherLine();
    return true;
  }

  transfer(archive: Archive): void {
    this.#lifecycle.transfer(archive);
  }
}
