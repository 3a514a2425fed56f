/** A bar chart as SVG with a background of its own, readable in light and dark pages and at the width of a phone. */
import { formatBytes } from '../../src/term/units.ts';

export interface Bar {
  label: string;
  bytes: number;
  /** Said instead of 0. */
  none: string;
  colour: string;
}

export interface Chart {
  title: string;
  subtitle: string;
  groups: readonly { name: string; note: string; bars: readonly Bar[] }[];
}

const WIDTH = 400;
const MARGIN = 16;
const LABELS = 72;
const NUMBERS = 76;
const BAR = 11;
const PITCH = 16;
const NAME = 20;
const BETWEEN = 14;
const TOP = 76;

export function barChart({ title, subtitle, groups }: Chart): string {
  const most = Math.max(...groups.flatMap(({ bars }) => bars.map(({ bytes }) => bytes)));
  const room = WIDTH - 2 * MARGIN - LABELS - NUMBERS;
  const parts: string[] = [];
  let y = TOP;
  for (const { name, note, bars } of groups) {
    parts.push(text(MARGIN, y, 'n', name), text(WIDTH - MARGIN, y, 'e', note));
    y += NAME - BAR;
    for (const { label, bytes, none, colour } of bars) {
      const length = bytes > 0 ? Math.max(1, Math.round((room * bytes) / most)) : 0;
      const x = MARGIN + LABELS;
      const baseline = y + BAR - 1;
      parts.push(text(x - 8, baseline, 'e', label));
      if (length > 0) parts.push(`<rect x="${x}" y="${y}" width="${length}" height="${BAR}" fill="${colour}"/>`);
      parts.push(text(x + length + 6, baseline, 'v', bytes > 0 ? formatBytes(bytes) : none));
      y += PITCH;
    }
    y += BETWEEN + NAME - BETWEEN / 2;
  }
  const height = y - NAME + MARGIN - BETWEEN / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<desc>${escapeXml(groups.map(describe).join(' '))}</desc>
<style>text{font:12px system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;fill:#57606a}.t{font-size:18px;font-weight:700;fill:#1f2328}.n{font-size:13px;font-weight:700;fill:#1f2328}.v{fill:#1f2328}.e{text-anchor:end}</style>
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
${text(MARGIN, 30, 't', title)}
${text(MARGIN, 49, 's', subtitle)}
${parts.join('\n')}
</svg>
`;
}

function describe({ name, bars }: Chart['groups'][number]): string {
  return `${name}: ${bars.map(({ label, bytes, none }) => `${label} ${bytes > 0 ? formatBytes(bytes) : none}`).join(', ')}.`;
}

function text(x: number, y: number, kind: string, content: string): string {
  return `<text x="${x}" y="${y}" class="${kind}">${escapeXml(content)}</text>`;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
