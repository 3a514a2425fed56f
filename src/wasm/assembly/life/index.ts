/** AssemblyScript, compiled to life.wasm: what is kept of workers' lives. */
export { closeBaseWindow, compactLife, endLife, freeLife, newLife } from './life';
export { resize } from './blocks';
export { LIFE_SIZE, BYTES, ROUTES, PARTS, BLOCKS, BLOCK_COUNT, REQUESTS, WINDOW, STRETCH, FIRST_BYTES } from './layout';
export {
  callColumns, eventCalls, eventColumns, floorCalls, floorColumns, floorSteps, integersAt, jumpColumns, numbersAt, releaseColumns,
  sumColumns,
} from './columns';
