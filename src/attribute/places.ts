/**
 * Where each route stands in the list that is just being added to, plus one, so that it need not be searched. All 0 in
 * between: one array serves every list, and whoever marks its routes takes them out again.
 */
export let places: Int32Array = new Int32Array(256);

export function mark(route: number, place: number): void {
  if (route >= places.length) {
    const wider = new Int32Array(Math.max(route + 1, places.length * 2));
    wider.set(places);
    places = wider;
  }
  places[route] = place;
}

/** The place of a route, or 0. */
export function placeOf(route: number): number {
  return route < places.length ? places[route]! : 0;
}
