/** One segment of a path pattern, and whether a segment of a path matches it, in time that grows with its length only. */
import { hasForm } from '../placeholders.ts';
import { isLanguage } from '../vocabulary.ts';

/** What a value has to look like: any text, a number, or a form of placeholders.ts. */
export type Shape = 'any' | 'digits' | 'decimal' | 'slug' | { form: string };

export type SegmentPart = { text: string } | { name: string; shape: Shape };

export type Segment =
  | { kind: 'literal'; text: string }
  /** Texts and values in turn: `{id}.json`. */
  | { kind: 'parts'; parts: SegmentPart[] }
  /** Whatever follows. */
  | { kind: 'rest'; name: string };

export function matchesSegment(segment: Segment, text: string): boolean {
  switch (segment.kind) {
    case 'literal':
      return segment.text === text;
    case 'rest':
      return true;
    case 'parts':
      return matchesParts(segment.parts, text);
  }
}

/** Each value ends where the next text first begins behind it, the last one at the end: no way is tried twice. */
function matchesParts(parts: readonly SegmentPart[], text: string): boolean {
  let at = 0;
  for (const [i, part] of parts.entries()) {
    if ('text' in part) {
      if (!text.startsWith(part.text, at)) return false;
      at += part.text.length;
      continue;
    }
    const next = parts[i + 1];
    const isLast = i + 2 >= parts.length;
    // Of two values without a text between them the first is short: nobody can tell.
    const end =
      next === undefined
        ? text.length
        : !('text' in next)
          ? at + 1
          : isLast
            ? text.length - next.text.length
            : text.indexOf(next.text, at + 1);
    if (end <= at || !matchesShape(part.shape, text.slice(at, end))) return false;
    at = end;
  }
  return at === text.length;
}

function matchesShape(shape: Shape, text: string): boolean {
  if (shape === 'any') return true;
  if (shape === 'digits') return /^-?\d+$/.test(text);
  if (shape === 'decimal') return /^-?\d+(?:\.\d+)?$/.test(text);
  if (shape === 'slug') return /^[-\w]+$/.test(text);
  return hasForm(shape.form, text) || (shape.form === 'locale' && isLanguage(text));
}

/** Literals before values, values before whatever follows: in this order the first that matches is the closest. */
export function compareSegments(a: readonly Segment[], b: readonly Segment[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = generality(a[i]!) - generality(b[i]!);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

function generality(segment: Segment): number {
  if (segment.kind === 'literal') return 0;
  if (segment.kind === 'rest') return 4;
  const [only] = segment.parts;
  if (segment.parts.length > 1) return 1;
  return only && 'shape' in only && only.shape !== 'any' ? 2 : 3;
}
