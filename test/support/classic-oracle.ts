/**
 * pyuwsgimemhog 0.3.0 (https://pypi.org/project/pyuwsgimemhog/), its rules as plainly as they can be written down: one
 * backtracking expression per line, all readings kept per pid. `.` is [^\n], and \d, \w, \s are Unicode's as in Python.
 */
const D = '\\p{Nd}';
const W = '[\\p{L}\\p{N}_]';
const S = '[\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const ANY = '[^\\n]';
const LINE = new RegExp(
  `\\{rss usage: (${D}+) bytes/${D}+MB\\} \\[pid: (${D}+)\\|app: ${ANY}*\\|req: ${ANY}*\\] ` +
    `${D}+${ANY}${D}+${ANY}${D}+${ANY}${D}+ ${ANY}* \\[${W}+ ${W}+${S}+${D}+ ${D}+:${D}+:${D}+ ${D}+\\] ` +
    `(?:GET|POST|HEAD|PATCH|PUT|DELETE) (/${ANY}*) => generated ${D}+ bytes in ${D}+ msecs ` +
    `\\(HTTP/${D}${ANY}${D} ${D}+\\)`,
  'u',
);

/** urllib.parse.urlparse(uri).path of a URI that begins with a slash. */
export function urlPath(uri: string): string {
  const clean = uri.replace(/[\t\r\n]/g, '');
  const path = /^[^?#]*/.exec(clean.replace(/^\/\/[^/?#]*/, ''))![0];
  // Parameters are cut off the last segment only.
  const slash = path.lastIndexOf('/');
  const last = path.slice(Math.max(slash, 0));
  return path.slice(0, Math.max(slash, 0)) + /^[^;]*/.exec(last)![0];
}

function normalize(uri: string, foldNumbers: boolean): string {
  let path = urlPath(uri);
  if (path !== '/') while (path.endsWith('/')) path = path.slice(0, -1);
  return foldNumbers ? path.replace(/\p{Nd}+/gu, '0') : path;
}

export interface OracleRow {
  path: string;
  bytes: number;
  calls: number;
}

/** The rows above the threshold in the order they are printed. The sort is stable, as Python's. */
export function classicOracle(log: string, thresholdBytes: number, foldNumbers = true): OracleRow[] {
  const readings = new Map<string, { path: string; rss: number }[]>();
  // Python opens text files with universal newlines.
  for (const line of log.split(/\r\n|\r|\n/)) {
    const found = LINE.exec(line);
    if (!found) continue;
    const all = readings.get(found[2]!) ?? [];
    readings.set(found[2]!, all);
    all.push({ path: normalize(found[3]!, foldNumbers), rss: Number(found[1]) });
  }
  const sums = new Map<string, OracleRow>();
  for (const all of readings.values()) {
    for (let i = 1; i < all.length; i++) {
      const growth = all[i]!.rss - all[i - 1]!.rss;
      if (growth < 0) continue;
      const { path } = all[i]!;
      const row = sums.get(path) ?? { path, bytes: 0, calls: 0 };
      sums.set(path, row);
      row.bytes += growth;
      row.calls++;
    }
  }
  return [...sums.values()].filter(({ bytes }) => bytes > thresholdBytes).sort((a, b) => b.bytes - a.bytes);
}
