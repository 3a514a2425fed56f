/** When a part of a route is said to carry the leak, whichever way it shows. */

/** Calls of a part, and of all others, below which nothing is said. */
export const FEWEST_CALLS = 20;
/** Of the route's leak: what the part has to carry. */
export const CARRIED = 0.8;
/** Standard errors by which the part has to be above 0, and above the others. */
export const SURE = 3;
