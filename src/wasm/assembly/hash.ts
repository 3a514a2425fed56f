/**
 * Hashes of texts that come from whoever sends requests: crafted ones that collide would make every look-up a walk through
 * all of them. Each eight bytes of a text meet eight secret bytes of their own (NH of UMAC, RFC 4418): whatever is known but
 * the secrets, two texts of one length have the same sum with a chance of 2^-32 at most. A sum of products with one secret
 * for all places has no such bound: differences in one place that those in the next undo are the same for every secret.
 */
import { SECRETS, SECRETS_LENGTH, byteAt } from './layout';

/** The last of the secrets go with length and salt. */
const PLACES: usize = SECRETS_LENGTH - 16;

/** @param salt tells apart the same texts in different places. */
@inline
export function hashOf(key: usize, length: usize, salt: u32): u64 {
  let sum: u64 = product((<u64>salt << 32) | <u64>length, SECRETS + PLACES);
  let at: usize = 0;
  let secret: usize = 0;
  for (; at + 8 <= length; at += 8) {
    sum += product(load<u64>(key + at), SECRETS + secret);
    secret += 8;
    if (secret == PLACES) {
      // The secrets of a longer text begin again, behind a sum that is not known.
      sum = mixed(sum);
      secret = 0;
    }
  }
  if (at < length) {
    let rest: u64 = 0;
    // The last eight bytes, some of them once more, tell as much as those that are left.
    if (length >= 8) rest = load<u64>(key + length - 8);
    else for (; at < length; at++) rest = (rest << 8) | <u64>byteAt(key + at);
    sum += product(rest, SECRETS + secret);
  }
  return mixed(sum);
}

@inline
function product(bytes: u64, secrets: usize): u64 {
  const secret = load<u64>(secrets);
  return <u64>(<u32>bytes + <u32>secret) * <u64>(<u32>(bytes >> 32) + <u32>(secret >> 32));
}

/** One to one, so that every bit reaches the low ones: the last step of MurmurHash3. */
@inline
function mixed(sum: u64): u64 {
  let hash = sum ^ load<u64>(SECRETS, PLACES + 8);
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}
