/** One sentence on a finding, for a tired person. */
import { formatBytes, plural } from '../term/units.ts';
import type { Finding } from './finding.ts';

/** @param names of all routes, by number. */
export function reason(finding: Finding, names: readonly string[], format: (bytes: number) => string = formatBytes) {
  const { calls, workersAgreeing, workersJudged, detectableBytesPerCall } = finding;
  const low = format(finding.leakedBytesPerCallLow ?? 0);
  const high = format(finding.leakedBytesPerCallHigh ?? 0);
  switch (finding.grounds) {
    case 'grows-with-every-call':
      return workersJudged > 0
        ? `grows with every call, in ${workersAgreeing} of ${plural(workersJudged, 'worker')}`
        : 'grows with every call';
    case 'levels-off':
      return 'levels off after the first calls';
    case 'no-leak-above':
      return `no leak above ${format(detectableBytesPerCall ?? 0)} per call`;
    case 'triggers-only':
      return `its own growth is triggered, not kept: no leak above ${format(detectableBytesPerCall ?? 0)} per call`;
    case 'uncertain':
      return `anything from ${low} to ${high} per call fits: too uncertain to say`;
    case 'warm-up-or-leak':
      return 'called once or twice in each life of a worker: a warm-up looks the same';
    case 'too-short-or-leak':
      return 'grows with its calls, but in lives this short a warm-up looks the same';
    case 'inseparable':
      return `always called together with ${list(finding.inseparableFrom.map((route) => names[route] ?? `route ${route}`))}: cannot be told apart`;
    case 'too-few-calls':
      return `called ${['never', 'once', 'twice'][calls] ?? plural(calls, 'time')}: too few to say`;
    case 'too-few-windows':
      return `its ${plural(calls, 'call')} lie too close together, or in lives too short, to say`;
  }
}

const LONGEST_LIST = 3;

function list(names: readonly string[]): string {
  if (names.length > LONGEST_LIST) {
    return `${names.slice(0, LONGEST_LIST - 1).join(', ')} and ${names.length - LONGEST_LIST + 1} others`;
  }
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
