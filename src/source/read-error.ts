import { UserError } from '../errors.ts';

/** Turns what the system says about a file into a sentence; anything else is passed on. */
export function readError(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return new UserError(`${name}: there is no such file; check the path`);
    case 'EACCES':
    case 'EPERM':
      return new UserError(
        `${name}: no permission to read it; run as a user who may, or pipe it in: sudo cat ${name} | leakrank`,
      );
    case 'EISDIR':
      return new UserError(`${name} is a directory: name the log files in it`);
    case 'ERR_INVALID_ARG_VALUE':
      return new UserError(`${JSON.stringify(name)} is no file name; check the path`);
    case 'EIO':
    case 'ENXIO':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new UserError(`${name} cannot be read (${code}); check the path and the disk`);
    default:
      return error;
  }
}
