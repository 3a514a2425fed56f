/**
 * `journalctl -o json`: an object a line, its keys in any order, numbers as text. MESSAGE is an array of bytes where it is no
 * UTF-8 or holds control characters, null where it is longer than 4096 bytes (without --all), an array of texts where the
 * field came several times.
 */
import { JSON_MARKS, type JsonObject, joinedOrigin, jsonObject, stringAt, timeOf } from './json-object.ts';
import { innerLine, type Unwrapped, type Wrapper } from './wrapper.ts';

export const journaldJson: Wrapper = {
  name: 'journald-json',
  begins: (code) => code === 0x7b,
  marks: JSON_MARKS,
  unwrap(text): Unwrapped | undefined {
    const object = jsonObject(text);
    if (!object || !isJournalObject(object)) return undefined;
    const host = stringAt(object, ['_HOSTNAME'], ['HOSTNAME']);
    // docker's journald driver names the container.
    const origin = joinedOrigin(host, stringAt(object, ['CONTAINER_NAME'], ['CONTAINER_ID']));
    const message = messageOf(object.MESSAGE);
    if (message === undefined) return { kind: 'lost', origin, pid: pidOf(object) };
    const time = timeOf(object._SOURCE_REALTIME_TIMESTAMP) ?? timeOf(object.__REALTIME_TIMESTAMP);
    return innerLine(message, {
      origin,
      stream: stringAt(object, ['_STREAM_ID']),
      time: time?.time ?? -1,
      zoned: time?.zoned ?? false,
      part: isPiece(object) ? 'piece' : 'whole',
    });
  },
};

/** docker's journald driver cuts lines at 16 KiB. */
function isPiece({ CONTAINER_PARTIAL_MESSAGE: partial, CONTAINER_PARTIAL_LAST: last }: JsonObject): boolean {
  return partial === 'true' && last !== 'true';
}

export function isJournalObject(object: JsonObject): boolean {
  return object.MESSAGE !== undefined && (object.__REALTIME_TIMESTAMP !== undefined || object.__CURSOR !== undefined);
}

function messageOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return oneMessage(value);
  const whole = oneMessage(value);
  if (whole !== undefined) return whole;
  const parts = value.map(oneMessage);
  return parts.every((part) => part !== undefined) ? parts.join('\n') : undefined;
}

function oneMessage(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every(isByte) ? Buffer.from(value).toString('utf8') : undefined;
}

function isByte(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
}

function pidOf(object: JsonObject): number | null {
  const pid = Number(stringAt(object, ['_PID'], ['SYSLOG_PID']));
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}
