import type { Format } from '../format.ts';
import { JsonParser } from './parser.ts';

/** NDJSON: a JSON object per line, of any application. */
export const json: Format = {
  name: 'json',
  recognisedBy: 'a JSON object with a memory figure ("rss", "mem.rss", "rss_kb", …) and a URL or a route',
  isAvailable: () => true,
  create: (context) => new JsonParser(context),
};
