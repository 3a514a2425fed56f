/**
 * AssemblyScript: where things stand in a life. A life is one piece of memory of LIFE_SIZE bytes with what has a fixed size,
 * and blocks that grow apart from it, of which it holds the addresses and sizes.
 */

/** Readings that are kept from window to window, and requests of a base window: KEPT and BASE_WINDOW of src/attribute/life.ts. */
export const KEPT: usize = 5;
export const BASE_WINDOW: usize = 25;
/** In the place of a route where there is no reading yet. Other negative numbers: the route is not known. */
export const NO_READING: i32 = -2;

/** f64: the first reading, and the lowest one of the present window. */
export const FIRST_BYTES: usize = 0;
export const LOWEST_BYTES: usize = 8;
/** u32 from here on. Before the present base window. */
export const REQUESTS: usize = 16;
/** Requests per window, and of the present window in full base windows. */
export const WINDOW: usize = 20;
export const PRESENT: usize = 24;
export const LOWEST_POSITION: usize = 28;
/** Routes that have a number, and for how many there is room. */
export const COUNT: usize = 32;
export const CAPACITY: usize = 36;
/** Entries of the call counts, and of the step sums; see calls.ts and steps.ts. */
export const CALL_SIZES: usize = 40;
export const STEP_SIZES: usize = 52;
export const FLOORS: usize = 60;
export const EVENTS: usize = 64;
/** Requests per stretch of growth events. */
export const STRETCH: usize = 68;
/** Calls before the life has settled. */
export const EARLY_SIZE: usize = 72;
/** Of each jump table: its sums, and its pending jumps. */
export const JUMP_SIZES: usize = 80;
export const PENDING_SIZES: usize = 88;
/** The last readings of the base window before, then the present one: memory as f64, numbers of routes as i32. */
export const BYTES: usize = 96;
export const ROUTES: usize = BYTES + (KEPT + BASE_WINDOW) * 8;
/** Likewise, of what is counted as a route beside that of the request; negative for none. */
export const PARTS: usize = ROUTES + (KEPT + BASE_WINDOW) * 4;
export const BLOCKS: usize = PARTS + (KEPT + BASE_WINDOW) * 4;

/** Records of the numbers; the hash slots that find them. */
export const NUMBERS: usize = 0;
export const SLOTS: usize = 1;
/** Numbers of each call count, in the order of their first call: since the last floor, behind the lowest, since the last event. */
export const CALL_KEYS: usize = 2;
/** Of each step sum: since the last floor, behind the lowest. */
export const STEP_ENTRIES: usize = 5;
export const FLOOR_COLUMNS: usize = 7;
export const FLOOR_CALLS: usize = 8;
export const FLOOR_STEPS: usize = 9;
export const EVENT_COLUMNS: usize = 10;
export const EVENT_CALLS: usize = 11;
export const EARLY: usize = 12;
/** Of the jumps before and after the life has settled. */
export const JUMPS: usize = 13;
export const JUMP_SLOTS: usize = 15;
export const PENDING: usize = 17;
export const BLOCK_COUNT: usize = 19;

/** A block's address and size. */
export const BLOCK: usize = 8;
export const LIFE_SIZE: usize = BLOCKS + BLOCK_COUNT * BLOCK;

/**
 * A number's record. First what few calls change: the sums over its calls of step, step squared, and pause times step; then what
 * every call reads or writes, in one or two lines of the processor's cache.
 */
export const STEP: usize = 0;
export const STEP_SQUARED: usize = 8;
export const PAUSE_STEP: usize = 16;
/** Sums of pause and pause squared, over so many calls; the position of the last one. */
export const PAUSE: usize = 24;
export const PAUSE_SQUARED: usize = 32;
export const CALLS: usize = 40;
export const LAST: usize = 44;
/** Its calls in each call count. */
export const CALL_AMOUNTS: usize = 48;
export const ROUTE: usize = 60;
/** Calls before the life has settled. */
export const EARLY_CALLS: usize = 64;
/** The stretch of its last growth event, plus one. */
export const EVENT_STRETCH: usize = 68;
/** Its places in each step sum, and in the pending jumps of each jump table; plus one. */
export const STEP_PLACES: usize = 72;
export const PENDING_PLACES: usize = 80;
export const NUMBER: usize = 88;
