import type { Mark } from '../../lines/mark.ts';
import type { Format, FormatContext, FormatParser } from '../format.ts';
import { Reading } from '../reading.ts';
import { ACCESS_MARKS, readAccessLine } from './access-line.ts';
import { PHP_FPM_MARKS, parseLifecycle } from './lifecycle.ts';

/** PHP-FPM: access logs with %M, the most that PHP's memory manager took for a request, and its error log. */
export const phpFpm: Format = {
  name: 'php-fpm',
  recognisedBy:
    '"METHOD URI" in quotes without a protocol, and %M behind it as in www.conf\'s example or as M=…, kilo=…, mega=…',
  isAvailable: () => true,
  create: (context) => new PhpFpmParser(context),
};

class PhpFpmParser implements FormatParser {
  readonly marks: readonly Mark[] = [...PHP_FPM_MARKS, ...ACCESS_MARKS];
  readonly #context: FormatContext;
  readonly #reading = new Reading();

  constructor(context: FormatContext) {
    this.#context = context;
  }

  line(line: string, lineNumber: number): boolean {
    const { sink, memory } = this.#context;
    const text = line.trimEnd();
    const event = parseLifecycle(text);
    if (event) {
      sink.event(event);
      sink.otherLine();
      return true;
    }
    const access = readAccessLine(text);
    if (!access) return false;
    const reading = this.#reading;
    reading.clear();
    reading.kind = 'request-peak';
    reading.heapBytes = access.peakBytes;
    reading.quantumBytes = access.quantumBytes;
    reading.pid = access.pid;
    reading.status = access.status;
    if (access.time) {
      reading.time = access.time.time;
      reading.zoned = access.time.zoned;
    }
    reading.setRequest(memory, access.method, access.uri);
    sink.reading(reading, lineNumber);
    return true;
  }
}
