/**
 * Evidence files are text, one line for each evidence: they survive pipes that are made for lines (`cat`, Hadoop streaming,
 * Spark's `pipe`), and several files behind each other are one again.
 */
import { gzipSync } from 'node:zlib';
import { EVIDENCE_VERSION } from '../attribute/evidence.ts';
import { UserError } from '../errors.ts';
import type { Source } from '../source/source.ts';
import { headerOf, type Seal, unsealed } from '../state/sealed-file.ts';

const SEAL: Seal = {
  kind: 'evidence',
  version: EVIDENCE_VERSION,
  remedy: 'collect it again with this version of leakrank',
};
/** kind, version and checksum. */
const HEADER = /^leakrank-evidence \d+ sha256=[\da-f]{64}(?= )/;
const START = 'leakrank-evidence ';
/** A line of more bytes is refused: evidence of ten thousand routes takes a tenth of it. */
const LONGEST_LINE = 2 ** 28;
/** Hadoop streaming puts a key before the value, and a tab between them. */
const LONGEST_KEY = 4096;

/** The line of a file, with its newline. */
export function sealedLine(evidence: Uint8Array): string {
  const packed = gzipSync(evidence);
  return `${headerOf(SEAL, packed)} ${packed.toString('base64')}\n`;
}

/** What the lines of a file hold, one at a time. @throws UserError when one of them is no evidence, or there is none. */
export async function* evidenceIn(source: Source): AsyncGenerator<{ bytes: Buffer; name: string }> {
  let number = 0;
  for await (const line of linesOf(source)) {
    number++;
    const name = number === 1 ? source.name : `${source.name}, line ${number}`;
    yield { bytes: opened(line, name), name };
  }
  if (number === 0) throw new UserError(`${source.name} is empty; make evidence with: leakrank collect`);
}

function opened(line: Buffer, name: string): Buffer {
  const key = line.subarray(0, LONGEST_KEY).indexOf(`\t${START}`);
  const own = line.subarray(key + 1);
  const text = own.toString('latin1', 0, 200);
  const header = HEADER.exec(text)?.[0] ?? text.split(' ', 3).join(' ');
  if (!text.startsWith(START))
    throw new UserError(`${name} is no evidence file of leakrank; make one with: leakrank collect`);
  const packed = Buffer.from(own.toString('latin1', header.length).trim(), 'base64');
  return unsealed(header, packed, SEAL, name);
}

/** Lines that are not blank. */
async function* linesOf(source: Source): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      pieces.push(chunk.subarray(from, end));
      const line = Buffer.concat(pieces);
      if (!isBlank(line)) yield line;
      pieces = [];
      length = 0;
      from = end + 1;
    }
    // A chunk is valid until the next is asked for.
    pieces.push(Buffer.from(chunk.subarray(from)));
    length += chunk.length - from;
    if (length > LONGEST_LINE)
      throw new UserError(`${source.name} is no evidence file of leakrank: a line is too long`);
  }
  const last = Buffer.concat(pieces);
  if (!isBlank(last)) yield last;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
