/**
 * `heroku logs`, and Dokku's: `2026-11-23T20:50:35.677020+00:00 app[web.1]: line`; the platform's own lines come from
 * `heroku[…]`. A line over 10 000 bytes goes on in the next one of its dyno.
 */
import { leadingStamp } from './stamp.ts';
import { innerLine, isDigit, type Wrapper } from './wrapper.ts';

const SOURCE = / (?:app|heroku)\[([A-Za-z][\w.-]{0,63})\]:(?: |$)/y;
const PIECE_BYTES = 10_000;

export const heroku: Wrapper = {
  name: 'heroku',
  begins: isDigit,
  unwrap(text) {
    const stamp = leadingStamp(text);
    if (!stamp) return undefined;
    SOURCE.lastIndex = stamp.end;
    const source = SOURCE.exec(text);
    if (!source) return undefined;
    const line = text.slice(SOURCE.lastIndex);
    const part = line.length <= PIECE_BYTES && Buffer.byteLength(line) === PIECE_BYTES ? 'piece' : 'whole';
    return innerLine(line, { origin: source[1]!, time: stamp.time, zoned: stamp.zoned, part });
  },
};
