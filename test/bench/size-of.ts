const UNITS = { '': 1, KB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** Bytes of `200KB`, `100MB` or `1GB`. */
export function sizeOf(text: string): number {
  const parts = /^(\d+)(KB|MB|GB|)$/.exec(text);
  if (!parts) throw new Error(`--size ${text} is no size; write 200KB, 100MB or 1GB`);
  return Number(parts[1]) * UNITS[parts[2] as keyof typeof UNITS];
}
