/** uWSGI's ini files: uwsgi_ini_config() in core/ini.c. Sections, comments in lines of their own, everything else as it is. */
import type { Setting } from './server-config.ts';

export function readIni(text: string, section: string): Setting[] {
  const settings: Setting[] = [];
  let present = '';
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed[0] === ';' || trimmed[0] === '#') continue;
    if (trimmed[0] === '[') {
      present = trimmed.slice(1, -1);
      continue;
    }
    if (present !== section) continue;
    const equals = trimmed.indexOf('=');
    const key = equals < 0 ? trimmed : trimmed.slice(0, equals).trimEnd();
    settings.push([key, equals < 0 ? '' : trimmed.slice(equals + 1).trimStart()]);
  }
  return settings;
}
