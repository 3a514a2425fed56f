/** The part of WebAssembly that is used here; TypeScript has its types only together with those of a browser's page. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>);
    readonly exports: object;
  }
}
