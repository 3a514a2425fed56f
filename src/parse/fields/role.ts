/** What a named field of a log line can mean. */
export const ROLES = [
  'uri',
  'route',
  'controller',
  'action',
  'request',
  'method',
  'status',
  'pid',
  'worker',
  'host',
  'time',
  'rss',
  'uss',
  'pss',
  'vsz',
  'heap',
  'delta',
  'request-peak',
  'process-peak',
] as const;

/**
 * `uri`: what the client asked for. `route`: a name the application gave it, a task, Controller#action. `request`: a whole
 * request line, "GET /a HTTP/1.1". `worker`: its name or number where there is no pid. `host`: where it runs. The rest are
 * memory figures; `delta` is the difference that the request made. `logger`: what only a logging library writes; nobody asks for it.
 */
export type Role = (typeof ROLES)[number] | 'logger';

export const MEMORY_ROLES = ['rss', 'uss', 'pss', 'vsz', 'heap', 'delta', 'request-peak', 'process-peak'] as const;

export function isMemoryRole(role: Role): boolean {
  return (MEMORY_ROLES as readonly Role[]).includes(role);
}
