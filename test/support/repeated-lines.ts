/** Lines of loggers that write the same fields again and again, with values of every kind: usual, odd and hostile. */
import type { Random } from './random.ts';

const pick = <T>(random: Random, list: readonly T[]): T => list[random.integer(list.length)]!;

const TEXTS = ['', '-', 'x', 'a b', 'path', 'rss', 'rss_bytes', 'pid', 'status', 'é', '\\u00e9', '\\"', '\\', '{', '}', '{"a":1}', '\t', 'null', '😀', '[pid: 7|app: 0|req: 1/1]', 'Mozilla/5.0 (X11)', 'a\\nb', '12', '200 OK', 'x'.repeat(2000), '","rss":1,"'] as const; // biome-ignore format: a list
const PATHS = ['/', '/a', '/users/17', '/users/18?page=2', '/a/é', '/a%20b', '*', 'http://h/x', '//', '/x;y', '/files/a/b/c', '/q?rss=1&"pid"'] as const; // biome-ignore format: a list
const NUMBERS = ['0', '-1', '00', '7', '1.5', '1.50', '1.', '.5', '1e3', '2E-2', '1e', '123456789012345', '1234567890123456', '99999999999999999999', '9007199254740993', '0.1', '0.0000001', '12.345678901234567', '+1', '1048575', '1048576', 'null', 'true', '"17"', '"-"', '[1]', '{}', ''] as const; // biome-ignore format: a list
const SIZES = ['40000000', '40960000', '0', '51200.25', '38.5', '39.1234', '40000000.0'] as const;
const METHODS = ['GET', 'POST', 'DELETE', 'get', ''] as const;

const isOdd = (random: Random) => random.integer(12) === 0;

/** As JSON writes it, mostly; sometimes as no writer should. */
function text(random: Random, usual: readonly string[]): string {
  return `"${pick(random, isOdd(random) ? TEXTS : usual)}"`;
}

function number(random: Random, usual: readonly string[]): string {
  return pick(random, isOdd(random) ? NUMBERS : usual);
}

type Clock = (iso: string, epoch: string, random: Random) => string;

const CLOCKS: readonly Clock[] = [
  (iso) => `"${iso}"`,
  (iso) => `"${iso.slice(0, 23).replace('T', ' ').replace('.', ',')}"`,
  (iso) => `"${iso.slice(0, 19)}+01:00"`,
  (iso, _, random) => `"${iso.slice(0, 23)}${random.integer(1000)}Z"`,
  (iso, _, random) => `"${iso.slice(0, 23)}${pick(random, ['999', '998', '990'])}${pick(random, ['999', '000'])}Z"`,
  (iso, _, random) => `"${iso.slice(0, 17)}${pick(random, ['60', '59', '00'])}Z"`,
  (_, epoch) => epoch,
  (_, epoch) => `${epoch}1234`,
  (_, epoch) => String(Math.round(Number(epoch) * 1000)),
  (iso) => `"${new Date(iso).toUTCString()}"`,
];

function time(random: Random, clock = 0): string {
  const milliseconds = Date.UTC(2026, 10, 23, 20, 50) + random.integer(180_000);
  const iso = new Date(milliseconds).toISOString();
  return isOdd(random)
    ? text(random, ['yesterday', iso])
    : CLOCKS[clock % CLOCKS.length]!(iso, String(milliseconds / 1000), random);
}

const pid = (random: Random) => number(random, ['101', '102', '103']);
const status = (random: Random) => number(random, ['200', '200', '404', '500', '99', '1000']);
const size = (random: Random) => number(random, SIZES);
const path = (random: Random) => text(random, PATHS);
const method = (random: Random) => text(random, METHODS);

/** @param variant of its clock. */
type Form = (random: Random, variant: number) => string;

const hook: Form = (random) =>
  `{"pid": ${pid(random)}, "method": ${method(random)}, "path": ${path(random)}, "status": ${status(random)}, "rss_bytes": ${size(random)}}`;

const prefixed: Form = (random, variant) => {
  const date = new Date(Date.UTC(2026, 10, 23, 20, 50) + random.integer(180_000)).toISOString().slice(0, 19);
  const zone = pick(random, [' +0000', ' +0000', ' -0530', '', ' UTC', ',123']);
  const level = pick(random, ['[INFO] ', '[INFO] ', '[DEBUG] ', '[NOTICE] ', '']);
  const stamp = pick(random, [`[${date.replace('T', ' ')}${zone}] `, `[${date.replace('T', ' ')}${zone}] `, '']);
  return `${stamp}[${pick(random, ['101', '102', '0', '12345678901'])}] ${level}${pick(random, [hook, timed, nameless])(random, variant)}`;
};

const nameless: Form = (random) =>
  `{"path": ${path(random)}, "rss": ${size(random)}, "uss": ${size(random)}, "level": ${text(random, ['info'])}}`;

const timed: Form = (random, variant) =>
  `{"time":${time(random, variant)},"host":${text(random, ['web-1', 'web-2', 'a.example:80'])},"pid":${pid(random)},"method":${method(random)},"url":${path(random)},"status":${text(random, ['200', '404'])},"mem":{"rss_kb":${size(random)},"heapUsed":${size(random)}}}`;

const routed: Form = (random, variant) =>
  `{"time":${time(random, variant)},"pid":${pid(random)},"path":${path(random)},"route":${text(random, ['/users/<id>', '/a', '-', ''])},"uss_gib":${number(random, ['0.0000001', '0.00000012', '0.25'])},"user_agent":${text(random, ['curl'])}}`;

const pino: Form = (random, variant) =>
  `{"level":30,"time":${time(random, variant)},"pid":${pid(random)},"hostname":"h","req":{"id":${number(random, ['1', '2'])},"method":${method(random)},"url":${path(random)}},"res":{"statusCode":${status(random)}},"ok":${pick(random, ['true', 'false', 'null'])},"mem":{"rss":${size(random)}},"msg":${text(random, ['request completed', 'request completed', 'request aborted', 'took 5 ms'])}}`;

const rails: Form = (random) =>
  `{"controller":${text(random, ['Users', 'Orders'])},"action":${text(random, ['show'])},"name":${text(random, ['app'])},"request":${text(random, ['GET /a HTTP/1.1', 'POST /b c HTTP/1.0', 'GET', 'GET /x', '- /x HTTP/1.1'])},"status":${status(random)},"vsz":${size(random)},"worker":${text(random, ['w1', 'w2'])}}`;

const task: Form = (random) =>
  `{"task":${text(random, ['shop.mail', 'shop.bill'])},"pid":${pid(random)},"rss":${size(random)},"maxrss":${size(random)},"a":{"b":{"c":{"d":{"e":{"pid":1}}}}}}`;

const ambiguous: Form = (random) =>
  `{"url":${path(random)},"path":${path(random)},"pid":${pid(random)},"rss":${size(random)},"memory":${size(random)},"logger":${text(random, ['app'])},"name":${text(random, ['n'])}}`;

const collected: Form = (random) =>
  `{"log":${text(random, ['words only', 'rss=41000000 path=/l pid=9'])},"stream":"stderr","pid":${pid(random)},"path":${path(random)},"rss":${size(random)},"logtag":${text(random, ['F', 'P'])}}`;

const piece: Form = (random) =>
  `{"msg":${text(random, ['words only'])},"pid":${pid(random)},"path":${path(random)},"rss":${size(random)},"_p":${text(random, ['F', 'P'])}}`;

const other: Form = (random) => `{"path":${path(random)},"pid":${pid(random)},"memory":${size(random)}}`;

const action: Form = (random) =>
  `{"name":${text(random, ['app'])},"level":${text(random, ['info'])},"action":${text(random, ['show'])},"pid":${pid(random)},"rss":${size(random)}}`;

const JSON_FORMS: readonly Form[] = [piece, other, action, hook, hook, prefixed, prefixed, timed, routed, pino, rails, task, ambiguous, nameless, collected]; // biome-ignore format: a list

/** Writes lines, without newlines, of some of the forms: a log has few. */
export function jsonWriter(random: Random): () => string {
  const forms = Array.from({ length: 1 + random.integer(4) }, () => pick(random, JSON_FORMS));
  const variant = random.integer(CLOCKS.length);
  return () => {
    const line = pick(random, forms)(random, variant);
    return random.integer(40) === 0 ? `${line}${pick(random, ['\r', ' ', '}', ','])}` : line;
  };
}
