/** `leakrank compare base head`: what changed between two logs. */
import { compareReports } from '../compare/compare.ts';
import { UserError } from '../errors.ts';
import { DEFAULT_MIN_CHANGE_BYTES } from '../gate/limits.ts';
import { resolveOptions } from '../options.ts';
import { printComparisonMarkdown } from '../report/comparison/markdown.ts';
import { printComparisonTable } from '../report/comparison/table.ts';
import { STANDARD_INPUT } from '../source/find-files.ts';
import { safeJson } from '../term/text.ts';
import { formatBytes } from '../term/units.ts';
import { analysisCommand, integer, Option } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { complain, connect, put } from './output.ts';
import { createProgram } from './program.ts';
import { reportOfInput } from './report-of-input.ts';
import { tableStyle } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
Each of the two is a log, or the JSON that leakrank --json printed for one: its content tells.
A change counts when it is larger than chance makes it, over all routes together in 95 of 100
comparisons, and at least --min-change. To let a CI job fail, use leakrank --baseline.

Examples:
  leakrank compare before.log after.log
  leakrank compare --report markdown base.json after.log.gz >> "$GITHUB_STEP_SUMMARY"
  leakrank compare --json base.json head.json | jq '.routes[] | select(.change == "worse")'
`;

export function program() {
  return analysisCommand('leakrank compare', 'the log or report of before, then that of after; - is standard input')
    .usage('[options] <base> <head>')
    .description('Says per route what changed between two logs: new leak, worse, better, gone, same, or cannot tell.')
    .optionsGroup('Comparison:')
    .option(
      '--min-change <size>',
      `smaller changes per call do not count (default: ${formatBytes(DEFAULT_MIN_CHANGE_BYTES)})`,
    )
    .optionsGroup('Output:')
    .addOption(
      new Option('--report <kind>', 'what to print').choices(['table', 'json', 'markdown']).default('table' as const),
    )
    .addOption(new Option('--json', 'the same as --report json').conflicts('report'))
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('-n, --top <n>', 'rows of the table', integer, 20)
    .option('--si', 'kB and MB of 1000 instead of KiB and MiB')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no warnings on standard error')
    .addHelpText('after', NOTES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const command = connect(program(), surroundings);
  await parseConfigured(command, createProgram(), surroundings, ['report', 'json', 'output', 'top']);
  const flags = command.opts();
  const [base, head, ...more] = command.args;
  if (base === undefined || head === undefined || more.length > 0)
    throw new UserError(
      `compare takes two logs or reports, before and after, not ${command.args.length}; of several files make one report first: leakrank --json a.log b.log > base.json`,
    );
  if (base === STANDARD_INPUT && head === STANDARD_INPUT)
    throw new UserError('- stands for both: standard input can be read once');
  const options = resolveOptions({ ...flags, signal });
  const comparison = compareReports(
    { name: base, report: await reportOfInput(base, options, surroundings) },
    { name: head, report: await reportOfInput(head, options, surroundings) },
    options.limits.minChangeBytes,
  );
  const style = tableStyle(flags, surroundings);
  const kind = flags.json ? 'json' : flags.report;
  const text =
    kind === 'json'
      ? `${safeJson(comparison, 2)}\n`
      : kind === 'markdown'
        ? printComparisonMarkdown(comparison, style.units)
        : printComparisonTable(comparison, style);
  await put(text, flags.output, stdout);
  if (!flags.quiet) for (const { message } of comparison.warnings) complain(surroundings, message);
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}
