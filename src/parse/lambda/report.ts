/**
 * What Lambda says at the end of an invocation, as text or, where its log format is JSON, as an event of type
 * platform.report (Lambda Telemetry API, "platform.report").
 */
import { type LogTime, parseTime } from '../fields/time-value.ts';

export interface LambdaReport {
  /** Whole ones in practice; Lambda says MB and counts in 1024. */
  maxMemoryUsedMiB: number;
  time: LogTime | undefined;
}

/** Tabs, and before some of them a space. */
const TEXT =
  /(?:^|[\s:])REPORT RequestId: [\w-]{1,64}\s+Duration: [\d.]{1,20} ms\s.{0,200}?\sMax Memory Used: (\d{1,9}) MB(?:\s|$)/;

export function readTextReport(text: string): LambdaReport | undefined {
  const found = TEXT.exec(text.slice(0, 2048));
  return found ? { maxMemoryUsedMiB: Number(found[1]), time: undefined } : undefined;
}

export function readJsonReport(text: string): LambdaReport | undefined {
  if (text.charCodeAt(0) !== 0x7b || !text.includes('platform.report')) return undefined;
  const event = parse(text);
  if (at(event, 'type') !== 'platform.report') return undefined;
  const used = at(at(at(event, 'record'), 'metrics'), 'maxMemoryUsedMB');
  if (typeof used !== 'number' || !(used >= 0 && used < 2 ** 30)) return undefined;
  return { maxMemoryUsedMiB: used, time: parseTime(at(event, 'time')) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
