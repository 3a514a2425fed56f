/**
 * What uWSGI replaces in configuration files before an option sees its value: magic characters in the whole file
 * (magic_sub() in core/utils.c), then $(VARIABLE) of the environment, @(contents of a file) and %(other-option) in values
 * (uwsgi_apply_config_pass() in core/config.c).
 */
import type { Setting } from './server-config.ts';

/**
 * Stands for text that is the same on every line and not known here: a host name, a folder, a variable of the environment.
 * A log format reads it as a variable of the application's, which may be any text.
 */
export const CONSTANT = '%(constant)';

/** Letters and digits that stand for parts of the file's name, the host's and the like: uwsgi_setup(), magic_table. */
const MAGIC = /[a-zA-Z0-9]/;
const MOST_ROUNDS = 10;

/** `%%` is a percent sign, `%(` is left to the passes below; any other character behind a percent sign is magic. */
export function withoutMagic(text: string): string {
  return text.replace(/%([^\n])/g, (_, character: string) => {
    if (character === '%') return '%';
    if (character === '(') return '%(';
    return MAGIC.test(character) ? CONSTANT : '';
  });
}

/** A value as the option gets it. @param settings of the whole file. */
export function substituted(value: string, settings: readonly Setting[]): string {
  const outside = value.replace(/[$@]\([^)]*\)/g, CONSTANT);
  const options = new Map(placeholders(settings).reverse());
  let result = outside;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = result.replace(/%\(([^)]+)\)/g, (whole, name: string) => options.get(name) ?? whole);
    if (next === result || next.length > 65_536) break;
    result = next;
  }
  return result;
}

/** Every option's value can be named, as can what set and set-placeholder define. Of several the first counts. */
function placeholders(settings: readonly Setting[]): Setting[] {
  return settings.map(([key, value]) => {
    if (!/^(?:set|set-ph|set-placeholder)$/.test(key)) return [key, value];
    const equals = value.indexOf('=');
    return [value.slice(0, equals), value.slice(equals + 1)];
  });
}
