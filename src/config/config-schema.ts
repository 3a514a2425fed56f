/** JSON Schema of the configuration file, for editors; made from the table of options. */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { type ConfigKey, configKeys, ROUTE_LIMIT_KEYS, ROUTE_LIMITS } from './keys.ts';

const SIZE = { type: ['string', 'null'], description: 'A size with a unit, such as 10KiB; null: no limit.' };

/** @param program the main command. */
export function configSchema(program: CommandUnknownOpts): Record<string, unknown> {
  const keys = configKeys(program);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:leakrank:config',
    title: 'leakrank.config.json',
    description: 'Options of leakrank for a project. Flags on the command line win over them.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(keys.map((key) => [key.key, { description: describe(key), ...typeOf(key) }])),
      [ROUTE_LIMITS]: {
        description:
          'Limits of the routes that a regular expression matches, instead of the general ones. The first that matches holds.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['match'],
          properties: Object.fromEntries(
            ROUTE_LIMIT_KEYS.map((key) => [key, key === 'match' ? { type: 'string', format: 'regex' } : SIZE]),
          ),
        },
      },
    },
  };
}

function describe({ option }: ConfigKey): string {
  return `${option.long}: ${option.description}`;
}

function typeOf({ kind, option, isNumber }: ConfigKey): Record<string, unknown> {
  if (kind === 'flag') return { type: 'boolean' };
  if (kind === 'list') return { type: ['array', 'string'], items: { type: 'string' } };
  if (isNumber) return { type: 'integer' };
  return option.argChoices ? { enum: option.argChoices } : { type: 'string' };
}
