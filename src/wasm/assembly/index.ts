/** AssemblyScript, compiled to scan.wasm: the loops that see every byte of a log. */
export { parse, parseHead } from './record';
export { scan } from './scan';
export { clear, find, findPath, keep } from './path-table';
export { INPUT, PATTERNS, RECORDS, SECRETS } from './layout';
