/** Why the rows that matter are judged so; the others say it in their figures. */
import type { Paint } from '../term/colour.ts';
import { sparkline } from '../term/sparkline.ts';
import { printable, wrap } from '../term/text.ts';
import { formatBytes, type UnitSystem } from '../term/units.ts';
import { isEstimated } from './answer.ts';
import type { RouteReport, Series } from './report.ts';
import { paintVerdict } from './table-columns.ts';

interface Style {
  width: number;
  ascii: boolean;
  units: UnitSystem;
}

const MOST_REASONS = 10;
const CURVE_WIDTH = 16;
const NARROWEST_WITH_CURVE = 60;

/**
 * One sentence per route, with the number of its row and, where the report has one, the curve of its memory over its calls; then
 * an empty line.
 */
export function reasons(
  routes: readonly RouteReport[],
  series: Series | undefined,
  { width, ascii, units }: Style,
  paint: Paint,
): string[] {
  const told = routes
    .filter((route) => route.verdict === 'leak' || (route.verdict === 'unclear' && isEstimated(route)))
    .slice(0, MOST_REASONS);
  const rankWidth = Math.max(0, ...told.map(({ rank }) => String(rank).length));
  const curves = new Map(
    series?.routes.map(({ route, growthBytes }) => [route, sparkline(growthBytes, CURVE_WIDTH, ascii)]),
  );
  const curveWidth = told.some(({ route }) => curves.get(route)) && width >= NARROWEST_WITH_CURVE ? CURVE_WIDTH + 2 : 0;
  const lines = told.flatMap((route) => {
    const { rank, verdict } = route;
    const curve = curveWidth > 0 ? (curves.get(route.route) ?? '').padEnd(curveWidth) : '';
    const text = printable(inUnits(route, units));
    const line = ascii ? text.replace(/[^\x20-\x7e]/gu, '?') : text;
    const room = Math.max(1, width - rankWidth - 2 - curveWidth);
    return wrap(`${verdict}: ${line}`, room).map((part, i) =>
      i === 0
        ? `${String(rank).padStart(rankWidth)}  ${curve}${paintVerdict(verdict, paint)}${part.slice(verdict.length)}`
        : `${' '.repeat(rankWidth + 2 + curveWidth)}${part}`,
    );
  });
  return lines.length > 0 ? [...lines, ''] : [];
}

/** The reason of a report is in KiB and MiB. */
function inUnits(route: RouteReport, units: UnitSystem): string {
  const figures = [route.leakedBytesPerCallLow, route.leakedBytesPerCallHigh, route.detectableBytesPerCall];
  const other = new Map(figures.map((bytes) => [formatBytes(bytes ?? 0), formatBytes(bytes ?? 0, units)]));
  return route.reason.replace(/\b\d[\d.]* (?:[KMGT]i)?B\b/g, (figure) => other.get(figure) ?? figure);
}
