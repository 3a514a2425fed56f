/** What the values of fields are taken for. */
import type { Field } from './field-names.ts';
import type { Role } from './role.ts';

/** Processes of interpreters take more than this. */
export const SMALLEST_PROCESS = 2 ** 20;
/** Of names of workers, hosts and routes. */
export const LONGEST_TEXT = 1024;

/** "host" is the machine in some logs and what the client wrote into its Host header in others, which has a dot or a port. */
export function isMachine({ rank, name }: Field, host: string): boolean {
  return rank < 0 || !/(?:^|\.)host$/i.test(name) || /^[\w-]+$/.test(host);
}

export const PROCESS_SIZES: ReadonlySet<Role> = new Set(['rss', 'uss', 'pss', 'vsz']);
/** Named by the application's router: these stand before a URI, which has values in it. */
export const SURE_ROUTES = /(?:^|\.)(?:matched_?)?route(?:[_-]?(?:name|path)|\.path)?$|^url_?rule$/i;
/** Loggers write their own name as "name", beside a message. */
export const LOGGER_NAME = /(?:^|\.)name$/;
