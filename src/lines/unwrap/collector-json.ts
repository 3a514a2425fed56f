/**
 * JSON that collectors make of lines: fluent-bit and fluentd, Vector, Filebeat, Google Cloud's textPayload and jsonPayload,
 * single events of CloudWatch, logcli -o jsonl, GELF, and whatever else has the line under a usual name. An application's own
 * JSON often has such a field, too: where its text is not read, the object as a whole is offered to the formats.
 */
import { isDockerObject } from './docker-json.ts';
import { isJournalObject } from './journald-json.ts';
import { isObject, JSON_MARKS, type JsonObject, joinedOrigin, jsonObject, stringAt, timeOf } from './json-object.ts';
import { eventsOf } from './log-events-json.ts';
import { innerLine, type Wrapper } from './wrapper.ts';

/** Where the line may be, in the object or one inside it. */
export const MESSAGES: readonly string[] = [
  'log',
  'message',
  'msg',
  'MESSAGE',
  'textPayload',
  'line',
  'event',
  '@message',
  'short_message',
];
/** Objects in which the message may stand. */
const INSIDE = ['jsonPayload', 'event', 'attributes', 'message', 'log'];
const TIMES = ['time', 'timestamp', '@timestamp', 'ts', 'date', 'DATE', 'receiveTimestamp'];

export const collectorJson: Wrapper = {
  name: 'json',
  begins: (code) => code === 0x7b,
  marks: JSON_MARKS,
  unwrap(text) {
    const object = jsonObject(text);
    if (!object || isDockerObject(object) || isJournalObject(object) || eventsOf(object)) return undefined;
    const message = messageOf(object) ?? insideMessageOf(object);
    if (message === undefined) return undefined;
    const time = TIMES.map((key) => timeOf(object[key])).find((found) => found !== undefined);
    return innerLine(message.endsWith('\n') ? message.slice(0, -1) : message, {
      origin: originOf(object),
      stream: stringAt(object, ['stream'], ['source']),
      time: time?.time ?? -1,
      zoned: time?.zoned ?? false,
      part: isPiece(object) ? 'piece' : 'whole',
    });
  },
};

function messageOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  for (const key of MESSAGES) {
    const text = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof text === 'string') return text;
  }
  return undefined;
}

function insideMessageOf(object: JsonObject): string | undefined {
  for (const key of INSIDE) {
    const text = messageOf(object[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Beside these, `host` is the one that a client asked for. */
const OF_REQUESTS = ['method', 'url', 'uri', 'path', 'status', 'request', 'req', 'user_agent'];

/** Host and container, by the names that collectors give them. '' when none is there. */
function originOf(object: JsonObject): string {
  const host = stringAt(
    object,
    OF_REQUESTS.some((key) => Object.hasOwn(object, key)) ? [] : ['host'],
    ['hostname'],
    ['_HOSTNAME'],
    ['HOST'],
    ['host', 'name'],
    ['host', 'hostname'],
    ['kubernetes', 'host'],
    ['kubernetes', 'node', 'name'],
    ['kubernetes', 'pod_node_name'],
    ['resource', 'labels', 'instance_id'],
  );
  const pod = stringAt(
    object,
    ['kubernetes', 'pod_name'],
    ['kubernetes', 'pod', 'name'],
    ['pod_name'],
    ['pod'],
    ['labels', 'pod'],
    ['resource', 'labels', 'pod_name'],
    ['resource', 'labels', 'revision_name'],
    ['labels', 'instanceId'],
    ['ecs_task_arn'],
    ['logStreamName'],
    ['logStream'],
    ['@logStream'],
    ['dyno'],
  );
  const container = stringAt(
    object,
    ['kubernetes', 'container_name'],
    ['kubernetes', 'container', 'name'],
    ['container_name'],
    ['container'],
    ['labels', 'container'],
    ['resource', 'labels', 'container_name'],
    ['container', 'name'],
    ['container', 'id'],
    ['docker', 'container_id'],
    ['container_id'],
  );
  return joinedOrigin(host, pod, container);
}

/** What isPiece asks for. */
export const PIECE_KEYS: readonly string[] = ['logtag', '_p', 'partial_message', 'partial_last'];

/** containerd's parser in fluent-bit keeps the tag as logtag or _p, docker's fluentd driver says it in words. */
function isPiece(object: JsonObject): boolean {
  const { logtag, _p, partial_message, partial_last } = object;
  return logtag === 'P' || _p === 'P' || (String(partial_message) === 'true' && String(partial_last) !== 'true');
}
