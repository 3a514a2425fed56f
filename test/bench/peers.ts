/** What is measured: leakrank, and other ways to get at some or all of its sums. A null command is not installed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Peer {
  name: string;
  /** What it does with the log, since not all do the same. */
  does: string;
  /** A command line for bash in which "$1" is the log. */
  command: string;
  /** Why it cannot be measured here. */
  missing?: string;
}

const ROOT = new URL('../../../', import.meta.url);
const path = (relative: string) => `'${fileURLToPath(new URL(relative, ROOT)).replaceAll("'", `'\\''`)}'`;
export const LEAKRANK = `'${process.execPath}' ${path('bin/leakrank.js')}`;

/** Growth per route like pyuwsgimemhog's, but every request line counts. */
const AWK_SUMS = `
match($0, /rss usage: [0-9]+/) {
  rss = substr($0, RSTART + 11, RLENGTH - 11) + 0
  match($0, /\\[pid: [0-9]+/); pid = substr($0, RSTART + 6, RLENGTH - 6)
  match($0, /\\] [A-Z]+ [^ ]+ => generated/)
  split(substr($0, RSTART, RLENGTH), part, " ")
  route = part[3]; sub(/\\?.*/, "", route); gsub(/[0-9]+/, "0", route)
  if (pid in last && rss >= last[pid]) { grown[route] += rss - last[pid]; calls[route]++ }
  last[pid] = rss
}
END { for (route in grown) print route, grown[route], calls[route] }`;

export function peers(): Peer[] {
  const original = runs('python3', ['-c', 'import pyuwsgimemhog']);
  return [
    { name: 'leakrank', does: 'the report, from a file', command: `${LEAKRANK} -q "$1"` },
    { name: 'leakrank, pipe', does: 'the report, from cat; with cat', command: `cat "$1" | ${LEAKRANK} -q` },
    original
      ? {
          name: 'pyuwsgimemhog',
          does: 'its own report',
          command: 'python3 -c "from pyuwsgimemhog.cli import main; main()" --logfile "$1"',
        }
      : {
          name: "pyuwsgimemhog's rules",
          does: 'its report by the same rules, in Python',
          command: `python3 ${path('test/bench/memhog_peer.py')} "$1"`,
          ...unlessRuns('python3', ['--version']),
        },
    {
      name: 'mawk',
      does: 'growth per route, digits folded',
      command: `mawk '${AWK_SUMS}' "$1"`,
      ...unlessRuns('mawk', ['BEGIN { exit 0 }']),
    },
    {
      name: 'ripgrep',
      does: 'counts the request lines',
      command: `rg --no-config -c 'rss usage: (\\d+) bytes.*\\[pid: (\\d+)\\|' "$1"`,
      ...unlessRuns('rg', ['--version']),
    },
    { name: 'wc -l', does: 'counts the lines', command: 'wc -l "$1"', ...unlessRuns('wc', ['-l']) },
  ];
}

function unlessRuns(command: string, args: readonly string[]): { missing?: string } {
  return runs(command, args) ? {} : { missing: `${command} is not installed` };
}

function runs(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
