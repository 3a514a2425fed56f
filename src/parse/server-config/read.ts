/** Finds a server's log format in its configuration file, whichever of their kinds it is. */
import { existsSync, readFileSync } from 'node:fs';
import { UserError } from '../../errors.ts';
import { readGunicornConfig } from './gunicorn-config.ts';
import { readIni } from './ini.ts';
import { readJson } from './json.ts';
import { substituted, withoutMagic } from './placeholders.ts';
import { configOf, type ServerConfig, type Setting } from './server-config.ts';
import { readXml } from './xml.ts';
import { readYaml } from './yaml.ts';

/** Larger files are no configuration. */
const LARGEST_BYTES = 2 ** 20;

export interface FoundFormat {
  logFormat: string;
  logEncoders: readonly string[];
  /** What the user should know about how it was read; empty where all is well. */
  notes: readonly string[];
}

/**
 * @param name of the file; "uwsgi.ini:staging" for a section other than uwsgi.
 * @throws UserError when there is no log format in it.
 */
export function readServerConfig(name: string): FoundFormat {
  const { path, section } = placeOf(name);
  const config = parse(path, section, textOf(path));
  const { logFormat, logEncoders, includes } = config;
  if (logFormat === undefined) throw new UserError(nothingIn(name, path, includes));
  const notes =
    includes.length === 0
      ? []
      : [
          `${name} includes ${list(includes)}, which was not read: where that sets log-format, too, give that file to --config-from.`,
        ];
  return { logFormat, logEncoders, notes };
}

type Kind = 'ini' | 'yaml' | 'xml' | 'json' | 'python';

const KINDS: readonly (readonly [suffix: RegExp, kind: Kind])[] = [
  [/\.ini$/i, 'ini'],
  [/\.ya?ml$/i, 'yaml'],
  [/\.xml$/i, 'xml'],
  [/\.js(?:on)?$/i, 'json'],
  [/\.py$/i, 'python'],
];

function kindOf(path: string, text: string): Kind {
  const named = KINDS.find(([suffix]) => suffix.test(path))?.[1];
  if (named) return named;
  if (/^\s*</.test(text)) return 'xml';
  if (/^\s*\{/.test(text)) return 'json';
  if (/^\s*access_log_format\b/m.test(text)) return 'python';
  return /^\s*\[/m.test(text) ? 'ini' : 'yaml';
}

function parse(path: string, section: string, text: string): ServerConfig {
  const kind = kindOf(path, text);
  if (kind === 'python') return readGunicornConfig(text, path);
  const settings = settingsOf(kind, withoutMagic(text), section, path);
  return configOf(settings.map(([key, value]) => [key, substituted(value, settings)]));
}

function settingsOf(kind: Exclude<Kind, 'python'>, text: string, section: string, path: string): Setting[] {
  switch (kind) {
    case 'ini':
      return readIni(text, section);
    case 'yaml':
      return readYaml(text, section);
    case 'xml':
      return readXml(text, section === 'uwsgi' ? '' : section, path);
    case 'json':
      return readJson(text, section, path);
  }
}

/** A section stands behind a colon, as on the server's command line. */
function placeOf(name: string): { path: string; section: string } {
  const colon = name.lastIndexOf(':');
  if (colon <= 0 || existsSync(name)) return { path: name, section: 'uwsgi' };
  return { path: name.slice(0, colon), section: name.slice(colon + 1) };
}

function textOf(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UserError(`--config-from ${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  if (bytes.length > LARGEST_BYTES) throw new UserError(`--config-from ${path} is too large to be a configuration`);
  return bytes.toString('utf8');
}

function nothingIn(name: string, path: string, includes: readonly string[]): string {
  if (includes.length > 0) {
    return `--config-from ${name} sets no log-format itself and includes ${list(includes)}, which is not followed; give the file that sets it`;
  }
  if (/\.py$/i.test(path)) {
    return `--config-from ${name} sets no access_log_format: gunicorn's default one holds no memory figure; see --log-format`;
  }
  return `--config-from ${name} sets no log-format, so uWSGI writes its default line there; leave --config-from out`;
}

function list(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '');
}
