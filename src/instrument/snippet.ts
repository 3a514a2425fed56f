/** The text of a server's snippet, from the file in the package. */

import { readFile } from 'node:fs/promises';
import { asset } from '../asset.ts';
import type { Server } from './servers.ts';

export async function snippetOf({ file }: Server): Promise<string> {
  return await readFile(asset(`instrument/snippets/${file}`), 'utf8');
}
