/** Which real servers are installed here, and how they are called. */
import { spawnSync } from 'node:child_process';

/** Debian's own first: another Python may come before it in the path, without its packages. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

const found = new Map<string, string | undefined>();

/** A Python that has all these modules. */
export function pythonWith(...modules: string[]): string | undefined {
  const key = modules.join(', ');
  if (!found.has(key))
    found.set(
      key,
      PYTHONS.find((python) => succeeds(python, ['-c', `import ${key}`])),
    );
  return found.get(key);
}

/** The first of these commands that runs with these arguments. */
export function commandThat(args: readonly string[], ...names: string[]): string | undefined {
  return names.find((name) => succeeds(name, args));
}

export const uwsgi = (): string | undefined =>
  commandThat(['--plugins', 'python3', '--version'], process.env.UWSGI ?? 'uwsgi');
export const redis = (): string | undefined => commandThat(['--version'], 'redis-server');
export const phpFpm = (): string | undefined =>
  commandThat(['-v'], 'php-fpm', ...['8.4', '8.3', '8.2', '8.1', '7.4'].map((version) => `php-fpm${version}`));

/** For `skip` of a test: false when it is there. */
export function lack(program: string | undefined, name: string): string | false {
  return program === undefined ? `${name} is not installed` : false;
}

function succeeds(command: string, args: readonly string[]): boolean {
  const { status, stderr } = spawnSync(command, [...args], { encoding: 'utf8', timeout: 60_000 });
  return status === 0 && !/UNABLE to load/.test(stderr);
}
