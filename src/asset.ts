/**
 * Files that lie beside the compiled source: WebAssembly, texts of the page, snippets. Found from here, since the command is
 * bundled: whatever module asks for one may then be part of another file, but all of them stay in this folder.
 */

/** @param path from the folder of the compiled source: `wasm/scan.wasm`. */
export function asset(path: string): URL {
  return new URL(path, import.meta.url);
}
