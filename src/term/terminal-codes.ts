/** What terminals are told by two screens that are drawn in place. */

/** Around what is to be shown at once (the "synchronized output" mode; terminals that do not know it ignore it). */
export const BEGIN_UPDATE = '\x1b[?2026h';
export const END_UPDATE = '\x1b[?2026l';
export const HIDE_CURSOR = '\x1b[?25l';
export const SHOW_CURSOR = '\x1b[?25h';
export const CLEAR = '\x1b[2J';
export const CLEAR_REST_OF_LINE = '\x1b[K';
export const CLEAR_BELOW = '\x1b[J';
