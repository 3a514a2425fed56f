/** Writes the picture of the README: npm run pictures. */
import { writeFileSync } from 'node:fs';
import { growthAndLeaks, PICTURE } from './growth-and-leaks-picture.ts';

writeFileSync(PICTURE, await growthAndLeaks());
