/** What `leakrank advise` may be asked for, checked once. */
import { UserError } from '../errors.ts';
import { bytesOf } from '../gate/limits.ts';
import { SERVER_NAMES, type ServerName } from './advice.ts';

export interface RawAdviceOptions {
  memory: string | undefined;
  workers: string | undefined;
  server: string | undefined;
  uwsgiVersion: string | undefined;
}

/** uWSGI's version: its three numbers. */
export type Version = readonly [number, number, number];

export interface AdviceOptions {
  memoryBytes: number;
  /** Undefined: as many as the log shows at once. */
  workers: number | undefined;
  /** Undefined: what the log's lines tell, else all. */
  server: ServerName | undefined;
  uwsgiVersion: Version | undefined;
}

const MOST_WORKERS = 10_000;

/** @throws UserError naming the option and what it takes. */
export function resolveAdviceOptions(raw: RawAdviceOptions): AdviceOptions {
  if (raw.memory === undefined)
    throw new UserError('advise needs the memory that all workers together may take: --memory 512MiB');
  const memoryBytes = bytesOf('--memory', raw.memory);
  if (memoryBytes === 0) throw new UserError('--memory 0 leaves nothing for a worker; write 512MiB or the like');
  const server = serverOf(raw.server);
  if (raw.uwsgiVersion !== undefined && server !== undefined && server !== 'uwsgi')
    throw new UserError(`--uwsgi-version is for --server uwsgi, not for ${server}; leave one of them out`);
  return {
    memoryBytes,
    workers: raw.workers === undefined ? undefined : workersOf(raw.workers),
    server: raw.uwsgiVersion === undefined ? server : 'uwsgi',
    uwsgiVersion: raw.uwsgiVersion === undefined ? undefined : versionOf(raw.uwsgiVersion),
  };
}

function serverOf(text: string | undefined): ServerName | undefined {
  if (text === undefined) return undefined;
  const found = SERVER_NAMES.find((name) => name === text.toLowerCase());
  if (found === undefined)
    throw new UserError(
      `--server ${text} is not one of ${SERVER_NAMES.join(', ')}; without --server the advice names the requests after which any server should restart a worker`,
    );
  return found;
}

function workersOf(text: string): number {
  const workers = Number(text);
  if (!/^\d{1,9}$/.test(text) || workers < 1 || workers > MOST_WORKERS)
    throw new UserError(`--workers ${text} is no number of workers; write a whole number from 1 to ${MOST_WORKERS}`);
  return workers;
}

function versionOf(text: string): Version {
  const found = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(?:[-.+].*)?$/.exec(text);
  if (!found)
    throw new UserError(`--uwsgi-version ${text} is no version; write it as uwsgi --version prints it: 2.0.28`);
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
}

export function isAtLeast(version: Version, least: Version): boolean {
  const differing = version.findIndex((number, i) => number !== least[i]);
  return differing < 0 || version[differing]! > least[differing]!;
}
