/** Marks looked for one by one: the twin of wasm/assembly/marks.ts. */
import { type Mark, MEMORY_NAME } from '../../src/lines/mark.ts';
import { MEMORY_WORDS } from '../../src/wasm/mark-table.ts';

export function holdsMark(line: string, marks: readonly Mark[]): boolean {
  return marks.some((mark) => (mark === MEMORY_NAME ? holdsMemoryName(line) : line.includes(mark)));
}

function holdsMemoryName(line: string): boolean {
  for (const [, name] of line.matchAll(/([\w.@-]{1,128})(?==)/g)) {
    const letters = name!.toLowerCase().replace(/[_@-]/g, '');
    if (MEMORY_WORDS.some((word) => letters.includes(word))) return true;
  }
  return false;
}
