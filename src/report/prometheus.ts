/**
 * For Prometheus: text exposition format 0.0.4, to be written into the directory of node_exporter's textfile collector
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). All are gauges: a log is rotated, so nothing only rises.
 * Labels are bounded: the 50 most suspicious routes, no pids, no names of files.
 */
import { printable, shortenMiddle } from '../term/text.ts';
import type { GateReport, Report, RouteReport, Verdict } from './report.ts';
import { byVerdict } from './verdict-order.ts';

const MOST_ROUTES = 50;
const LONGEST_LABEL = 200;
const VERDICTS: readonly Verdict[] = ['leak', 'unclear', 'plateau', 'clean'];

interface Sample {
  labels?: Record<string, string>;
  /** Null is left out. */
  value: number | null;
}

export function printPrometheus(report: Report): string {
  const { totals, tool, inputs, routes, gates, warnings } = report;
  const total = (of: (input: Report['inputs'][number]) => number) => inputs.reduce((sum, input) => sum + of(input), 0);
  const labelled = routeLabels(byVerdict(routes).slice(0, MOST_ROUTES));
  const perRoute = (value: (route: RouteReport) => number | null) =>
    labelled.map(({ label, route }) => ({ labels: { route: label }, value: value(route) }));
  const perGate = (value: (gate: GateReport) => number | null) =>
    gates.map((gate) => ({ labels: { gate: label(gate.gate), match: label(gate.match ?? '') }, value: value(gate) }));
  return [
    family('info', 'The program that made these figures.', [{ labels: { version: tool.version }, value: 1 }]),
    family('requests', 'Requests in the log.', [{ value: totals.requests }]),
    family('workers', 'Worker processes in the log.', [{ value: totals.workers }]),
    family('restarts', 'Workers that took the place of another one.', [{ value: totals.restarts }]),
    family('lines', 'Lines of the log, by what they are.', [
      { labels: { kind: 'request' }, value: total(({ readings }) => readings) },
      { labels: { kind: 'other' }, value: total(({ otherLines }) => otherLines) },
      { labels: { kind: 'malformed' }, value: total(({ malformedLines }) => malformedLines) },
    ]),
    family('growth_bytes', 'Growth of the workers, by where it went; the parts add up to all growth.', [
      { labels: { part: 'leaked' }, value: totals.leakedBytes },
      { labels: { part: 'plateau' }, value: totals.plateauBytes },
      { labels: { part: 'unexplained' }, value: totals.unexplainedBytes },
      { labels: { part: 'unattributed' }, value: totals.unattributedBytes },
    ]),
    family('largest_worker_bytes', 'The largest memory reading of any worker.', [{ value: largestWorker(report) }]),
    family(
      'routes',
      'Routes, by verdict.',
      VERDICTS.map((verdict) => ({
        labels: { verdict },
        value: routes.filter((route) => route.verdict === verdict).length,
      })),
    ),
    family('routes_left_out', `Routes without figures of their own here: beyond the first ${MOST_ROUTES}.`, [
      { value: routes.length - labelled.length },
    ]),
    family(
      'route_verdict',
      'The verdict on a route, as a label.',
      labelled.map(({ label, route }) => ({ labels: { route: label, verdict: route.verdict }, value: 1 })),
    ),
    family(
      'route_calls',
      'Calls of a route.',
      perRoute(({ calls }) => calls),
    ),
    family(
      'route_leaked_bytes',
      'Bytes that all calls of a route keep, as estimated.',
      perRoute((r) => r.leakedBytes),
    ),
    family(
      'route_leaked_bytes_per_call',
      'Bytes that a call of a route keeps, as estimated.',
      perRoute((r) => r.leakedBytesPerCall),
    ),
    family(
      'route_leaked_bytes_per_call_low',
      'Lower end of the 95 % interval of the bytes per call.',
      perRoute((r) => r.leakedBytesPerCallLow),
    ),
    family(
      'route_leaked_bytes_per_call_high',
      'Upper end of the 95 % interval of the bytes per call.',
      perRoute((r) => r.leakedBytesPerCallHigh),
    ),
    family(
      'route_largest_peak_bytes',
      'The most memory in use in a call of a route, where the log says only that.',
      perRoute((r) => r.largestPeakBytes),
    ),
    family(
      'gate_passed',
      'Whether a gate passed (1) or failed (0).',
      perGate(({ passed }) => (passed ? 1 : 0)),
    ),
    family(
      'gate_inconclusive',
      'Whether the log says too little for a gate.',
      perGate(({ outcome }) => (outcome === 'inconclusive' ? 1 : 0)),
    ),
    family(
      'gate_limit_bytes',
      'The limit of a gate.',
      perGate(({ limitBytes }) => limitBytes),
    ),
    family(
      'gate_measured_bytes',
      'The largest figure held against the limit.',
      perGate(({ measuredBytes }) => measuredBytes),
    ),
    family('warnings', 'Warnings of the report, by code.', [
      ...warnings.map(({ code }) => ({ labels: { code }, value: 1 })),
    ]),
  ].join('');
}

/** A metric with its samples; nothing where it has none. Samples with the same labels would be refused: the last counts. */
function family(name: string, help: string, samples: readonly Sample[]): string {
  const lines = new Map<string, string>();
  for (const { labels = {}, value } of samples) {
    if (value === null) continue;
    const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
    const series = `leakrank_${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''}`;
    lines.set(series, `${series} ${value}\n`);
  }
  if (lines.size === 0) return '';
  return `# HELP leakrank_${name} ${help}\n# TYPE leakrank_${name} gauge\n${[...lines.values()].join('')}`;
}

/** Long names are shortened; those that then look alike get a number. */
function routeLabels(routes: readonly RouteReport[]): { label: string; route: RouteReport }[] {
  const used = new Set<string>();
  return routes.map((route) => {
    const short = label(route.route);
    let unique = short;
    for (let n = 2; used.has(unique); n++) unique = `${short} #${n}`;
    used.add(unique);
    return { label: unique, route };
  });
}

function label(text: string): string {
  return shortenMiddle(printable(text), LONGEST_LABEL, '…');
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function largestWorker({ workers }: Report): number | null {
  return workers.reduce<number | null>((most, { peakBytes }) => {
    return peakBytes === null || (most !== null && most >= peakBytes) ? most : peakBytes;
  }, null);
}
