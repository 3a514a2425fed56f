import type { Format } from '../format.ts';
import { CeleryParser } from './parser.ts';

/** celery's worker log: what a signal handler writes about the memory after each task, and life-cycle lines. */
export const celery: Format = {
  name: 'celery',
  recognisedBy: '"[…: INFO/ForkPoolWorker-1] task[id]: " with key=value pairs or JSON that hold a memory figure',
  isAvailable: () => true,
  create: (context) => new CeleryParser(context),
};
