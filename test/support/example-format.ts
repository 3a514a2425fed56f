/** The format that the README adds, as an example. */
import type { Format, FormatContext, FormatParser } from '../../src/parse/format.ts';
import { Reading } from '../../src/parse/reading.ts';

/** `7 GET /a 200 43376kB` */
const LINE = /^(\d+) ([A-Z]+) (\S+) (\d{3}) (\d+)kB$/;

export const example: Format = {
  name: 'example',
  recognisedBy: '"PID METHOD URI STATUS RSSkB"',
  isAvailable: () => true,
  create: (context) => new ExampleParser(context),
};

class ExampleParser implements FormatParser {
  readonly #context: FormatContext;
  readonly #reading = new Reading();

  constructor(context: FormatContext) {
    this.#context = context;
  }

  line(text: string, lineNumber: number): boolean {
    const found = LINE.exec(text);
    if (!found) return false;
    const reading = this.#reading;
    reading.clear();
    reading.pid = Number(found[1]);
    reading.setRequest(this.#context.memory, found[2]!, found[3]!);
    reading.status = Number(found[4]);
    reading.rssBytes = Number(found[5]) * 1024;
    this.#context.sink.reading(reading, lineNumber);
    return true;
  }
}
