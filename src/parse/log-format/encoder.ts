/**
 * uWSGI's log-encoder: what it puts around every line. Source: plugins and core/logging.c, uwsgi_log_encoder_*(), 2.0.21.
 * `json` and `format` take a template with ${msg}; `prefix` and `suffix` a text; `nl` a newline. Without `nl` behind it a
 * template leaves all lines glued together, since ${msg} has lost its newline.
 */
import { UserError } from '../../errors.ts';
import { NOTHING, type Piece } from './piece.ts';

export interface Encoder {
  before: readonly Piece[];
  behind: readonly Piece[];
  /** Quotes, backslashes and the like in the message are escaped. */
  isJson: boolean;
  isEndless: boolean;
}

const VARIABLES = /\$\{(msg|msgnl|unix|micros|millis|strftime:[^}]*)\}/g;

/**
 * @param encoders in the order of the configuration, as "json {…}", "prefix web ", "nl".
 * @returns undefined when they change nothing.
 * @throws UserError for encoders whose output is no text.
 */
export function readEncoders(encoders: readonly string[]): Encoder | undefined {
  let before: Piece[] = [];
  let behind: Piece[] = [];
  let isJson = false;
  let hasNewline = true;
  for (const written of encoders) {
    const [, name = '', args = ''] = /^([^\s:]+)(?::\S*)? ?(.*)$/s.exec(written) ?? [];
    if (name === 'prefix') before.unshift(literal(args));
    else if (name === 'suffix') {
      // It comes behind the newline, so at the beginning of the next line.
      if (hasNewline) before.unshift(literal(args));
      else behind.push(literal(args));
    } else if (name === 'nl') hasNewline = true;
    else if (name === 'json' || name === 'format') {
      const sides = sidesOf(args);
      if (!sides) throw new UserError(`--log-encoder ${written} holds no \${msg}: the request is lost`);
      before = [...sides.before, ...(name === 'json' ? escaped(before) : before)];
      behind = [...(name === 'json' ? escaped(behind) : behind), ...sides.behind];
      isJson ||= name === 'json';
      hasNewline = sides.keepsNewline;
    } else {
      throw new UserError(
        `--log-encoder ${written}: lines of ${JSON.stringify(name)} cannot be read; it has to be json, format, prefix, suffix or nl`,
      );
    }
  }
  if (before.length + behind.length === 0 && hasNewline) return undefined;
  return { before, behind, isJson, isEndless: !hasNewline };
}

/** The pieces of a line as the encoder lets them out. */
export function encoded(pieces: readonly Piece[], encoder: Encoder): Piece[] {
  const message = encoder.isJson ? escaped(pieces) : pieces;
  return joined([...encoder.before, ...message, ...encoder.behind]);
}

function sidesOf(template: string): { before: Piece[]; behind: Piece[]; keepsNewline: boolean } | undefined {
  const before: Piece[] = [];
  const behind: Piece[] = [];
  let side = before;
  let keepsNewline = false;
  let seen = false;
  let from = 0;
  for (const found of template.matchAll(VARIABLES)) {
    side.push(literal(template.slice(from, found.index)));
    from = found.index + found[0].length;
    const name = found[1]!;
    if (name === 'msg' || name === 'msgnl') {
      if (seen) return undefined;
      seen = true;
      keepsNewline = name === 'msgnl';
      side = behind;
    } else side.push(variable(name, found[0]));
  }
  side.push(literal(template.slice(from)));
  return seen ? { before: joined(before), behind: joined(behind), keepsNewline } : undefined;
}

function variable(name: string, source: string): Piece {
  if (['unix', 'millis', 'micros'].includes(name))
    return { kind: 'field', source, shape: 'integer', meaning: { is: 'time' } };
  return { kind: 'field', source, shape: 'text', meaning: NOTHING };
}

function literal(text: string): Piece {
  return { kind: 'literal', text };
}

/** Without empty literals, neighbours as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === 'field') result.push(piece);
    else if (piece.text === '') continue;
    else if (last?.kind === 'literal') result[result.length - 1] = literal(last.text + piece.text);
    else result.push(piece);
  }
  return result;
}

function escaped(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece) => (piece.kind === 'literal' ? literal(escapeJson(piece.text)) : piece));
}

const ESCAPES: Record<string, string> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

function escapeJson(text: string): string {
  return text.replace(/[\t\n\r"\\]/g, (character) => ESCAPES[character]!);
}
