/** Run by the build: writes the manual page and the schema of the configuration beside the compiled source. */
import { writeFileSync } from 'node:fs';
import { createProgram } from '../cli/program.ts';
import { configSchema } from '../config/config-schema.ts';
import { VERSION } from '../version.ts';
import { describeAll } from './describe.ts';
import { manPage } from './man-page.ts';

const program = createProgram();
const file = (name: string) => new URL(`../../${name}`, import.meta.url);
// Without a date two builds of one version are the same.
writeFileSync(file('leakrank.1'), manPage(await describeAll(program), { version: VERSION, date: '' }));
writeFileSync(file('leakrank.config.schema.json'), `${JSON.stringify(configSchema(program), null, 2)}\n`);
