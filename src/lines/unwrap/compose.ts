/**
 * docker compose: `web-1  | line`. The name is padded to the longest one so far, so the width grows while the log runs;
 * version 1 wrote `web_1`, and on a terminal the prefix is coloured. Source: docker/compose, cmd/formatter/logs.go.
 */
import { innerLine, isDigit, isLetter, type Wrapper } from './wrapper.ts';

/** A colour, a name, padding, the bar and a space; the colour ends before or behind the bar, or behind the space. */
const PREFIX =
  /^(?:\x1b\[[\d;]{0,12}m)?([A-Za-z\d][\w.-]{0,127}) {1,64}(?:\x1b\[[\d;]{0,12}m)?\|(?:\x1b\[[\d;]{0,12}m)? ?(?:\x1b\[[\d;]{0,12}m)?/;
const LONGEST_PREFIX = 256;
const ESCAPE = 0x1b;

export const compose: Wrapper = {
  name: 'compose',
  begins: (code) => code === ESCAPE || isLetter(code) || isDigit(code),
  unwrap(text) {
    const bar = text.slice(0, LONGEST_PREFIX).indexOf('|');
    if (bar < 2) return undefined;
    const prefix = PREFIX.exec(text);
    return prefix ? innerLine(text.slice(prefix[0].length), { origin: prefix[1]! }) : undefined;
  },
};
