/** The options of commands whose runs go on later, or are never over. */
import type { ClassicSums } from '../attribute/classic.ts';
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import { Session } from '../state/session.ts';
import { shapeOf } from '../state/shape.ts';
import { StateFile } from '../state/state-file.ts';
import { InvalidArgumentError } from './analysis-options.ts';

export interface SessionFlags {
  state?: string | undefined;
  checkpoint?: number | undefined;
  separate?: true | undefined;
}

export const STATE_OPTION = [
  '--state <file>',
  'go on where the last run with this file stopped, and report on all that was read since the first',
] as const;
export const CHECKPOINT_OPTION = [
  '--checkpoint <seconds>',
  'with --state, write the state so often while reading (default: 5)',
] as const;

const DEFAULT_CHECKPOINT_SECONDS = 5;

/** @throws InvalidArgumentError for anything but a number above 0. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}(?:\.\d{1,6})?$/.test(text) || value <= 0)
    throw new InvalidArgumentError('It takes a number of seconds above 0.');
  return value;
}

/** @throws UserError when the state cannot be used, or does not go with other flags. */
export async function beginSession(flags: SessionFlags, options: Options, classic?: ClassicSums): Promise<Session> {
  const { state, checkpoint, separate } = flags;
  refuseLonelyCheckpoint(flags);
  if (state === '') throw new UserError('--state takes the name of a file');
  if (state !== undefined && classic)
    throw new UserError('--report classic needs the whole log in one run: leave --state out, or the classic report');
  return Session.begin(options, {
    state: state === undefined ? undefined : new StateFile(state, shapeOf(options, separate ?? false)),
    checkpointEvery: 1000 * (checkpoint ?? DEFAULT_CHECKPOINT_SECONDS),
    classic,
  });
}

export function refuseLonelyCheckpoint({ state, checkpoint }: SessionFlags): void {
  if (checkpoint !== undefined && state === undefined)
    throw new UserError('--checkpoint says how often a state is written: name its file with --state');
}
