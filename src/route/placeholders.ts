/**
 * Which path segments stand for a value and not for a place in the application. Only whole segments count: `/api/v2`,
 * `/oauth2`, `/mp3` and `/s3` keep their digits. The forms are disjoint or tried in this order; none needs backtracking.
 */

interface Form {
  placeholder: string;
  /** The shortest and longest segment that can have the form; others are not tried. */
  shortest: number;
  longest: number;
  matches: (segment: string) => boolean;
}

const pattern = (expression: RegExp) => (segment: string) => expression.test(segment);

/** Digits of the longest segment that is an {id}; path-table.ts and segment-form.ts in src/wasm/assembly have it too. */
const LONGEST_NUMBER = 40;

const FORMS: Form[] = [
  { placeholder: '{id}', shortest: 1, longest: LONGEST_NUMBER, matches: pattern(/^-?\d+$/) },
  {
    placeholder: '{uuid}',
    shortest: 32,
    longest: 38,
    matches: pattern(/^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i),
  },
  { placeholder: '{date}', shortest: 7, longest: 10, matches: pattern(/^(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?$/) },
  {
    placeholder: '{date}',
    shortest: 13,
    longest: 35,
    matches: pattern(/^(?:19|20)\d\d-?\d\d-?\d\d(?:T|%20| )\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?$/),
  },
  { placeholder: '{ip}', shortest: 7, longest: 15, matches: pattern(/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/) },
  { placeholder: '{number}', shortest: 3, longest: 40, matches: pattern(/^-?\d+[.,]\d+$/) },
  // Crockford's base32, whose first character is at most 7: https://github.com/ulid/spec
  {
    placeholder: '{ulid}',
    shortest: 26,
    longest: 26,
    matches: (s) => /^[0-7][\dA-HJKMNP-TV-Z]{25}$/i.test(s) && hasDigit(s),
  },
  { placeholder: '{hash}', shortest: 8, longest: 128, matches: (s) => /^[\da-f]+$/i.test(s) && hasDigit(s) },
  {
    placeholder: '{email}',
    shortest: 5,
    longest: 254,
    matches: pattern(/^[^@%/\s]+(?:@|%40)[^@%/\s.]+(?:\.[^@%/\s.]+)+$/i),
  },
  { placeholder: '{key}', shortest: 3, longest: 64, matches: isKey },
  { placeholder: '{token}', shortest: 20, longest: 4096, matches: isToken },
  { placeholder: '{locale}', shortest: 5, longest: 5, matches: pattern(/^[a-z]{2}[-_][A-Z]{2}$/) },
];

/** In the order that src/wasm/assembly/segment-form.ts numbers them. */
export const PLACEHOLDERS: readonly string[] = [...new Set(FORMS.map(({ placeholder }) => placeholder))];

/** The placeholder a whole path segment becomes, or undefined when it names a place. */
export function placeholderFor(segment: string): string | undefined {
  const { length } = segment;
  let digits = 0;
  let hex = 0;
  let others = 0;
  for (let at = 0; at < length; at++) {
    const code = segment.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits++;
    else if ((code | LOWER) >= A && (code | LOWER) <= F) hex++;
    else if (!((code | LOWER) >= A && (code | LOWER) <= Z)) others++;
  }
  // Nearly every segment is told by this look alone: all forms but addresses and locales need a digit, ...
  if (digits === 0 && length < 20 && length !== 5 && others === 0) return undefined;
  if (digits === length && length > 0 && length <= LONGEST_NUMBER) return '{id}';
  const last = segment.charCodeAt(length - 1);
  // ... and of letters and digits alone there are keys, which end in one, hashes and long tokens.
  const endsInDigit = last >= ZERO && last <= NINE;
  if (others === 0 && !endsInDigit && length < 20 && (digits + hex < length || length < 8)) return undefined;
  // An address ends as a file does.
  const file = others === 0 || segment.includes('@') || segment.includes('%40') ? undefined : fileOf(segment);
  if (file !== undefined) return file;
  for (const { placeholder, shortest, longest, matches } of FORMS) {
    if (length >= shortest && length <= longest && matches(segment)) return placeholder;
  }
  return undefined;
}

const [ZERO, NINE, A, F, Z, BRACE] = [0x30, 0x39, 0x61, 0x66, 0x7a, 0x7b];
/** Makes a capital letter a small one. */
const LOWER = 0x20;

/** Whether a placeholder of this file, or one that was learned. */
export function isPlaceholder(segment: string): boolean {
  return segment.charCodeAt(0) === BRACE && /^\{\w+\}(?:\.(?:\w+|\{format\}))?$/.test(segment);
}

/** Behind a placeholder: of files of any kind. */
export const ANY_ENDING = '.{format}';

/** The placeholder of a file whose name is a value: `{id}` of `{id}.pdf`; of any other segment, and `{id}.{format}`, undefined. */
export function fileStem(segment: string): string | undefined {
  if (segment.charCodeAt(0) !== BRACE) return undefined;
  return /^(\{\w+\})\.\w+$/.exec(segment)?.[1];
}

/** Whether the segment has the form that the placeholder `{name}` stands for. */
export function hasForm(name: string, segment: string): boolean {
  return placeholderFor(segment) === `{${name}}`;
}

/** The names of all forms. */
export const FORM_NAMES: ReadonlySet<string> = new Set(FORMS.map(({ placeholder }) => placeholder.slice(1, -1)));

/** A file whose name is a value: `1042.pdf` is `{id}.pdf`. */
function fileOf(segment: string): string | undefined {
  const dot = segment.lastIndexOf('.');
  if (dot < 1 || !/^[A-Za-z][\da-z]{1,4}$/.test(segment.slice(dot + 1))) return undefined;
  const stem = segment.slice(0, dot);
  // `404.html` is a page.
  if (/^\d{3}$/.test(stem) && segment.endsWith('.html')) return undefined;
  for (const { placeholder, shortest, longest, matches } of FORMS) {
    if (stem.length >= shortest && stem.length <= longest && placeholder !== '{number}' && matches(stem))
      return placeholder + segment.slice(dot);
  }
  return undefined;
}

function hasDigit(segment: string): boolean {
  return /\d/.test(segment);
}

/**
 * A short prefix and a number, `k1168`, `order-20391`, `INV_00042`: three digits or more behind a word, so that `v2`,
 * `oauth2`, `mp3`, `base64` and `page-2` stay.
 */
function isKey(segment: string): boolean {
  const digits = segment.length - segment.search(/\d*$/);
  if (digits === 0) return false;
  if (WORDS_WITH_NUMBERS.has(segment.toLowerCase())) return false;
  const prefix = segment.slice(0, segment.length - digits);
  if (/^[A-Za-z]$/.test(prefix)) return !/^[vV]$/.test(prefix);
  return digits >= 3 && /^[A-Za-z]{1,12}[-_]?$/.test(prefix);
}

/** Names all the same. */
export const WORDS_WITH_NUMBERS: ReadonlySet<string> = new Set([
  'i18',
  'x86',
  'sha256',
  'sha512',
  'sha384',
  'x509',
  'utf16',
  'rs256',
  'es256',
  'hs256',
  'oauth200',
]);

/** Random letters and digits, base64url for example: long, of both cases or with many digits, and no words in it. */
function isToken(segment: string): boolean {
  if (!/^[\w.~=%+-]+$/.test(segment) || !hasDigit(segment)) return false;
  // Words are joined by hyphens and dots: a slug. A token's pieces are longer than words or mix cases within.
  const digits = segment.replace(/\D/g, '').length;
  const mixes = /[a-z]/.test(segment) && /[A-Z]/.test(segment);
  const longestPiece = Math.max(...segment.split(/[-_.]/).map((piece) => piece.length));
  return longestPiece >= 16 && (mixes || digits * 6 >= segment.length);
}
