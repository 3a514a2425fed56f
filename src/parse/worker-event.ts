/**
 * What a life-cycle line says about a server's processes. `slot` is uWSGI's worker id (1, 2, …), which keeps its number
 * when its process is replaced.
 */
export type WorkerEvent =
  /** The whole server starts (again): no process of before is alive. */
  | { kind: 'instance-start' }
  | { kind: 'instance-stop' }
  | { kind: 'spawned'; slot: number; pid: number; cores: number }
  | { kind: 'respawned'; slot: number; pid: number }
  /** A process begins its life; its slot is not told. */
  | { kind: 'booted'; pid: number }
  /** The process ends by itself after its last request. */
  | { kind: 'finished'; pid: number; reason: string }
  /** The server is about to end, or has ended, the process of a slot. */
  | { kind: 'ended'; slot: number; reason: string }
  /** The process died or was killed. `signal` is null when the line names none. */
  | { kind: 'died'; pid: number; signal: number | null }
  /** A line that may have held a reading is lost: a collector kept no more of it than who wrote it (null: not even that). */
  | { kind: 'lost-line'; pid: number | null }
  /** Several requests run in one process at a time. */
  | { kind: 'concurrent' }
  /** The server's memory-report is off although the configuration asks for it (uWSGI 2.1 reads "true" as 0). */
  | { kind: 'memory-report-off' }
  /** A worker that the log names, mostly instead of a pid, ended. */
  | { kind: 'ended-by-name'; name: string; reason: string }
  /** The memory of a whole dyno, now and then: it belongs to no request. */
  | { kind: 'dyno-sample' }
  /** A memory figure without a unit is too small for the bytes of a process. */
  | { kind: 'implausible-memory'; field: string; value: number };
