/** The tables that assembly/marks.ts finds marks by. */
import { type Mark, MEMORY_NAME } from '../lines/mark.ts';

/** As in assembly/layout.ts; places within the tables. */
const [NIBBLES, GROUPS, STARTS, MARKS] = [0, 64, 64 + 65_536, 64 + 65_536 + 1024];
const [MARK, MOST_MARKS, MOST_NAMES, MOST_GROUPS] = [48, 1024, 32, 256];
const NAMES = MARKS + MOST_MARKS * MARK;
const IS_NAME_BYTE = NAMES + MOST_NAMES * 16 + 16;
const MARK_TABLE_BYTES = IS_NAME_BYTE + 256;

const BUCKETS = 8;
/** A part of a longer text is a mark as good. */
const LONGEST_TEXT = 16;

/** In one of these every name of a memory figure is; see default-names.ts. A test holds that. */
export const MEMORY_WORDS: readonly string[] = 'mem rss uss pss vsz vms vsize vmhwm heap sspace setsize dentset'.split(
  ' ',
);

const range = (from: string, to: string) =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, i) => from.charCodeAt(0) + i);
const IGNORED = [...'_-@'].map((character) => character.charCodeAt(0));
const NAME_BYTES = [...range('a', 'z'), ...range('A', 'Z'), ...range('0', '9'), 0x2e, ...IGNORED];
const ALL = Array.from({ length: 256 }, (_, byte) => byte);
const EQUALS = 0x3d;

/** Where two bytes that follow each other may be the anchor of a mark. */
interface Anchor {
  first: readonly number[];
  second: readonly number[];
  entry: Entry;
}

/** `offset` is the anchor's place in the text; an empty text stands for the name of a memory figure. */
interface Entry {
  text: string;
  offset: number;
}

/** @throws RangeError when there are too many. */
export function markTable(marks: readonly Mark[]): Uint8Array {
  const anchors = [...new Set(marks)].map(anchorOf);
  const table = new Uint8Array(MARK_TABLE_BYTES);
  writeNibbles(table, anchors);
  writeGroups(table, anchors);
  writeNames(table);
  return table;
}

function anchorOf(mark: Mark): Anchor {
  if (mark === MEMORY_NAME) return { first: NAME_BYTES, second: [EQUALS], entry: { text: '', offset: 0 } };
  const codes = [...mark].map((character) => character.charCodeAt(0));
  if (codes.length === 0 || codes.some((code) => code > 0x7e || code === 0x0a))
    throw new RangeError(`a mark of ${mark}`);
  if (codes.length === 1) return { first: codes, second: ALL, entry: { text: mark, offset: 0 } };
  const { text, offset, anchor } = comparedText(mark);
  return { first: [codes[anchor]!], second: [codes[anchor + 1]!], entry: { text, offset } };
}

/** The part of a text that is looked for, and where its rarest two bytes are, in it and in the text. */
export function comparedText(mark: string): Entry & { anchor: number } {
  const codes = [...mark].map((character) => character.charCodeAt(0));
  let anchor = 0;
  for (let at = 1; at + 1 < codes.length; at++) if (oftenness(codes, at) < oftenness(codes, anchor)) anchor = at;
  const from = Math.max(0, Math.min(anchor - LONGEST_TEXT / 2, codes.length - LONGEST_TEXT));
  return { text: mark.slice(from, from + LONGEST_TEXT), offset: anchor - from, anchor };
}

function oftenness(codes: readonly number[], at: number): number {
  const [first, second] = [codes[at]!, codes[at + 1]!];
  // Lines of dots, stars and dashes.
  return WEIGHTS[first]! * WEIGHTS[second]! * (first === second ? RUN : 1);
}

/** Two of the same are the more often. */
const RUN = 100;

/** How often bytes are in what applications print, roughly. */
const WEIGHTS: readonly number[] = ALL.map((byte) => {
  const character = String.fromCharCode(byte);
  if (character === ' ') return 120;
  if ('etaoinrs'.includes(character)) return 60;
  if (/[a-z]/.test(character)) return 20;
  if (/[0-9]/.test(character)) return 30;
  if (/[A-Z.,:/_"'()[\]-]/.test(character)) return 10;
  return byte > 0x20 && byte < 0x7f ? 3 : 1;
});

/** Each anchor goes into the bucket that is then the least likely to be seen where no anchor is. */
function writeNibbles(table: Uint8Array, anchors: readonly Anchor[]): void {
  const buckets = Array.from({ length: BUCKETS }, () => ({ first: new NibbleSet(), second: new NibbleSet() }));
  for (const { first, second } of anchors.toSorted((a, b) => b.second.length - a.second.length)) {
    const costs = buckets.map(
      (bucket) =>
        bucket.first.weightWith(first) * bucket.second.weightWith(second) - bucket.first.weight * bucket.second.weight,
    );
    const bucket = buckets[costs.indexOf(Math.min(...costs))]!;
    bucket.first.add(first);
    bucket.second.add(second);
  }
  for (const [bit, { first, second }] of buckets.entries()) {
    for (const [i, nibbles] of [first.low, first.high, second.low, second.high].entries())
      for (let nibble = 0; nibble < 16; nibble++)
        if ((nibbles >> nibble) & 1) table[NIBBLES + i * 16 + nibble]! |= 1 << bit;
  }
}

/** Bytes, told by their low and their high halves: all that have one of each. */
class NibbleSet {
  low = 0;
  high = 0;
  weight = 0;

  add(bytes: readonly number[]): void {
    this.weight = this.weightWith(bytes);
    [this.low, this.high] = this.#with(bytes);
  }

  weightWith(bytes: readonly number[]): number {
    const [low, high] = this.#with(bytes);
    return low === this.low && high === this.high ? this.weight : weightOf(low, high);
  }

  #with(bytes: readonly number[]): [low: number, high: number] {
    let { low, high } = this;
    for (const byte of bytes) {
      low |= 1 << (byte & 15);
      high |= 1 << (byte >> 4);
    }
    return [low, high];
  }
}

function weightOf(low: number, high: number): number {
  return WEIGHTS.reduce(
    (sum, weight, byte) => ((low >> (byte & 15)) & (high >> (byte >> 4)) & 1 ? sum + weight : sum),
    0,
  );
}

/** Anchors that the same marks have are a group; 0 is that of all others. */
function writeGroups(table: Uint8Array, anchors: readonly Anchor[]): void {
  const view = new DataView(table.buffer);
  const entriesOf = new Map<number, Entry[]>();
  for (const { first, second, entry } of anchors) {
    for (const pair of first.flatMap((a) => second.map((b) => a + b * 256)))
      entriesOf.set(pair, [...(entriesOf.get(pair) ?? []), entry]);
  }
  const groups = new Map<string, { group: number; entries: readonly Entry[] }>();
  const numbers = new Map(anchors.map(({ entry }, i) => [entry, i]));
  for (const [pair, entries] of entriesOf) {
    const key = entries.map((entry) => numbers.get(entry)).join(' ');
    const { group } = groups.get(key) ?? { group: groups.size + 1 };
    groups.set(key, { group, entries });
    table[GROUPS + pair] = group;
  }
  let place = 0;
  for (const { group, entries } of groups.values()) {
    if (group >= MOST_GROUPS || place + entries.length > MOST_MARKS)
      throw new RangeError('there is no room for all marks');
    view.setUint16(STARTS + group * 2, place, true);
    for (const entry of entries) writeMark(view, MARKS + place++ * MARK, entry);
    view.setUint16(STARTS + group * 2 + 2, place, true);
  }
}

function writeMark(view: DataView, at: number, { text, offset }: Entry): void {
  view.setUint32(at, offset, true);
  view.setUint32(at + 4, text.length, true);
  for (let i = 0; i < text.length; i++) {
    view.setUint8(at + 16 + i, text.charCodeAt(i));
    view.setUint8(at + 32 + i, 0xff);
  }
}

/** Bytes of names: 1 does not count in them, 2 does, 3 may begin one of MEMORY_WORDS. */
function writeNames(table: Uint8Array): void {
  const view = new DataView(table.buffer);
  for (const byte of NAME_BYTES) {
    const letter = String.fromCharCode(byte).toLowerCase();
    const begins = MEMORY_WORDS.some((word) => word.startsWith(letter));
    table[IS_NAME_BYTE + byte] = IGNORED.includes(byte) ? 1 : begins ? 3 : 2;
  }
  for (const [i, word] of MEMORY_WORDS.entries()) {
    for (let j = 0; j < word.length; j++) {
      view.setUint8(NAMES + i * 16 + j, word.charCodeAt(j));
      view.setUint8(NAMES + i * 16 + 8 + j, 0xff);
    }
  }
}
