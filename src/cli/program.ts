/** The one table of options, from which the help is made. It says what was typed; options.ts checks it. */
import { VERSION } from '../version.ts';
import { analysisCommand, InvalidArgumentError } from './analysis-options.ts';
import { COMMANDS } from './commands.ts';
import { OUTPUT_OF_REPORTS, withReportShape, withReportTargets } from './report-options.ts';
import { CHECKPOINT_OPTION, STATE_OPTION, seconds } from './session-options.ts';

const EXAMPLES = `
Examples:
  leakrank uwsgi.log                                  which routes leak, and how much per call
  leakrank uwsgi.log.2.gz uwsgi.log.1 uwsgi.log       rotated files, oldest first, as one log
  kubectl logs deploy/web --since=24h | leakrank      from a pipe
  leakrank --json uwsgi.log | jq '.routes[0]'         for programs
  leakrank --since 2h --status 5xx uwsgi.log          a part of the log
  leakrank --state web.state uwsgi.log                every hour: adds what is new
  leakrank --follow uwsgi.log                         the ranking, as the log grows
  leakrank --explain /orders/{id} uwsgi.log           why one route was judged so
  leakrank --max-leak-per-call 10KiB uwsgi.log        for CI: fails when a route leaks more
  leakrank --report classic --memory-threshold 1 uwsgi.log   the lines pyuwsgimemhog prints

The server has to log its memory: memory-report = 1 in uWSGI's configuration.

Exit status: 0 fine; 1 a gate failed; 2 wrong use, an unreadable file, or a log in which nothing
could be read; 130 interrupted.
`;

export function createProgram() {
  const reading = analysisCommand('leakrank')
    .description('Ranks the routes that leak memory, from the logs a web server already writes.')
    .optionsGroup('Logs that grow:')
    .option('-f, --follow', 'read on as the files grow, through rotation; the report is printed anew until Ctrl-C')
    .option(...STATE_OPTION)
    .option(...CHECKPOINT_OPTION, seconds);
  const printing = withReportTargets(reading, OUTPUT_OF_REPORTS)
    .option('--verbose', 'what the run took, on standard error: lines, seconds, rate, memory')
    .option('--anonymize', 'a report to show to others: no examples, values, hosts or files')
    .option('--explain-path <path>', 'which route a path has and why, instead of a report');
  return withReportShape(printing)
    .optionsGroup('As pyuwsgimemhog (with --report classic):')
    .option('--memory-threshold <MB>', 'only paths above so many MB of 10^6 bytes (default: 10)', anyInteger)
    .option('--no-normalize-nums', 'keep digits in paths')
    .optionsGroup('Options:')
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText('after', `${commandList()}${EXAMPLES}`);
}

function commandList(): string {
  if (COMMANDS.length === 0) return '';
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `\nCommands (leakrank <command> --help):\n${lines.join('\n')}\n`;
}

function anyInteger(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.');
  return Number(text);
}
