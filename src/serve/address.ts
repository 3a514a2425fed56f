/** Where `--serve` listens, and which hosts a browser may have asked for. */
import { isIP } from 'node:net';
import { UserError } from '../errors.ts';

export interface Address {
  host: string;
  port: number;
}

export const DEFAULT_ADDRESS = '127.0.0.1:8099';
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** `127.0.0.1:8099`, `[::1]:8099`, `:8099`, `8099`; port 0 is any that is free. @throws UserError */
export function parseAddress(text: string): Address {
  const parts = /^(?:(\[[\da-f:.]+\]|[^\s:[\]/]+)?:)?(\d{1,5})$/i.exec(text);
  const port = Number(parts?.[2]);
  if (!parts || port > 65_535)
    throw new UserError(`--serve ${text} is no address; write ${DEFAULT_ADDRESS} or only a port`);
  const host = (parts[1] ?? '127.0.0.1').replace(/^\[|\]$/g, '');
  if (/^(?:0+\.)*0+$/.test(host) || /^[0:]+$/.test(host))
    throw new UserError(
      `--serve ${text} means every address, and requests for hosts that were not named are refused; name the one to use`,
    );
  return { host, port };
}

/**
 * Whether a request asked for us: a page of another host that has our address (DNS rebinding) is not to read what we show.
 * @param header the request's Host.
 */
export function isOwnHost(header: string | undefined, { host, port }: Address): boolean {
  if (header === undefined) return false;
  const named = isIP(host) === 6 ? `[${host}]` : host;
  const hosts = isLoopback(host) ? LOOPBACK : [named];
  return hosts.some(
    (own) => header.toLowerCase() === `${own.toLowerCase()}:${port}` || (port === 80 && header === own),
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

export function urlOf({ host, port }: Address): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}/`;
}
