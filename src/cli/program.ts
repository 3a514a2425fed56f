/** The one table of options, from which the help is made. It says what was typed; options.ts checks it. */
import type * as typed from '@commander-js/extra-typings';
import * as commander from 'commander';
import { METRICS, SORT_KEYS } from '../options.ts';
import { VERSION } from '../version.ts';

/** commander itself, with types that know each option's value; only the types are the other package's. */
const { Command, InvalidArgumentError, Option } = commander as unknown as typeof typed;

export const REPORT_KINDS = ['table', 'json', 'classic'] as const;

const EXAMPLES = `
Examples:
  leakrank uwsgi.log                                  which routes leak, and how much per call
  leakrank uwsgi.log.2.gz uwsgi.log.1 uwsgi.log       rotated files, oldest first, as one log
  kubectl logs deploy/web --since=24h | leakrank      from a pipe
  leakrank --json uwsgi.log | jq '.routes[0]'         for programs
  leakrank --since 2h --status 5xx uwsgi.log          a part of the log
  leakrank --explain /orders/{id} uwsgi.log           why one route was judged so
  leakrank --report classic --memory-threshold 1 uwsgi.log   the lines pyuwsgimemhog prints

The server has to log its memory: memory-report = 1 in uWSGI's configuration.

Exit status: 0 fine; 2 wrong use, an unreadable file, or a log in which nothing could be read;
130 interrupted.
`;

const collect = (value: string, values: string[] = []): string[] => [...values, value];

export function createProgram() {
  return new Command('leakrank')
    .description('Ranks the routes that leak memory, from the logs a web server already writes.')
    .argument('[file...]', 'log files, together one log: oldest first; - is standard input')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('What to look at:')
    .addOption(new Option('--metric <figure>', 'the memory figure to follow').choices(METRICS).default('rss' as const))
    .option('--since <time>', 'only requests from then on: 2026-11-23T20:50 (server time), or 2h before now')
    .option('--until <time>', 'only requests up to then')
    .option('--status <status>', 'only these statuses: 500, 5xx, 400-499 (repeatable)', collect)
    .option('--method <method>', 'only this method (repeatable)', collect)
    .option('--match <regex>', 'only routes that match (repeatable)', collect)
    .option('--exclude <regex>', 'no routes that match (repeatable)', collect)
    .optionsGroup('Routes:')
    .option('--no-group', 'keep ids and other values in paths instead of {id}, {uuid}, …')
    .option('--max-routes <n>', 'bound on routes; later ones share a row', integer, 10_000)
    .optionsGroup('Output:')
    .addOption(new Option('--report <kind>', 'what to print').choices(REPORT_KINDS).default('table' as const))
    .addOption(new Option('--json', 'the same as --report json').conflicts('report'))
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--explain <route>', 'the evidence behind the verdict on one route')
    .option('-n, --top <n>', 'rows of the table', integer, 20)
    .addOption(new Option('--sort <key>', 'what comes first').choices(SORT_KEYS).default('leaked' as const))
    .option('--si', 'kB and MB of 1000 instead of KiB and MiB')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no warnings on standard error')
    .optionsGroup('As pyuwsgimemhog (with --report classic):')
    .option('--memory-threshold <MB>', 'only paths above so many MB of 10^6 bytes (default: 10)', anyInteger)
    .option('--no-normalize-nums', 'keep digits in paths')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(leakrank --help shows all options)')
    .showSuggestionAfterError()
    .exitOverride();
}

function integer(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return value;
}

function anyInteger(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}
