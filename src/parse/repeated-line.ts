import { ABSENT } from './reading.ts';

/** What a parser of repeated lines found on one; as in Reading, positions within the chunk. */
export class RepeatedLine {
  pid: number = ABSENT;
  core: number = ABSENT;
  time: number = ABSENT;
  zoned = false;
  status: number = ABSENT;
  quantumBytes = 1;
  rssBytes: number = ABSENT;
  pssBytes: number = ABSENT;
  ussBytes: number = ABSENT;
  heapBytes: number = ABSENT;
  vszBytes: number = ABSENT;
  methodStart = 0;
  methodEnd = 0;
  uriStart = 0;
  uriEnd = 0;
  hasUri = true;
  routeName = '';
  workerName = '';
  originName = '';
  /** By pid, the largest step of its figures that was handed on as a reading; kept here, for lines of one form. */
  readonly heardBytes: Map<number, number> = new Map();
}
