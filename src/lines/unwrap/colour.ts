/** A line that is coloured as a whole, for a terminal: the colours at its beginning and its end are taken off. */
import { innerLine, type Wrapper } from './wrapper.ts';

const ESCAPE = 0x1b;
const START = /^(?:\x1b\[[\d;]{0,12}m){1,8}/;
const END = /(?:\x1b\[[\d;]{0,12}[mK]){1,8}\r?$/;
const LONGEST_END = 128;

export const colour: Wrapper = {
  name: 'colour',
  begins: (code) => code === ESCAPE,
  unwrap(text) {
    const start = START.exec(text);
    if (!start) return undefined;
    const inside = text.slice(start[0].length);
    const end = END.exec(inside.slice(-LONGEST_END));
    return innerLine(end ? inside.slice(0, -end[0].length) : inside);
  },
};
