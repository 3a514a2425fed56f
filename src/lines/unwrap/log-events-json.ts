/**
 * AWS CloudWatch: many log lines in one object. `aws logs filter-log-events` and `get-log-events` answer
 * `{"events":[{"timestamp":ms,"message":"…","logStreamName":"…"}]}`, a subscription sends `{"logStream":"…","logEvents":[…]}`.
 */
import { isObject, JSON_MARKS, type JsonObject, jsonObject, stringAt, timeOf } from './json-object.ts';
import { type InnerLine, innerLine, type Unwrapped, type Wrapper } from './wrapper.ts';

export const logEventsJson: Wrapper = {
  name: 'cloudwatch',
  begins: (code) => code === 0x7b,
  marks: JSON_MARKS,
  unwrap(text): Unwrapped | undefined {
    const object = jsonObject(text);
    const events = object && eventsOf(object);
    if (!events) return undefined;
    const stream = stringAt(object, ['logStream'], ['logStreamName']);
    return { kind: 'lines', lines: events.map((event) => lineOf(event, stream)) };
  },
};

/** Undefined when these are no events. */
export function eventsOf({ events, logEvents }: JsonObject): readonly JsonObject[] | undefined {
  const list = Array.isArray(events) ? events : logEvents;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.every((event) => isObject(event) && typeof event.message === 'string') ? list : undefined;
}

function lineOf(event: JsonObject, stream: string): InnerLine {
  const time = timeOf(event.timestamp);
  const message = event.message as string;
  return innerLine(message.endsWith('\n') ? message.slice(0, -1) : message, {
    origin: stringAt(event, ['logStreamName']) || stream,
    time: time?.time ?? -1,
    zoned: time?.zoned ?? false,
  });
}
