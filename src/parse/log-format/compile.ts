/** From a server's log-format string to what reads its lines, with a sentence for every string that cannot serve. */
import { UserError } from '../../errors.ts';
import { LineReader } from './bytes/line-reader.ts';
import { TemplateBytes } from './bytes/template-bytes.ts';
import { type Encoder, encoded } from './encoder.ts';
import { isGunicornString, readGunicornString } from './gunicorn-string.ts';
import type { Field, Meaning, Piece } from './piece.ts';
import { RecordReader } from './record-reader.ts';
import { Template } from './template.ts';
import { readUwsgiString, UWSGI_VARIABLES } from './uwsgi-string.ts';

export interface LogFormat {
  server: Server;
  template: Template;
  reader: RecordReader;
  /** For lines that can be taken apart in one way only; undefined where the format is too rich for that. */
  bytes: LineReader | undefined;
  /** Its lines come without newlines between them. */
  isEndless: boolean;
}

export type Server = 'uwsgi' | 'gunicorn';

export function serverOf(format: string): Server {
  return isGunicornString(format) ? 'gunicorn' : 'uwsgi';
}

/**
 * @param encoder what uWSGI's log-encoder does to each line.
 * @throws UserError when lines of this format would say too little, or could not be taken apart.
 */
export function compileLogFormat(format: string, encoder?: Encoder): LogFormat {
  const server = serverOf(format);
  const pieces = server === 'gunicorn' ? readGunicornString(format) : readUwsgiString(format);
  const fields = pieces.filter((piece): piece is Field => piece.kind === 'field');
  refuseOpenParentheses(format, server);
  if (server === 'uwsgi') refuseOtherCase(fields);
  refuseWithoutFields(format, fields);
  refuseWithoutMemory(fields, server);
  refuseWithoutRoute(fields, server);
  const whole: Piece[] = encoder ? encoded(pieces, encoder) : pieces;
  const escapes = server === 'gunicorn' || encoder?.isJson === true;
  const template = new Template(whole, escapes);
  const restore = escapes ? unescapeQuotes : (value: string) => value;
  const reader = new RecordReader(template.fields, encoder?.isJson ? unescapeJson : restore);
  const isEndless = encoder?.isEndless ?? false;
  const bytes = isEndless ? undefined : LineReader.of(TemplateBytes.of(whole), template.fields);
  return { server, template, reader, bytes, isEndless };
}

function refuseOpenParentheses(format: string, server: Server): void {
  const open = /%\([^)]*$/.exec(format) ?? /%\((?=%\()/.exec(format) ?? /%\(\)/.exec(format);
  if (!open || server === 'gunicorn') return;
  throw new UserError(
    `--log-format has "${format.slice(open.index, open.index + 20)}" whose parenthesis is not closed around a name; write %(name)`,
  );
}

/** Such a variable would be the application's, and is sure to be meant for the server's. */
function refuseOtherCase(fields: readonly Field[]): void {
  for (const name of fields.map(({ source }) => source.slice(2, -1))) {
    if (UWSGI_VARIABLES.includes(name)) continue;
    const meant = UWSGI_VARIABLES.find((known) => known.toLowerCase() === name.toLowerCase());
    if (meant)
      throw new UserError(`--log-format has %(${name}), which is none of uWSGI's variables; was %(${meant}) meant?`);
  }
}

function refuseWithoutFields(format: string, fields: readonly Field[]): void {
  if (fields.length > 0) return;
  throw new UserError(
    `--log-format ${JSON.stringify(format.slice(0, 80))} holds no field; give the server's own string, as in '%(pid) %(uri) %(rss)' (uWSGI) or '%(p)s %(r)s %({x-rss}o)s' (gunicorn), in single quotes`,
  );
}

function refuseWithoutMemory(fields: readonly Field[], server: Server): void {
  if (has(fields, 'memory')) return;
  if (server === 'gunicorn') {
    throw new UserError(
      "--log-format holds no memory figure: let the application set a response header or an environ key to the process's RSS and log it with %({x-rss}o)s or %({my.rss}e)s",
    );
  }
  throw new UserError(
    `--log-format holds no memory figure: add %(rss) to the server's log-format and set memory-report = true${misspelled(fields)}`,
  );
}

function refuseWithoutRoute(fields: readonly Field[], server: Server): void {
  if (['uri', 'path', 'request-line', 'route'].some((is) => has(fields, is as Meaning['is']))) return;
  throw new UserError(
    `--log-format says nothing of which route a request was for: add ${server === 'gunicorn' ? '%(r)s' : `%(uri) to the server's log-format${misspelled(fields)}`}`,
  );
}

function has(fields: readonly Field[], is: Meaning['is']): boolean {
  return fields.some(({ meaning }) => meaning.is === is);
}

/** uWSGI takes every unknown name for a variable of the application's, so a slip of the pen is no error there. */
function misspelled(fields: readonly Field[]): string {
  const names = fields.map(({ source }) => source.slice(2, -1));
  for (const name of names) {
    if (name.includes('.') || UWSGI_VARIABLES.includes(name)) continue;
    const meant = UWSGI_VARIABLES.find((known) => isSlip(name, known));
    if (meant) return ` (%(${name}) is none of uWSGI's variables; was %(${meant}) meant?)`;
  }
  return '';
}

/** The same but for case, or for one letter. */
function isSlip(name: string, known: string): boolean {
  const [a, b] = [name.toLowerCase(), known.toLowerCase()];
  if (a === b) return true;
  let front = 0;
  while (front < a.length && a[front] === b[front]) front++;
  let back = 0;
  while (back < Math.min(a.length, b.length) - front && a.at(-1 - back) === b.at(-1 - back)) back++;
  return Math.max(a.length, b.length) - front - back <= 1 && known.length > 2;
}

function unescapeQuotes(value: string): string {
  return value.replaceAll('\\"', '"');
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' };

/** What escape_json() of uWSGI's core/utils.c did. */
function unescapeJson(value: string): string {
  return value.replace(/\\([nrt"\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
