/** The options of every command that reads logs: what to read, and which requests and routes. options.ts checks them. */
import type * as typed from '@commander-js/extra-typings';
import * as commander from 'commander';
import { METRICS } from '../options.ts';
import { FORMATS } from '../parse/formats.ts';

/** commander itself, with types that know each option's value; only the types are the other package's. */
export const { Command, InvalidArgumentError, Option } = commander as unknown as typeof typed;

/** A command that takes log files; options of its own are added behind these. */
export function analysisCommand(
  name: string,
  files = 'log files, together one log: oldest first; - is standard input',
) {
  const looking = new Command(name)
    .argument('[file...]', files)
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('Files:')
    .option('-r, --recursive', 'read all files in the folders named')
    .option('--separate', 'files of different names are of different servers: a pid in one is not that pid in another')
    .option('--config <file>', 'options from this file instead of leakrank.config.json or "leakrank" in package.json')
    .option('--no-config', 'no configuration file')
    .optionsGroup('What to look at:')
    .addOption(
      new Option('--metric <figure>', 'the memory figure to follow (default: rss, else what the lines hold)').choices(
        METRICS,
      ),
    );
  return withSelection(looking)
    .optionsGroup('How lines look:')
    .option('--input <format>', `only lines of this format: ${FORMATS.map(({ name }) => name).join(', ')}`)
    .option(
      '--log-format <string>',
      "the server's own: uWSGI's log-format, gunicorn's access_log_format (repeatable)",
      collect,
    )
    .option(
      '--config-from <file>',
      'its configuration, to find that in: uwsgi.ini, .yaml, .xml, .json, gunicorn.conf.py',
      collect,
    )
    .option(
      '--log-encoder <string>',
      "uWSGI's log-encoder around lines of --log-format (repeatable, in order)",
      collect,
    )
    .option(
      '--pattern <regex>',
      'any other line, by named groups: (?<pid>…), (?<uri>…), (?<rss_kb>…) (repeatable)',
      collect,
    )
    .option(
      '--field <meaning=name>',
      'what a field of JSON, logfmt or LTSV means: rss=mem.rss_kb:KiB (repeatable)',
      collect,
    )
    .optionsGroup('Routes:')
    .option(
      '--route <rule>',
      "a route's path: /users/:id, GET /x, a regex between slashes (repeatable, first match)",
      collect,
    )
    .option(
      '--routes-from <file>',
      'rules, OpenAPI, or what Django, Flask, Rails, Express or Fastify print (repeatable)',
      collect,
    )
    .option('--by <keys>', 'split routes: method, status, host, query:NAME (repeatable, or with commas)', collect)
    .option('--no-group', 'keep ids and other values in paths instead of {id}, {uuid}, …')
    .option('--max-routes <n>', 'bound on routes; later ones share a row', integer, 10_000)
    .showHelpAfterError(`(${name} --help shows all options)`)
    .showSuggestionAfterError()
    .exitOverride();
}

type SelectionValues = ReturnType<ReturnType<typeof selectionOptions>['opts']>;

/** Which requests, and which routes. */
export function withSelection<Args extends unknown[], Values extends typed.OptionValues>(
  command: typed.Command<Args, Values>,
): typed.Command<Args, Values & SelectionValues> {
  // Typed for a bare command: the compiler does not get through the chain for any command.
  const added: unknown = selectionOptions(command as unknown as typed.Command);
  return added as typed.Command<Args, Values & SelectionValues>;
}

function selectionOptions(command: typed.Command) {
  return command
    .option('--since <time>', 'only requests from then on: 2026-11-23T20:50 (server time), or 2h before now')
    .option('--until <time>', 'only requests up to then')
    .option('--status <status>', 'only these statuses: 500, 5xx, 400-499 (repeatable)', collect)
    .option('--method <method>', 'only this method (repeatable)', collect)
    .option('--match <regex>', 'only routes that match (repeatable)', collect)
    .option('--exclude <regex>', 'no routes that match (repeatable)', collect);
}

/** Gathers the values of a repeatable option. */
export function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

/** @throws InvalidArgumentError for anything but a whole number from 1 on. */
export function integer(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return value;
}
