/** Gathers the fields of one line by what they mean, and makes a reading of them. */
import type { Archive, Archived } from '../../state/archive.ts';
import type { ScanMemory } from '../../wasm/scan-memory.ts';
import { ABSENT, type Reading } from '../reading.ts';
import { type ByteSize, parseByteSize } from './byte-size.ts';
import type { Field } from './field-names.ts';
import { MEMORY_ROLES, type Role } from './role.ts';
import { isMachine, LOGGER_NAME, LONGEST_TEXT, PROCESS_SIZES, SMALLEST_PROCESS, SURE_ROUTES } from './rules.ts';
import { parseTime } from './time-value.ts';

/** A memory figure without any unit that is too small for the bytes of a process. */
export interface Implausible {
  field: string;
  value: number;
}

export interface Found {
  field: Field;
  value: unknown;
}

export class FieldRecord implements Archived {
  readonly #found = new Map<Role, Found>();
  /** Figures in a larger unit than the one that counts: uWSGI's rss of 2 GiB and more is negative, rssM is not. */
  readonly #coarse = new Map<Role, Found>();
  /** What counted in the line before goes on to count, so that a field that a client slips in does not take its place. */
  #usual = new Map<Role, Field>();
  /** Of the last record that was filled, when there is one. */
  implausible: Implausible | undefined;

  /** Roles that nothing later in the line may change. */
  readonly #settled = new Set<Role>();

  /** Another number whenever other fields may count than before. */
  usualVersion = 0;

  /** What outlives a line. */
  transfer(archive: Archive): void {
    this.#usual = archive.value(this.#usual);
    this.usualVersion++;
  }

  /** Forgets the line before. */
  start(): void {
    this.#found.clear();
    this.#coarse.clear();
    this.#settled.clear();
  }

  /** Behind this a client's text may look like fields: those found so far stay as they are. */
  settle(): void {
    for (const role of this.#found.keys()) this.#settled.add(role);
  }

  /** A scalar of the line; of two with one name the later one counts, as in JSON.parse. */
  put(field: Field, value: unknown): void {
    if (this.#settled.has(field.role)) return;
    const before = this.#found.get(field.role);
    if (before !== undefined && isCoarser(field, before.field)) {
      this.#coarse.set(field.role, { field, value });
      return;
    }
    if (before !== undefined && isCoarser(before.field, field)) this.#coarse.set(field.role, before);
    if (before === undefined || this.#rank(field) <= this.#rank(before.field)) {
      this.#found.set(field.role, { field, value });
    }
  }

  /** Whether the field counted in the reading before, or there was none. */
  isUsual({ role, name }: Field): boolean {
    return this.#usual.size === 0 || this.#usual.get(role)?.name === name;
  }

  /** What the line says outside its fields, where they do not say it themselves. */
  putMissing(role: Role, value: string): void {
    if (!this.#found.has(role)) this.#found.set(role, { field: outside(role), value });
  }

  /** What counts for the role, among the fields so far. */
  found(role: Role): Readonly<Found> | undefined {
    return this.#found.get(role);
  }

  /** The fields so far are those of a reading: they go on to count. */
  keepUsual(): void {
    for (const [role, { field }] of this.#found) {
      if (this.#usual.get(role)?.name === field.name) continue;
      this.#usual.set(role, field);
      this.usualVersion++;
    }
  }

  /** Of the fields that mean something, as the log names them. */
  names(): string[] {
    return [...this.#found.values()].map(({ field }) => field.name);
  }

  /** Whether a memory figure is named, be it measured or not. */
  get namesMemory(): boolean {
    return MEMORY_ROLES.some((role) => this.#found.has(role));
  }

  /**
   * Fills the reading when the line tells of a request and of memory.
   * @param memory of the analysis.
   */
  fill(reading: Reading, memory: ScanMemory): boolean {
    this.implausible = undefined;
    if (this.#found.size < 2 || !this.namesMemory) return false;
    reading.clear();
    if (!this.#fillRequest(reading, memory)) return false;
    this.#fillMemory(reading);
    this.#fillWorker(reading);
    const time = this.#found.get('time');
    const parsed = time && parseTime(time.value);
    if (parsed) {
      reading.time = parsed.time;
      reading.zoned = parsed.zoned;
    }
    reading.status = statusOf(this.#found.get('status')?.value);
    this.keepUsual();
    return true;
  }

  #rank(field: Field): number {
    return this.#usual.get(field.role)?.name === field.name ? Number.NEGATIVE_INFINITY : field.rank;
  }

  #text(role: Role): string | undefined {
    const value = this.#found.get(role)?.value;
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '-' ? value : undefined;
  }

  #fillRequest(reading: Reading, memory: ScanMemory): boolean {
    const route = this.#routeName();
    const line = this.#requestLine();
    const uri = this.#text('uri') ?? line?.uri;
    const isSure = route !== undefined && (route.sure || uri === undefined);
    if (uri !== undefined) reading.setRequest(memory, this.#text('method') ?? line?.method ?? '', uri);
    if (isSure) reading.routeName = route.name.slice(0, LONGEST_TEXT);
    return uri !== undefined || isSure;
  }

  /** A route's own name; `sure` when it says more than a URI beside it. */
  #routeName(): { name: string; sure: boolean } | undefined {
    const found = this.#found.get('route');
    const given = found !== undefined && (found.field.rank < 0 || SURE_ROUTES.test(found.field.name));
    const name = this.#text('route');
    if (given && name) return { name, sure: true };
    const action = this.#text('action');
    const controller = this.#text('controller');
    if (controller && action) return { name: `${controller}#${action}`, sure: true };
    if (name && (!LOGGER_NAME.test(found!.field.name) || !this.#found.has('logger'))) return { name, sure: false };
    const single = action || controller;
    return single ? { name: single, sure: false } : undefined;
  }

  #requestLine(): { method: string; uri: string } | undefined {
    const text = this.#text('request');
    if (text === undefined) return undefined;
    const first = text.indexOf(' ');
    const last = text.lastIndexOf(' HTTP/');
    if (first < 1 || !/^[A-Z][A-Z_-]*$/.test(text.slice(0, Math.min(first, 32)))) return undefined;
    return { method: text.slice(0, first), uri: last > first ? text.slice(first + 1, last) : text.slice(first + 1) };
  }

  #fillMemory(reading: Reading): void {
    const rss = this.#size('rss');
    const uss = this.#size('uss');
    const pss = this.#size('pss');
    const vsz = this.#size('vsz');
    const heap = this.#size('heap');
    reading.rssBytes = level(rss);
    reading.ussBytes = level(uss);
    reading.pssBytes = level(pss);
    reading.vszBytes = level(vsz);
    reading.heapBytes = level(heap);
    reading.quantumBytes = (rss ?? pss ?? uss ?? heap ?? vsz)?.quantumBytes ?? 1;
    if (rss ?? uss ?? pss ?? vsz ?? heap) return;
    const delta = this.#size('delta');
    if (delta) {
      reading.kind = 'delta';
      reading.deltaBytes = delta.bytes;
      reading.quantumBytes = delta.quantumBytes;
      return;
    }
    const requestPeak = this.#size('request-peak');
    const processPeak = this.#size('process-peak');
    const peak = requestPeak ?? processPeak;
    if (!peak) return;
    reading.kind = requestPeak ? 'request-peak' : 'process-peak';
    if (requestPeak) reading.heapBytes = level(peak);
    else reading.rssBytes = level(peak);
    reading.quantumBytes = peak.quantumBytes;
  }

  #size(role: Role): ByteSize | undefined {
    const found = this.#found.get(role);
    if (!found) return undefined;
    const { field, value } = found;
    const size = parseByteSize(value, field.unitBytes ?? 1);
    const coarse = this.#coarse.get(role);
    if (coarse && role !== 'delta' && (size === undefined || size.bytes < 0))
      return parseByteSize(coarse.value, coarse.field.unitBytes ?? 1);
    if (!size || size.hasUnit || field.unitBytes !== undefined) return size;
    if (PROCESS_SIZES.has(role) && size.bytes > 0 && size.bytes < SMALLEST_PROCESS) {
      this.implausible ??= { field: field.name, value: size.bytes };
    }
    return size;
  }

  #fillWorker(reading: Reading): void {
    const pid = this.#text('pid');
    if (pid !== undefined && /^\d{1,15}$/.test(pid)) reading.pid = Number(pid);
    else reading.workerName = (pid || this.#text('worker') || '').slice(0, LONGEST_TEXT);
    const host = this.#text('host');
    const field = this.#found.get('host')?.field;
    if (host && field && isMachine(field, host)) reading.originName = host.slice(0, LONGEST_TEXT);
  }
}

/** Behind all names. */
function outside(role: Role): Field {
  return { role, rank: Number.POSITIVE_INFINITY, unitBytes: undefined, name: '' };
}

/** Of two figures of the same thing, bytes say more than MiB; a field that the user named stays. */
function isCoarser(one: Field, other: Field): boolean {
  return one.rank >= 0 && (one.unitBytes ?? 1) > (other.unitBytes ?? 1) && one.rank === other.rank;
}

function level(size: ByteSize | undefined): number {
  return size !== undefined && size.bytes >= 0 ? size.bytes : ABSENT;
}

/** 200, "200", "200 OK"; ABSENT for a task's state. */
function statusOf(value: unknown): number {
  const status = typeof value === 'number' ? value : typeof value === 'string' ? Number(value.slice(0, 3)) : ABSENT;
  return Number.isInteger(status) && status >= 100 && status <= 999 ? status : ABSENT;
}
