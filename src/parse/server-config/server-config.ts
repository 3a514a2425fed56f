/** What a server's configuration says about its log lines. */
export interface ServerConfig {
  /** The log format that is in force: of several the last one, as the servers have it. */
  logFormat: string | undefined;
  /** uWSGI's log-encoders, in their order. */
  logEncoders: readonly string[];
  /** Other files it takes settings from, as written. They are not read. */
  includes: readonly string[];
}

/** A setting, in the order of the file. */
export type Setting = readonly [key: string, value: string];

/** Of uWSGI: uwsgi_options in core/uwsgi.c. */
const INCLUDING = new Set([
  'include',
  'inherit',
  'ini',
  'yaml',
  'yml',
  'xml',
  'json',
  'config',
  'ini-paste',
  'ini-paste-logged',
]);

/** @param settings of the section that the server reads. */
export function configOf(settings: readonly Setting[]): ServerConfig {
  const value = (key: string) => settings.findLast(([name]) => name === key)?.[1];
  const formats = settings.filter(([key]) => key === 'log-format' || key === 'logformat');
  // Request lines have a chain of their own where they have a logger of their own.
  const hasOwnLogger = value('req-logger') !== undefined || value('logger-req') !== undefined;
  const chains = hasOwnLogger
    ? ['log-req-encoder', 'req-log-encoder', 'log-request-encoder', 'request-log-encoder']
    : ['log-encoder'];
  return {
    logFormat: formats.at(-1)?.[1],
    // One with a name behind its kind ("json:app {…}") is for the logger of that name.
    logEncoders: settings
      .filter(([key, text]) => chains.includes(key) && !/^[^\s:]+:/.test(text))
      .map(([, text]) => text),
    includes: settings.filter(([key]) => INCLUDING.has(key)).map(([, text]) => text),
  };
}
