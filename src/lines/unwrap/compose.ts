/**
 * docker compose: `web-1  | line`. The name is padded to the longest one so far, so the width grows while the log runs;
 * version 1 wrote `web_1`, and on a terminal the prefix is coloured. Source: docker/compose, cmd/formatter/logs.go.
 */
import type { Unwrapped, Wrapper } from './wrapper.ts';

/** A colour, a name, padding, the bar and a space; the colour ends before or behind the bar. */
const PREFIX = /^(?:\x1b\[[\d;]{0,12}m)?([A-Za-z\d][\w.-]{0,127}) {1,64}\| ?(?:\x1b\[[\d;]{0,12}m)?/;
const LONGEST_PREFIX = 256;

export const compose: Wrapper = {
  name: 'compose',
  unwrap(text): Unwrapped | undefined {
    const bar = text.indexOf('|');
    if (bar < 2 || bar > LONGEST_PREFIX) return undefined;
    const prefix = PREFIX.exec(text);
    if (!prefix) return undefined;
    return {
      text: text.slice(prefix[0].length),
      origin: prefix[1]!,
      stream: '',
      time: -1,
      zoned: false,
      partial: false,
    };
  },
};
