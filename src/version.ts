/** The version in package.json, which is beside bin in the repository and in the installed package alike. */

import { readFileSync } from 'node:fs';
import { asset } from './asset.ts';

const manifest: unknown = JSON.parse(readFileSync(asset('../../package.json'), 'utf8'));

export const VERSION: string =
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
