/** Sizes as people write them: `10KiB`, `1.5 MiB`, `200MB`, `512 B`. */

const POWERS = ['', 'k', 'm', 'g', 't'] as const;

/** KiB, MiB, … are of 1024; kB (also KB), MB, … of 1000. @returns bytes, or undefined where the text is no size or has no unit. */
export function parseBytes(text: string): number | undefined {
  const parts = /^(\d{1,15}(?:\.\d{1,15})?) ?([kmgt]?)(i?)b$/i.exec(text.trim());
  if (!parts) return undefined;
  const [, digits, prefix, binary] = parts;
  const power = (POWERS as readonly string[]).indexOf(prefix!.toLowerCase());
  if (power === 0 && binary !== '') return undefined;
  const bytes = Number(digits) * (binary === '' ? 1000 : 1024) ** power;
  return bytes <= Number.MAX_SAFE_INTEGER ? Math.round(bytes) : undefined;
}
