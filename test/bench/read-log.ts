/** Reads a log to its evidence and prints what that took, without start, estimate and report: for hostile.ts. */
import { resolveOptions } from '../../src/options.ts';
import { gather } from '../../src/run.ts';
import { fileSource } from '../../src/source/source.ts';

const before = process.cpuUsage();
await gather([fileSource(process.argv[2]!)], resolveOptions({}));
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1e6);
