import type { Reading } from './reading.ts';

/**
 * Fills the reading from a record's columns, which begin at `at`: in the order of src/wasm/assembly/layout.ts.
 * @param address of the bytes in the memory that the record's positions are about.
 */
export function fillFromRecord(
  reading: Reading,
  bytes: Buffer,
  address: number,
  records: Float64Array,
  at: number,
): void {
  reading.bytes = bytes;
  reading.address = address;
  reading.vszBytes = records[at]!;
  reading.rssBytes = records[at + 1]!;
  reading.ussBytes = records[at + 2]!;
  reading.pssBytes = records[at + 3]!;
  reading.pid = records[at + 4]!;
  reading.app = records[at + 5]!;
  reading.ownCount = records[at + 6]!;
  reading.totalCount = records[at + 7]!;
  reading.time = records[at + 8]!;
  reading.zoned = false;
  reading.status = records[at + 9]!;
  reading.core = records[at + 10]!;
  reading.methodStart = records[at + 11]! - address;
  reading.methodEnd = records[at + 12]! - address;
  reading.uriStart = records[at + 13]! - address;
  reading.uriEnd = records[at + 14]! - address;
  reading.hasUri = records[at + 15] === 1;
}
