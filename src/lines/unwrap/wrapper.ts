/**
 * A wrapper is what something between the server and the file put around each line: a container's name, a collector's JSON, a
 * syslog header. Each kind is one file beside this one, and one line in wrappers.ts.
 */

/** A line without one wrapper. */
export interface Unwrapped {
  text: string;
  /**
   * Where the line was written, as far as this wrapper says: host, pod, container, dyno; '' when it does not. It is part of
   * a worker's identity: two containers with a pid 7 are two workers.
   */
  origin: string;
  /** Which of several streams of that origin ("stderr"); parts of a line are joined within one stream. '' when not said. */
  stream: string;
  /** When the line was written: milliseconds since 1970, or ABSENT (-1). */
  time: number;
  /** Whether `time` is a moment everywhere (the wrapper names a zone) or a wall clock, as if its zone were UTC. */
  zoned: boolean;
  /** The line goes on in the next one of this stream. */
  partial: boolean;
}

export interface Wrapper {
  /** As shown in reports: "docker-json", "cri". */
  name: string;
  /** Takes the wrapper off; undefined when the line has none. Linear in the line's length, and quick to say no. */
  unwrap: (text: string) => Unwrapped | undefined;
}
