import type { Mark } from '../../lines/mark.ts';
import type { Format, FormatContext, FormatParser } from '../format.ts';
import { Reading } from '../reading.ts';
import { type LambdaReport, readJsonReport, readTextReport } from './report.ts';

/** AWS Lambda's REPORT lines: the largest size so far of the environment that ran the invocation. */
export const lambda: Format = {
  name: 'lambda',
  recognisedBy: '"REPORT RequestId: … Max Memory Used: … MB", or JSON of type platform.report',
  isAvailable: () => true,
  create: (context) => new LambdaParser(context),
};

const MEBIBYTE = 2 ** 20;
/** An environment is a log stream: "2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef". */
const LOG_STREAM = /\d{4}\/\d\d\/\d\d\/(?:[\w-]{1,64})?\[[\w$.-]{1,64}\][0-9a-f]{16,64}/;
const LOG_GROUP = /\/aws\/lambda\/([\w-]{1,170})/;
const NO_NAME = '(invocation)';

class LambdaParser implements FormatParser {
  readonly marks: readonly Mark[] = ['REPORT RequestId: ', 'platform.report'];
  readonly #context: FormatContext;
  readonly #reading = new Reading();

  constructor(context: FormatContext) {
    this.#context = context;
  }

  line(text: string, lineNumber: number): boolean {
    const report = text.includes('REPORT RequestId: ') ? readTextReport(text) : readJsonReport(text);
    if (report === undefined) return false;
    this.#emit(report, lineNumber);
    return true;
  }

  #emit({ maxMemoryUsedMiB, time }: LambdaReport, lineNumber: number): void {
    const whole = this.#context.wholeLine();
    const reading = this.#reading;
    reading.clear();
    reading.kind = 'process-peak';
    reading.rssBytes = Math.round(maxMemoryUsedMiB * MEBIBYTE);
    reading.quantumBytes = MEBIBYTE;
    reading.routeName = LOG_GROUP.exec(whole)?.[1] ?? NO_NAME;
    reading.workerName = LOG_STREAM.exec(whole)?.[0] ?? '';
    if (time !== undefined) {
      reading.time = time.time;
      reading.zoned = time.zoned;
    }
    this.#context.sink.reading(reading, lineNumber);
  }
}
