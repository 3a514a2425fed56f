/**
 * uWSGI's log-format string. Which characters begin and end a variable: uwsgi_build_log_format(); the variables:
 * uwsgi_register_logchunks() and uwsgi_get_logchunk_by_name(), both in core/logging.c (2.0.9 to 2.1-dev).
 */
import { meaningOfName } from './name-meaning.ts';
import { type Field, type Meaning, MIB, memory, NOTHING, PAGE_BYTES, type Piece, type Shape } from './piece.ts';

const TIME: Meaning = { is: 'time' };
const figure = (metric: 'rss' | 'vsz'): Meaning => memory(metric, { quantumBytes: PAGE_BYTES, isInt32: true });
const wholeMib = (metric: 'rss' | 'vsz'): Meaning => memory(metric, { unitBytes: MIB, quantumBytes: MIB });

/** Every variable that the server knows. */
const VARIABLES: ReadonlyMap<string, readonly [Shape, Meaning]> = new Map<string, readonly [Shape, Meaning]>([
  ['uri', ['uri', { is: 'uri' }]],
  ['method', ['method', { is: 'method' }]],
  ['proto', ['protocol', NOTHING]],
  ['host', ['word', NOTHING]],
  ['user', ['text', NOTHING]],
  ['addr', ['text', NOTHING]],
  ['uagent', ['text', NOTHING]],
  ['referer', ['text', NOTHING]],
  ['status', ['integer', { is: 'status' }]],
  ['pid', ['integer', { is: 'pid' }]],
  ['wid', ['integer', { is: 'slot' }]],
  ['core', ['integer', { is: 'core' }]],
  ['rss', ['integer', figure('rss')]],
  ['vsz', ['integer', figure('vsz')]],
  ['rssM', ['integer', wholeMib('rss')]],
  ['vszM', ['integer', wholeMib('vsz')]],
  ['time', ['integer', TIME]],
  ['epoch', ['integer', TIME]],
  ['tmsecs', ['integer', TIME]],
  ['tmicros', ['integer', TIME]],
  ['ctime', ['ctime', TIME]],
  ['ltime', ['clf-time', TIME]],
  // As log-date says: anything, but nothing of a client's.
  ['ftime', ['text', NOTHING]],
  ['secs', ['decimal', NOTHING]],
  ...['rsize', 'hsize', 'size', 'cl', 'micros', 'msecs', 'switches', 'vars', 'headers', 'pktsize', 'modifier1'].map(
    (name) => [name, ['integer', NOTHING]] as const,
  ),
  ...['modifier2', 'werr', 'rerr', 'ioerr'].map((name) => [name, ['integer', NOTHING]] as const),
]);

export const UWSGI_VARIABLES: readonly string[] = [...VARIABLES.keys()];

/** The pieces of the string, as the server takes it apart: "%" that begins no variable is text. */
export function readUwsgiString(format: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let nameAt = -1;
  let state: 'text' | 'percent' | 'open' = 'text';
  const text = (end: number) => {
    if (end > from) pieces.push({ kind: 'literal', text: format.slice(from, end) });
  };
  for (let i = 0; i < format.length; i++) {
    const character = format[i];
    if (character === '%') {
      if (state === 'text') state = 'percent';
    } else if (character === '(') {
      if (state === 'percent') state = 'open';
    } else if (character === ')') {
      if (nameAt < 0) continue;
      pieces.push(variable(format.slice(nameAt, i)));
      state = 'text';
      nameAt = -1;
      from = i + 1;
    } else {
      if (state === 'open') {
        text(i - 2);
        nameAt = i;
      }
      state = 'text';
    }
  }
  text(format.length);
  return pieces;
}

function variable(name: string): Field {
  const source = `%(${name})`;
  const known = VARIABLES.get(name);
  if (known) return { kind: 'field', source, shape: known[0], meaning: known[1] };
  const dot = name.indexOf('.');
  const kind = name.slice(0, dot);
  if (kind === 'metric')
    return { kind: 'field', source, shape: 'integer', meaning: metricMeaning(name.slice(dot + 1)) };
  if (kind === 'var') return { kind: 'field', source, ...requestVariable(name.slice(dot + 1)) };
  return { kind: 'field', source, ...chosenName(name) };
}

/** Metrics of core/metrics.c that are about memory, and those an application named so. */
function metricMeaning(name: string): Meaning {
  const worker = /^worker\.(\d{1,5})\.(rss|vsz)_size$/.exec(name);
  if (!worker) return meaningOfName(name);
  return memory(worker[2] as 'rss' | 'vsz', { quantumBytes: PAGE_BYTES, slot: Number(worker[1]) });
}

/** CGI variables; all but these are a client's headers or say nothing about the request. */
function requestVariable(name: string): { shape: Shape; meaning: Meaning } {
  if (name === 'REQUEST_URI') return { shape: 'uri', meaning: { is: 'uri' } };
  if (name === 'PATH_INFO') return { shape: 'uri', meaning: { is: 'path' } };
  if (name === 'REQUEST_METHOD') return { shape: 'method', meaning: { is: 'method' } };
  if (name === 'SERVER_PROTOCOL') return { shape: 'protocol', meaning: NOTHING };
  if (name === 'QUERY_STRING') return { shape: 'text', meaning: { is: 'query' } };
  return { shape: 'text', meaning: NOTHING };
}

/** The shape follows from the meaning: an application writes a number where it means one. */
export function chosenName(name: string): { shape: Shape; meaning: Meaning } {
  const meaning = meaningOfName(name);
  switch (meaning.is) {
    case 'memory':
      return { shape: 'size', meaning };
    case 'pid':
    case 'status':
      return { shape: 'integer', meaning };
    case 'uri':
    case 'path':
      return { shape: 'uri', meaning };
    default:
      return { shape: 'text', meaning };
  }
}
