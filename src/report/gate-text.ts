/** What a gate says, for every printer that shows gates. Nothing here is escaped: it names routes. */
import { formatBytes, type UnitSystem } from '../term/units.ts';
import type { GateReport } from './report.ts';

/** `max-leak-per-call`, and which routes it is about where not all. */
export function gateName({ gate, match }: GateReport): string {
  return match === null ? gate : `${gate} of ${match}`;
}

/** `max-leaked 50.0 MiB`. */
export function gateTitle(gate: GateReport, units: UnitSystem): string {
  return `${gateName(gate)} ${formatBytes(gate.limitBytes, units)}`;
}

/** `failed: above 50.0 MiB: …`. */
export function gateOutcome(gate: GateReport, units: UnitSystem): string {
  const failsOpen = gate.outcome === 'inconclusive' && !gate.passed ? ', which fails' : '';
  return `${gate.outcome}${failsOpen}: ${gateMessage(gate, units)}`;
}

const IEC = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

/** The message of a report is in KiB and MiB. */
export function gateMessage({ message }: GateReport, units: UnitSystem): string {
  if (units === 'iec') return message;
  return message.replace(/\b(\d[\d.]*) ((?:[KMGT]i)?B)\b/g, (_, figure: string, unit: keyof typeof IEC) =>
    formatBytes(Number(figure) * IEC[unit], units),
  );
}
