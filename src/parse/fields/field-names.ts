/** From the name of a field to what it means: by --field, else by its name. */
import { CONTAINERS, DEFAULT_NAMES, MEMORY_NAMES, MEMORY_PLACES, UNIT_BYTES } from './default-names.ts';
import type { FieldOption } from './field-option.ts';
import { MEMORY_ROLES, type Role } from './role.ts';

export interface Field {
  role: Role;
  /** Of several fields of one role in a line, the one with the lowest counts; below 0 it was given with --field. */
  rank: number;
  /** Of a number without a unit of its own; undefined when neither the name nor an option says it. */
  unitBytes: number | undefined;
  /** As written in the log. */
  name: string;
}

/** One name that fields may have; the fields inside it are its children. */
export interface FieldName {
  /** Means nothing when undefined. */
  field: Field | undefined;
  children: Map<string, FieldName>;
  path: string;
}

interface Meaning {
  role: Role;
  rank: number;
  unitBytes: number | undefined;
}

/** Logs may hold any number of names; those beyond are looked up anew each time. */
const MOST_KNOWN = 4096;
const LONGEST_PATH = 256;

export class FieldNames {
  readonly root: FieldName = { field: undefined, children: new Map(), path: '' };
  readonly #options: readonly FieldOption[];
  /** Roles whose default names do not count, since the user named others. */
  readonly #taken: ReadonlySet<Role>;
  #known = 0;

  constructor(options: readonly FieldOption[]) {
    this.#options = options;
    const taken = new Set(options.map(({ role }) => role));
    // Who names the URI wants the URI, and who names a memory figure wants that one.
    if (taken.has('uri') || taken.has('request'))
      for (const role of ['route', 'controller', 'uri', 'request'] as const) taken.add(role);
    if (MEMORY_ROLES.some((role) => taken.has(role))) for (const role of MEMORY_ROLES) taken.add(role);
    this.#taken = taken;
  }

  /** The field `key` inside `parent`. */
  child(parent: FieldName, key: string): FieldName {
    const known = parent.children.get(key);
    if (known !== undefined) return known;
    const path = parent.path === '' ? key : `${parent.path}.${key}`;
    const name: FieldName = {
      field: path.length <= LONGEST_PATH ? this.#resolve(path) : undefined,
      children: new Map(),
      path,
    };
    if (this.#known < MOST_KNOWN && key.length <= LONGEST_PATH) {
      this.#known++;
      // A string of its own: a slice would keep the whole line alive.
      parent.children.set(Buffer.from(key, 'utf8').toString('utf8'), name);
    }
    return name;
  }

  #resolve(path: string): Field | undefined {
    const position = this.#options.findIndex(({ name }) => name === path);
    const option = this.#options[position];
    if (option) {
      const { role, unitBytes, name } = option;
      return { role, rank: position - this.#options.length, unitBytes: unitBytes ?? meaningOf(path)?.unitBytes, name };
    }
    const meaning = meaningOf(path);
    if (meaning === undefined || this.#taken.has(meaning.role)) return undefined;
    return { ...meaning, name: Buffer.from(path, 'utf8').toString('utf8') };
  }
}

const PLAIN: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(DEFAULT_NAMES)
    .flatMap(([role, list]) =>
      list.map((name, rank): [string, Meaning] => [name, { role: role as Role, rank, unitBytes: undefined }]),
    )
    .reverse(),
);

const MEMORY: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(MEMORY_NAMES)
    .flatMap(([role, list]) =>
      list.flatMap((name, rank) =>
        ['', ...MEMORY_PLACES.map((place) => `${place}.`)].map((place): [string, Meaning] => [
          `${place}${name}`,
          { role: role as Role, rank, unitBytes: undefined },
        ]),
      ),
    )
    .reverse(),
);

/** By the default names. */
function meaningOf(path: string): Meaning | undefined {
  const segments = path.split('.').map((segment) => segment.toLowerCase().replace(/[_\-@ ]/g, ''));
  while (segments.length > 1 && CONTAINERS.has(segments[0]!)) segments.shift();
  const name = segments.join('.');
  const plain = PLAIN.get(name) ?? MEMORY.get(name);
  if (plain) return plain;
  for (const [unit, unitBytes] of UNIT_BYTES) {
    if (!name.endsWith(unit)) continue;
    const meaning = MEMORY.get(name.slice(0, -unit.length).replace(/(?:\.|in)$/, ''));
    if (meaning) return { ...meaning, unitBytes };
  }
  return undefined;
}
