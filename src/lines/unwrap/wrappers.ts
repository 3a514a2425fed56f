/** All wrappers, in the order in which they are tried on a line. */
import { compose } from './compose.ts';
import type { Wrapper } from './wrapper.ts';

export const WRAPPERS: readonly Wrapper[] = [compose];
