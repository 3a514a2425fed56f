/** `--field rss=mem.rss_kb:KiB`: which field of a line means what, where the names do not say it. */
import { UserError } from '../../errors.ts';
import { isMemoryRole, ROLES, type Role } from './role.ts';

export interface FieldOption {
  role: Role;
  /** As written in the log; nested objects by dots. */
  name: string;
  /** Of a memory figure without a unit of its own; undefined when not said. */
  unitBytes: number | undefined;
}

/** What a person may write: IEC and SI units as they are defined, and pages of 4096 bytes. */
const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  bytes: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  pages: 4096,
};

/** @throws UserError that says what is wrong and what to write. */
export function parseFieldOption(text: string): FieldOption {
  const equals = text.indexOf('=');
  if (equals < 1)
    throw new UserError(`--field ${text} has no "="; write what it means and its name: --field rss=mem.rss_kb:KiB`);
  const role = ROLES.find((one) => one === text.slice(0, equals));
  if (role === undefined)
    throw new UserError(`--field ${text}: ${text.slice(0, equals)} is not one of ${ROLES.join(', ')}`);
  const rest = text.slice(equals + 1);
  const colon = rest.lastIndexOf(':');
  const unit = colon < 0 ? undefined : rest.slice(colon + 1);
  const name = colon < 0 ? rest : rest.slice(0, colon);
  if (name === '') throw new UserError(`--field ${text} names no field; write --field ${role}=NAME`);
  if (unit === undefined) return { role, name, unitBytes: undefined };
  const unitBytes = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  if (!isMemoryRole(role)) {
    if (unitBytes === undefined) return { role, name: rest, unitBytes: undefined };
    throw new UserError(
      `--field ${text}: ${role} is no memory figure and takes no unit; write --field ${role}=${name}`,
    );
  }
  if (unitBytes === undefined)
    throw new UserError(`--field ${text}: ${unit} is not one of the units ${Object.keys(UNITS).join(', ')}`);
  return { role, name, unitBytes };
}

/** @throws UserError also when one field is to mean two things. */
export function parseFieldOptions(texts: readonly string[]): FieldOption[] {
  const options = texts.map(parseFieldOption);
  for (const [i, { role, name }] of options.entries()) {
    const other = options.slice(0, i).find((option) => option.name === name && option.role !== role);
    if (other)
      throw new UserError(
        `--field ${role}=${name}: that field was given as ${other.role} already; leave out one of them`,
      );
  }
  return options;
}
