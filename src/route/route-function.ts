/** Names the route of a URI (with its query, as the server logged it); undefined leaves it to the built-in grouping. */
export type RouteFunction = (uri: string) => string | undefined;
