/** `aws logs tail`: `2026-11-23T20:50:35.123000+00:00 STREAM line`, with the stream names of ECS and Lambda. */
import { leadingStamp } from './stamp.ts';
import { innerLine, isDigit, type Wrapper } from './wrapper.ts';

const STREAM = / ((?:[\w.-]{1,255}\/){1,3}[\da-f]{32}|\d{4}\/\d\d\/\d\d\/\[[\w$.-]{1,64}\][\da-f]{32}) /y;

export const cloudwatchTail: Wrapper = {
  name: 'cloudwatch-tail',
  begins: isDigit,
  unwrap(text) {
    const stamp = leadingStamp(text);
    if (!stamp) return undefined;
    STREAM.lastIndex = stamp.end;
    const stream = STREAM.exec(text);
    if (!stream) return undefined;
    return innerLine(text.slice(STREAM.lastIndex), { origin: stream[1]!, time: stamp.time, zoned: stamp.zoned });
  },
};
