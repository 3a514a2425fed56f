/**
 * AssemblyScript: what src/wasm/scan-memory.ts and these files agree on. Memory is laid out by hand and nothing is
 * allocated; all positions are addresses.
 */

/** Fields of a record as f64, in this order: of the record that was read last from FIELDS on, of those of a scan in RECORDS. */
export const FIELDS: usize = 0;
export const VSZ: usize = 0;
export const RSS: usize = 8;
export const USS: usize = 16;
export const PSS: usize = 24;
export const PID: usize = 32;
export const APP: usize = 40;
export const OWN_COUNT: usize = 48;
export const TOTAL_COUNT: usize = 56;
export const TIME: usize = 64;
export const STATUS: usize = 72;
export const CORE: usize = 80;
export const METHOD_START: usize = 88;
export const METHOD_END: usize = 96;
export const URI_START: usize = 104;
export const URI_END: usize = 112;
export const HAS_URI: usize = 120;

/** The numbers of the last pattern. */
export const VALUES: usize = 128;
/** The text of the last date and its time. */
export const LAST_DATE: usize = 192;
export const LAST_TIME: usize = 216;

/** The key last looked up: its hash, where it lies and its length. */
export const LAST_KEY: usize = 272;
export const TABLE_STATE: usize = 320;
/** Where the last scan stopped. */
export const SCANNED: usize = 336;

/** Of path-nodes.ts and path-walk.ts: see there. */
export const NODE_COUNT: usize = 344;
export const NODE_KEYS_END: usize = 348;
export const LONGEST_PLACE: usize = 352;
export const CROWDED: usize = 356;
export const FULL_ROUTE: usize = 360;
export const IS_WHOLE: usize = 364;
/** Whether LETTERS are there. */
export const HAS_LETTERS: usize = 368;

/** Texts of which others are like; see likeness.ts. */
export const SHAPES: usize = 384;
export const SHAPE: usize = 304;
export const LONGEST_SHAPE: usize = 208;
const MOST_SHAPES: usize = 3;

/** A pattern is a count of numbers and then an entry per text: its length, whether a `%c` follows, and its bytes. */
export const PATTERNS: usize = SHAPES + MOST_SHAPES * SHAPE;
export const PATTERN: usize = 512;
export const MOST_PATTERNS: usize = 16;
export const ENTRIES: usize = 8;
export const ENTRY: usize = 64;
export const TEXT: usize = 8;

/** A path with its numbers folded, and room to write sixteen bytes at its end. */
export const FOLDED: usize = PATTERNS + MOST_PATTERNS * PATTERN;
export const FOLDED_LENGTH: usize = 8192;

/** Random bytes that hashes depend on. */
export const SECRETS: usize = FOLDED + FOLDED_LENGTH + 16;
export const SECRETS_LENGTH: usize = 8208;

/** The path table: slots of hash, key's address, key's length plus one, and value; then the bytes of the keys. */
export const SLOTS: usize = SECRETS + SECRETS_LENGTH;
export const SLOT_COUNT: u32 = 65536;
export const SLOT: usize = 16;
export const MAX_ENTRIES: u32 = 32768;
export const KEYS: usize = SLOTS + <usize>SLOT_COUNT * SLOT;
export const KEYS_LENGTH: usize = 4194304;

/** A segment in normal form (three bytes stand for one that is not UTF-8), its placeholder, or the text of a node that is to be made; and a word in lower case. */
export const SEGMENT: usize = KEYS + KEYS_LENGTH;
export const SEGMENT_LENGTH: usize = 3 * FOLDED_LENGTH;
export const LOWER: usize = SEGMENT + SEGMENT_LENGTH + 16;

/** The bytes that escapes stand for. */
export const RUN: usize = LOWER + 64;
const RUN_LENGTH: usize = 2736;
/** One bit for each of the first 65 536 characters: 1 for letters, numbers and marks. */
export const LETTERS: usize = RUN + RUN_LENGTH;
const LETTERS_LENGTH: usize = 8192;

/** Names of forms, each with its length in front: PLACEHOLDERS of src/route/placeholders.ts, and what path-walk.ts adds. */
export const FORM_NAMES: usize = LETTERS + LETTERS_LENGTH;
export const FORM_NAME: usize = 16;

/** Nodes of known paths; see path-nodes.ts. */
export const NODES: usize = FORM_NAMES + 16 * FORM_NAME;
export const NODE: usize = 24;
export const MOST_NODES: u32 = 131072;
export const NODE_SLOTS: usize = NODES + <usize>MOST_NODES * NODE;
export const NODE_SLOT_COUNT: u32 = 262144;
export const NODE_KEYS: usize = NODE_SLOTS + <usize>NODE_SLOT_COUNT * 4;
export const NODE_KEYS_LENGTH: usize = 4194304;

/** Of src/route/router.ts and path.ts. */
export const LONGEST_NAME: usize = 1024;
export const MOST_SEGMENTS: u32 = 64;
export const LONGEST_SEGMENT: usize = 255;

/** Records of the lines read last: the fields of each from VSZ to HAS_URI, then the value kept for its path, or -1. */
export const RECORDS: usize = NODE_KEYS + NODE_KEYS_LENGTH;
export const RECORD: usize = 136;
export const MOST_RECORDS: usize = 512;
export const ROUTE: usize = 128;

/** What marks.ts looks for: see there, and ../mark-table.ts, which writes it. */
export const MARK_NIBBLES: usize = RECORDS + MOST_RECORDS * RECORD;
export const MARK_GROUPS: usize = MARK_NIBBLES + 64;
export const MARK_STARTS: usize = MARK_GROUPS + 65536;
export const MARKS: usize = MARK_STARTS + 1024;
export const MARK: usize = 48;
export const MOST_MARKS: usize = 1024;
export const NAMES: usize = MARKS + MOST_MARKS * MARK;
export const NAME: usize = 16;
export const MOST_NAMES: usize = 32;
export const IS_NAME_BYTE: usize = NAMES + MOST_NAMES * NAME + 16;

/** Everything from here on is the log's bytes. */
export const INPUT: usize = IS_NAME_BYTE + 256;

@inline
export function byteAt(at: usize): u32 {
  return load<u8>(at);
}

/** Whether two texts of one length are the same: eight bytes at a time, the last step overlapping the one before. */
@inline
export function isText(at: usize, text: usize, length: usize): bool {
  if (length >= 8) {
    const last = length - 8;
    for (let i: usize = 0; i < last; i += 8) {
      if (load<u64>(at + i) != load<u64>(text + i)) return false;
    }
    return load<u64>(at + last) == load<u64>(text + last);
  }
  for (let i: usize = 0; i < length; i++) {
    if (load<u8>(at + i) != load<u8>(text + i)) return false;
  }
  return true;
}
