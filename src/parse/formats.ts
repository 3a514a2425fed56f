/** All formats, in the order in which they are tried on a line that the last one did not read. */
import type { Format } from './format.ts';
import { uwsgi } from './uwsgi/format.ts';

export const FORMATS: readonly Format[] = [uwsgi];
