/** Advice for a person at a terminal: the answer, the settings to copy, what they cost, and what to fix. */
import type { Advice, ServerAdvice, SettingsAnswer } from '../../advise/advice.ts';
import { formatNumber, formatRate, formatSeconds, formatShare } from '../../advise/plan.ts';
import { type Paint, painter } from '../../term/colour.ts';
import { printable, wrap } from '../../term/text.ts';
import { formatBytes, formatCount, plural } from '../../term/units.ts';
import type { TableStyle } from '../table.ts';

const WIDEST_TEXT = 100;
const MOST_ROUTES = 10;
/** How comments begin in the configuration of each server. */
const COMMENT: Record<ServerAdvice['server'], string> = { uwsgi: ';', gunicorn: '#', celery: '#' };
const TITLE: Record<ServerAdvice['server'], string> = { uwsgi: 'uWSGI', gunicorn: 'gunicorn', celery: 'Celery' };

export function printAdvice(advice: Advice, style: TableStyle): string {
  const paint = painter(style.colour);
  const width = Math.min(style.width, WIDEST_TEXT);
  const plain = (text: string) => asciiOf(printable(text), style.ascii);
  const paragraphs = [
    [...wrap(answerText(advice), width).map((line) => paint('bold', line))],
    measured(advice).flatMap((text) => wrap(text, width, '  ')),
    ...(advice.answer.kind === 'settings' ? settings(advice.answer, width, paint) : []),
    ...toFix(advice, plain, width, paint),
  ];
  return `${paragraphs
    .filter(({ length }) => length > 0)
    .map((lines) => lines.map((line) => asciiOf(line, style.ascii)).join('\n'))
    .join('\n\n')}\n`;
}

function answerText({ answer, budget }: Advice): string {
  if (answer.kind !== 'settings') return answer.message;
  const { value } = answer.requestsPerLife;
  const { seconds, requests } = answer.withoutRestarts;
  const without = seconds === null ? `after ${plural(requests, 'request')}` : `in ${formatSeconds(seconds)}`;
  return `A stop-gap, not a fix: restart a worker after ${plural(value, 'request')} at most, and it stays below ${formatBytes(budget.shareBytes)}. Without that it gets there ${without}.`;
}

function measured({ log, budget, worker, rate, answer }: Advice): string[] {
  const from = worker.intervalFrom === 'lives' ? plural(worker.lives, 'life', 'lives') : 'stretches of few lives';
  return [
    `Budget:   ${formatBytes(budget.memoryBytes)} / ${plural(budget.workers, 'worker')}${budget.workersFrom === 'log' ? ' (as in the log)' : ''} = ${formatBytes(budget.shareBytes)} each; 90 % of it, ${formatBytes(budget.targetBytes)}, may be used.`,
    `Settled:  ${formatBytes(worker.settledBytes)} after the first ${plural(worker.warmUpRequests, 'request')}, ${formatBytes(worker.largestSettledBytes)} in the largest worker; requests borrow up to ${formatBytes(worker.peakAboveLineBytes)} more.`,
    `Growth:   ${formatBytes(worker.growthBytesPerRequest)} per request of this log's traffic (95 %: ${formatBytes(worker.growthBytesPerRequestLow)} to ${formatBytes(worker.growthBytesPerRequestHigh)}, from ${from}).`,
    rate
      ? `Traffic:  ${formatRate(rate.requestsPerSecond)} in the mean of ${plural(log.requests, 'request')}; a worker gets ${formatRate(rate.requestsPerSecondPerWorker)}, the busiest ${formatRate(rate.requestsPerSecondOfBusiest)}.`
      : 'Traffic:  not known: the log has no times.',
    ...(answer.kind === 'settings' ? [`Without:  ${withoutText(answer)}`] : []),
  ];
}

function withoutText({ withoutRestarts: { arithmetic, seconds, secondsOfBusiest } }: SettingsAnswer): string {
  if (seconds === null || secondsOfBusiest === null) return `${arithmetic}.`;
  return `${arithmetic} = ${formatSeconds(seconds)}; ${formatSeconds(secondsOfBusiest)} of the busiest worker.`;
}

function settings({ servers }: SettingsAnswer, width: number, paint: Paint): string[][] {
  return servers.flatMap((server) => {
    const comment = COMMENT[server.server];
    const lines = server.settings.flatMap(({ line, arithmetic }) => [
      ...wrap(`${comment} ${arithmetic}`, width, `${comment} `).map((text) => paint('dim', text)),
      line,
    ]);
    return [
      [paint('bold', `${TITLE[server.server]}, ${server.versions}:`), ...lines],
      wrap(costText(server), width, '  '),
    ];
  });
}

function costText({ server, cost }: ServerAdvice): string {
  const { restartsPerHour, requestsPerRestart, withinSeconds, largestShareAtOnce, largestShareWithoutSpread } = cost;
  const each = `a worker restarts every ${plural(requestsPerRestart, server === 'celery' ? 'task' : 'request')}`;
  if (restartsPerHour === null || largestShareAtOnce === null || largestShareWithoutSpread === null)
    return `Cost:     ${each} or so; how often that is, a log with times tells.`;
  const unspread =
    largestShareWithoutSpread > largestShareAtOnce
      ? ` (${formatShare(largestShareWithoutSpread)} without the spread)`
      : '';
  return `Cost:     ${each} or so, together ${formatNumber(restartsPerHour)} times an hour. Simulated, at most ${formatShare(largestShareAtOnce)} of the workers restart within ${withinSeconds} s${unspread}.`;
}

function toFix({ routes }: Advice, plain: (text: string) => string, width: number, paint: Paint): string[][] {
  if (routes.length === 0) return [];
  const shown = routes
    .slice(0, MOST_ROUTES)
    .flatMap(({ route, leakedBytesPerCall, calls, growthBytesPerRequest }) =>
      wrap(
        `${plain(route)}: ${formatBytes(leakedBytesPerCall)} per call, ${plural(calls, 'call')}: ${formatBytes(growthBytesPerRequest)} of the growth per request`,
        width - 2,
        '  ',
      ).map((line) => `  ${line}`),
    );
  const more = routes.length - MOST_ROUTES;
  return [
    [paint('bold', 'What to fix:'), ...shown, ...(more > 0 ? [`  and ${formatCount(more)} more: --json has all`] : [])],
  ];
}

function asciiOf(text: string, ascii: boolean): string {
  return ascii ? text.replace(/[^\x20-\x7e\n\x1b]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`) : text;
}
