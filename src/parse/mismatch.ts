/** Where a line stopped being a request of some format, for people who look for the reason. */
export interface Mismatch {
  /** Characters of the line that fit. */
  column: number;
  /** What should have come there. */
  expected: string;
}
