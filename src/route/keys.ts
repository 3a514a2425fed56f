/** What makes a route beside its path: `--by route,method,status,host,query:flag`. */
import { UserError } from '../errors.ts';

export interface RouteKeys {
  method: boolean;
  status: boolean;
  host: boolean;
  /** Names of query parameters. */
  query: readonly string[];
}

/** The values of these for some requests of a route; '' where the choice does not ask, or the line does not say. */
export interface RouteKey {
  method: string;
  status: string;
  host: string;
  /** `flag=1`, of several `flag=1&page=`; a parameter that is not there is left out. */
  query: string;
}

export const NO_KEYS: RouteKeys = { method: false, status: false, host: false, query: [] };
export const NO_KEY: RouteKey = { method: '', status: '', host: '', query: '' };

/** @throws UserError */
export function parseKeys(texts: readonly string[]): RouteKeys {
  const keys = { method: false, status: false, host: false };
  const query: string[] = [];
  for (const text of texts.flatMap((one) => one.split(',')).map((one) => one.trim())) {
    if (text === 'method' || text === 'status' || text === 'host') keys[text] = true;
    else if (/^query:[^\s=&,]+$/.test(text)) query.push(text.slice('query:'.length));
    else if (text !== 'route')
      throw new UserError(
        `--by ${text || "''"} is nothing to split by; write route, method, status, host or query:NAME`,
      );
  }
  return { ...keys, query };
}

export function splits({ method, status, host, query }: RouteKeys): boolean {
  return method || status || host || query.length > 0;
}

/** A route's name with its key: `GET /flaky/{id}?flag=1 500 @web1`. */
export function keyedName(name: string, { method, status, host, query }: RouteKey): string {
  const path = query === '' ? name : `${name}?${query}`;
  return [method, path, status, host === '' ? '' : `@${host}`].filter((part) => part !== '').join(' ');
}
