/** What `npm run fuzz` throws mutated lines at. */
export interface FuzzTarget {
  name: string;
  /** Real lines to begin with, besides those of fixtures. */
  seeds: readonly string[];
  /** A fresh one, so that targets that remember lines begin anew. */
  create: () => FuzzSubject;
}

/** Reads a line. Throws where it breaks a promise; whatever else it throws is a failure, too. */
export type FuzzSubject = (text: string, lineNumber: number) => void;
