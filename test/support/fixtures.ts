/** The logs in fixtures/, found from wherever the compiled tests lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));

/** The path of a file in fixtures/uwsgi. */
export function fixturePath(name: string): string {
  return `${ROOT}fixtures/uwsgi/${name}`;
}

/** Its bytes, decompressed. */
export function fixture(name: string): Buffer {
  const bytes = readFileSync(fixturePath(name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** All logs of the folders samples and options. */
export const SAMPLES: readonly string[] = ['samples', 'options'].flatMap((folder) =>
  readdirSync(fixturePath(folder))
    .sort()
    .map((name) => `${folder}/${name}`),
);

export const LABS: readonly string[] = ['a', 'b2', 'c', 'i', 'n'].map((name) => `lab-${name}.log.gz`);
