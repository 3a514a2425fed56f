/**
 * docker's json-file driver: `{"log":"line\n","stream":"stderr","time":"…Z"}`, with `attrs` (log-opt labels, env, tag) when
 * asked for. `<`, `>` and `&` are escaped. A line over 16 KiB is cut; only its last part ends in `\n`, and so does a last line
 * without newline. Source: moby, daemon/logger/jsonfilelog and daemon/logger/copier.go.
 */
import { isObject, JSON_MARKS, type JsonObject, jsonObject, stringAt, timeOf } from './json-object.ts';
import { type InnerLine, innerLine, type Wrapper } from './wrapper.ts';

/** copier.go, defaultBufSize, in bytes; never longer in characters, and shorter where bytes were no UTF-8. */
const PIECE_BYTES = 16_384;

export const dockerJson: Wrapper = {
  name: 'docker-json',
  begins: (code) => code === 0x7b,
  marks: JSON_MARKS,
  unwrap(text): InnerLine | undefined {
    const object = jsonObject(text);
    if (!object || !isDockerObject(object)) return undefined;
    const log = object.log as string;
    const ended = log.endsWith('\n');
    const time = timeOf(object.time);
    return innerLine(ended ? log.slice(0, -1) : log, {
      origin: isObject(object.attrs) ? stringAt(object.attrs, ['tag']) : '',
      stream: object.stream as string,
      time: time?.time ?? -1,
      zoned: time?.zoned ?? false,
      part: ended ? 'ended' : Buffer.byteLength(log) >= PIECE_BYTES ? 'piece' : 'perhaps',
    });
  },
};

/** Whether these are docker's keys and no others. */
export function isDockerObject(object: JsonObject): boolean {
  const { log, stream, time } = object;
  if (typeof log !== 'string' || typeof stream !== 'string' || typeof time !== 'string') return false;
  return Object.keys(object).length === (object.attrs === undefined ? 3 : 4);
}
