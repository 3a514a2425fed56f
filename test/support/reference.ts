/**
 * uWSGI's default line as one regular expression, for comparison only: it backtracks. It needs the s flag, since a URI may
 * hold a carriage return.
 */
export const REFERENCE =
  /^(?:(?<host>\S+) )?(?:\{address space usage: (?<vsz>-?\d+) bytes\/\d+MB\} \{rss usage: (?<rss>\d+) bytes\/\d+MB\} (?:\{uss usage: (?<uss>\d+) bytes\/\d+MB\} \{pss usage: (?<pss>\d+) bytes\/\d+MB\} )?)?\[pid: (?<pid>\d+)\|app: (?<app>-?\d+)\|req: (?<own>-?\d+)\/(?<total>\d+)\] (?<address>.*?) \((?<user>.*?)\) \{\d+ vars in -?\d+ bytes\} \[(?<time>\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4})\] (?<method>\S*) (?<uri>.*) => generated \d+ bytes in \d+ (?:msecs|micros)(?: via (?:sendfile|route|offload)\(\))? \((?<protocol>.*?) ?(?<status>\d+)\) \d+ headers in \d+ bytes \(\d+ switches on core (?<core>\d+)\)$/s;

/** The lines of a log the way a line is meant: ended by a newline, or by the NUL that uWSGI writes for it at 4096 bytes. */
export function referenceLines(log: Buffer): string[] {
  return log.toString('utf8').split(/[\n\0]/);
}

/** The groups of every line that is a request. */
export function referenceRequests(log: Buffer): Record<string, string | undefined>[] {
  return referenceLines(log).flatMap((line) => {
    const found = REFERENCE.exec(line.endsWith('\r') ? line.slice(0, -1) : line);
    return found?.groups ? [found.groups] : [];
  });
}
