/**
 * oink's lines about one request, between which those of other processes may stand. Source: lib/oink/reports and
 * lib/oink/instrumentation of noahd1/oink.
 *
 *     Feb 01 01:58:29 web1 rails[4413]: Oink Action: Users#show
 *     Feb 01 01:58:29 web1 rails[4413]: Memory usage: 316516 | PID: 4413
 *     Feb 01 01:58:29 web1 rails[4413]: Oink Log Entry Complete
 *
 * The figure is the process's virtual size in KiB, whatever the word: the first field of /proc/self/statm.
 */

import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import type { FormatContext, FormatParser } from '../format.ts';
import { Reading } from '../reading.ts';

const ACTION = /(?:^|[\s:])Oink Action: (\S{1,500})\s*$/;
const MEMORY = /(?:^|[\s:])Memory usage: (\d{1,15}) \| PID: (\d{1,10})\s*$/;
const COMPLETE = /(?:^|[\s:])Oink Log Entry Complete\s*$/;
/** Before the message: the host and the pid, as syslog and Ruby's logger write them. */
const PROCESS = /(\S{0,255}) ?\S{0,255}[[#](\d{1,10})\]/;
/** Requests of which only a part has been read; of more the oldest are forgotten. */
const MOST_OPEN = 1024;
const LONGEST_PREFIX = 600;

interface Open {
  action: string | undefined;
  vszBytes: number | undefined;
  pid: number | undefined;
}

export class OinkParser implements FormatParser {
  readonly marks: readonly Mark[] = ['Oink ', 'Memory usage: '];
  readonly #context: FormatContext;
  readonly #reading = new Reading();
  #open = new Map<string, Open>();

  constructor(context: FormatContext) {
    this.#context = context;
  }

  line(text: string, lineNumber: number): boolean {
    if (!text.includes('Oink ') && !text.includes('Memory usage: ')) return false;
    const action = ACTION.exec(text.slice(-LONGEST_PREFIX));
    const memory = action ? null : MEMORY.exec(text.slice(-LONGEST_PREFIX));
    if (!action && !memory && !COMPLETE.test(text.slice(-LONGEST_PREFIX))) return false;
    const key = this.#process(text);
    if (!action && !memory) return this.#complete(key, lineNumber);
    const open = this.#entry(key);
    if (action) open.action = Buffer.from(action[1]!, 'utf8').toString('utf8');
    if (memory) {
      open.vszBytes = Number(memory[1]) * 1024;
      open.pid = Number(memory[2]);
    }
    this.#context.sink.otherLine();
    return true;
  }

  transfer(archive: Archive): void {
    this.#open = archive.value(this.#open);
  }

  /** What is before the message may have been taken off with a wrapper. */
  #process(text: string): string {
    const whole = this.#context.wholeLine();
    const at = whole.lastIndexOf(/Oink |Memory usage: /.exec(text)?.[0] ?? '');
    const process = PROCESS.exec(whole.slice(0, Math.min(at, LONGEST_PREFIX)));
    return process ? `${process[1]} ${process[2]}` : '';
  }

  #entry(key: string): Open {
    let open = this.#open.get(key);
    if (open === undefined) {
      const [oldest] = this.#open.keys();
      if (this.#open.size >= MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
      open = { action: undefined, vszBytes: undefined, pid: undefined };
      this.#open.set(Buffer.from(key, 'utf8').toString('utf8'), open);
    }
    return open;
  }

  #complete(key: string, lineNumber: number): true {
    const { sink } = this.#context;
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open?.vszBytes === undefined || open.pid === undefined) {
      sink.otherLine();
      return true;
    }
    const reading = this.#reading;
    reading.clear();
    reading.vszBytes = open.vszBytes;
    reading.pid = open.pid;
    reading.quantumBytes = 4096;
    reading.routeName = open.action ?? '';
    if (open.action === undefined) sink.tornReading(reading, lineNumber);
    else sink.reading(reading, lineNumber);
    return true;
  }
}
