/**
 * A mark is a text that stands on every line which a format can read, or in which a wrapper hides, cuts or bundles something.
 * A line that holds none of the marks of any format and wrapper is an other line, whatever else is on it: it is counted
 * without being read. Wrappers take beginnings and ends off and leave what is between as it is, so a mark inside of one is
 * on the whole line, too; those that do more are marked themselves.
 *
 * A text has no control characters but tabs and NULs.
 */
export type Mark = string | typeof MEMORY_NAME;

/** `name=`, of ASCII letters, digits and `_.@-`, where the name is one that a memory figure can have by default. */
export const MEMORY_NAME: unique symbol = Symbol('the name of a memory figure');
