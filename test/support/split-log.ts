/** Logs of one server taken apart by worker, as those of several hosts would be. */

/** Lines of a pid go to the part of that pid; others, which name none, to the first. */
export function splitByWorker(log: string, parts: number): string[] {
  const split = Array.from({ length: parts }, (): string[] => []);
  const partOf = new Map<string, number>();
  for (const line of log.split('\n')) {
    const pid = /\bpid: (\d+)|of process (\d+) is done/
      .exec(line)
      ?.slice(1)
      .find((found) => found !== undefined);
    let part = 0;
    if (pid !== undefined) {
      part = partOf.get(pid) ?? partOf.size % parts;
      partOf.set(pid, part);
    }
    split[part]!.push(line);
  }
  return split.map((lines) => `${lines.join('\n')}\n`);
}
