/** AssemblyScript, compiled to scan.wasm: the loops that see every byte of a log. */
export { parse, parseHead } from './record';
export { scan } from './scan';
export { skipUnmarked } from './marks';
export { clear, find, findPath, keep } from './path-table';
export { addNode, clearNodes, close, closedTo, nodeCount, setRoute } from './path-nodes';
export { setFull, takeCrowded } from './path-walk';
export { FORM_NAMES, HAS_LETTERS, INPUT, LETTERS, MARK_NIBBLES, PATTERNS, RECORDS, SECRETS, SEGMENT } from './layout';
