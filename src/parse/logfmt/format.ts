import type { Format } from '../format.ts';
import { LogfmtParser } from './parser.ts';

/** `key=value key="a value"`, also behind a time or a level. */
export const logfmt: Format = {
  name: 'logfmt',
  recognisedBy: 'key=value pairs with a memory figure ("rss=…") and a URL or a route',
  isAvailable: () => true,
  create: (context) => new LogfmtParser(context),
};
