/**
 * Octet counting, as syslog goes over TCP (RFC 6587): `123 <165>1 …`, the length of each message in bytes before it. Messages
 * follow each other with or without a newline, so that one line may hold several.
 */
import { type InnerLine, innerLine, isDigit, type Unwrapped, type Wrapper } from './wrapper.ts';

const COUNT = /(\d{1,7}) (?=<\d{1,3}>)/y;

export const syslogFrames: Wrapper = {
  name: 'octet-counting',
  begins: isDigit,
  // A count and a priority.
  marks: Array.from({ length: 10 }, (_, digit) => ` <${digit}`),
  unwrap(text): Unwrapped | undefined {
    const first = countAt(text, 0);
    if (!first) return undefined;
    // Characters are fewer than bytes: then there is no room for a second message.
    if (first.bytes + 8 >= Buffer.byteLength(text) - first.end) return innerLine(text.slice(first.end));
    const lines = split(Buffer.from(text, 'utf8'));
    return lines.length === 1 ? lines[0] : { kind: 'lines', lines };
  },
};

function split(bytes: Buffer): InnerLine[] {
  const lines: InnerLine[] = [];
  let at = 0;
  while (at < bytes.length) {
    const count = countAt(bytes.toString('latin1', at, at + 16), 0);
    // Not a message's beginning: a count was wrong, and this belongs to the message before.
    if (!count && lines.length > 0) {
      const last = lines.at(-1)!;
      lines[lines.length - 1] = { ...last, text: last.text + bytes.toString('utf8', at) };
      break;
    }
    const start = at + (count?.end ?? 0);
    const end = count ? start + count.bytes : bytes.length;
    lines.push(innerLine(bytes.toString('utf8', start, end)));
    at = end;
  }
  return lines;
}

function countAt(text: string, at: number): { bytes: number; end: number } | undefined {
  COUNT.lastIndex = at;
  const count = COUNT.exec(text);
  return count ? { bytes: Math.max(1, Number(count[1])), end: COUNT.lastIndex } : undefined;
}
