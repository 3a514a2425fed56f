import type { Format } from '../format.ts';
import { OinkParser } from './parser.ts';

/** The Ruby gem oink: three lines per request, joined by pid. */
export const oink: Format = {
  name: 'oink',
  recognisedBy: '"Oink Action: …", "Memory usage: … | PID: …" and "Oink Log Entry Complete"',
  isAvailable: () => true,
  create: (context) => new OinkParser(context),
};
