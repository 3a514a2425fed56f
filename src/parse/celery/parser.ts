/**
 * celery's worker log. Its own lines hold no memory; a handler of the signal task_postrun has to log it, in the task's logger:
 *
 *     [2026-11-23 20:57:18,082: INFO/ForkPoolWorker-1] shop.tasks.mail[9a5b…]: gmem rss=43778048 pid=18521 state=SUCCESS
 *     [2026-11-23 20:57:18,082: INFO/ForkPoolWorker-1] shop.tasks.mail[9a5b…]: {"rss": 43778048}
 *
 * The route is the task's name. Without a pid the pool's name for the process is the worker's: a new child gets a new number.
 */

import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import { FieldReader } from '../fields/field-reader.ts';
import type { FormatContext, FormatParser } from '../format.ts';
import { putObject } from '../json/fields.ts';
import { forEachPair, pairMark } from '../logfmt/pairs.ts';
import { CELERY_MARKS, CeleryLifecycle } from './lifecycle.ts';

/** worker_log_format. */
const PREFIX = /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}): [A-Z]{4,8}\/([^\]\s]{1,100})\] /;
/** Behind it, worker_task_log_format; ???[???] outside of tasks. */
const TASK = /^([\w.:\-<>]{1,500}|\?\?\?)\[([^\]\s]{1,100})\]: /;

/** A memory figure is one of an object's members, or of pairs; an object may begin with any white space. */
const OBJECTS = ['{"', '{ ', '{\t', '{\r'];

export class CeleryParser implements FormatParser {
  readonly marks: readonly Mark[];
  readonly #sink: FormatContext['sink'];
  readonly #reader: FieldReader;
  readonly #lifecycle = new CeleryLifecycle();

  constructor(context: FormatContext) {
    this.#sink = context.sink;
    this.marks = [...OBJECTS, ...CELERY_MARKS, pairMark(context.options)];
    this.#reader = new FieldReader(context);
  }

  line(text: string, lineNumber: number): boolean {
    const prefix = text.charCodeAt(0) === 0x5b ? PREFIX.exec(text) : null;
    if (!prefix) return false;
    const [whole, time, processName] = prefix;
    const message = text.slice(whole.length).trimEnd();
    if (this.#request(message, time!, processName!, lineNumber)) return true;
    const events = this.#lifecycle.events(processName!, message);
    for (const event of events) this.#sink.event(event);
    if (events.length === 0) return false;
    this.#sink.otherLine();
    return true;
  }

  transfer(archive: Archive): void {
    this.#reader.transfer(archive);
    this.#lifecycle.transfer(archive);
  }

  #request(message: string, time: string, processName: string, lineNumber: number): boolean {
    const task = TASK.exec(message);
    const rest = task ? message.slice(task[0].length) : message;
    // What a task returns, or why it failed, is another's text.
    if (!task && rest.startsWith('Task ')) return false;
    const { record, names } = this.#reader;
    record.start();
    if (rest.startsWith('{')) {
      const object = parseObject(rest);
      if (object === undefined) return false;
      putObject(this.#reader, object);
    } else {
      forEachPair(rest, 0, (key, value) => {
        const { field } = names.child(names.root, key);
        if (field) record.put(field, value);
      });
    }
    if (!record.namesMemory) return false;
    if (task && task[1] !== '???') record.putMissing('route', task[1]!);
    record.putMissing('time', time);
    record.putMissing('worker', processName);
    if (!this.#reader.finish(lineNumber)) return false;
    const { pid } = this.#reader;
    if (pid >= 0) this.#lifecycle.learn(processName, pid);
    return true;
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
