import type { Format } from '../format.ts';
import { UwsgiParser } from './parser.ts';

/** uWSGI's default request line, and its life-cycle lines. */
export const uwsgi: Format = {
  name: 'uwsgi',
  recognisedBy: '"[pid: …|app: …|req: …]" of uWSGI\'s default request line',
  memoryAdvice:
    'turn it on in uWSGI with memory-report = 1 (--memory-report on the command line) and analyze the log written from then on',
  isAvailable: () => true,
  create: ({ memory, sink, maxLineLength }) => new UwsgiParser(memory, sink, maxLineLength),
};
