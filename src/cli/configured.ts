/** Arguments parsed, with the configuration file behind them. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { applyConfig } from '../config/apply-config.ts';
import { readConfig } from '../config/config-file.ts';
import type { RouteLimitOptions } from '../gate/limits.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Parses the arguments into `program`.
 *
 * @param known the main command.
 * @param except keys of the configuration that mean something else to this command.
 * @returns the limits of single routes, which are no option.
 * @throws UserError for a wrong configuration file; CommanderError for wrong arguments.
 */
export async function parseConfigured(
  program: CommandUnknownOpts,
  known: CommandUnknownOpts,
  { args }: Pick<Surroundings, 'args'>,
  except: readonly string[] = [],
): Promise<RouteLimitOptions[]> {
  program.parse(args, { from: 'user' });
  const named: unknown = program.getOptionValue('config');
  if (named === false) return [];
  const config = await readConfig('.', typeof named === 'string' ? named : undefined);
  return config ? applyConfig(config, known, program, except) : [];
}
