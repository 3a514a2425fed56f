/** The options of every command that prints reports. */
import type { Command as TypedCommand } from '@commander-js/extra-typings';
import type { OptionValues } from 'commander';
import { SORT_KEYS } from '../options.ts';
import { REPORT_KINDS } from '../report/printers.ts';
import { integer, Option } from './analysis-options.ts';
import { collectTarget } from './report-targets.ts';

/** What --output is for in commands that print reports only. */
export const OUTPUT_OF_REPORTS = 'the file of the report that names none, instead of standard output';

type TargetValues = ReturnType<ReturnType<typeof targetOptions>['opts']>;
type ShapeValues = ReturnType<ReturnType<typeof shapeOptions>['opts']>;

/** @param output what --output is for. */
export function withReportOptions<Args extends unknown[], Values extends OptionValues>(
  command: TypedCommand<Args, Values>,
  output: string,
): TypedCommand<Args, Values & TargetValues & ShapeValues> {
  return withReportShape(withReportTargets(command, output));
}

/** Which reports there are, and where each goes. @param output what --output is for. */
export function withReportTargets<Args extends unknown[], Values extends OptionValues>(
  command: TypedCommand<Args, Values>,
  output: string,
): TypedCommand<Args, Values & TargetValues> {
  // Typed for a bare command: the compiler does not get through the chain for any command.
  const added: unknown = targetOptions(command as unknown as TypedCommand, output);
  return added as TypedCommand<Args, Values & TargetValues>;
}

/** What they hold and look like, and the gates. */
export function withReportShape<Args extends unknown[], Values extends OptionValues>(
  command: TypedCommand<Args, Values>,
): TypedCommand<Args, Values & ShapeValues> {
  const added: unknown = shapeOptions(command as unknown as TypedCommand);
  return added as TypedCommand<Args, Values & ShapeValues>;
}

function targetOptions(command: TypedCommand, output: string) {
  return command
    .optionsGroup('Output:')
    .option(
      '--report <kind[=file]>',
      `what to print, and where (repeatable): ${REPORT_KINDS.join(', ')}`,
      collectTarget,
    )
    .option('--json', 'the same as --report json')
    .option('-o, --output <file>', output);
}

function shapeOptions(command: TypedCommand) {
  return command
    .option('--explain <route>', 'the evidence behind the verdict on one route')
    .option('-n, --top <n>', 'rows of the table', integer, 20)
    .addOption(new Option('--sort <key>', 'what comes first').choices(SORT_KEYS).default('leaked' as const))
    .option('--si', 'kB and MB of 1000 instead of KiB and MiB')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no warnings on standard error')
    .optionsGroup('Gates (exit status 1 when one fails; sizes need a unit: 10KiB, 50MB):')
    .option('--max-leak-per-call <size>', 'no route may leak more per call')
    .option('--max-leaked <size>', 'no route may leak more in all its calls')
    .option('--max-worker-growth <size>', 'no worker may grow more')
    .option('--baseline <file>', 'no route may leak that did not in this log or JSON report, or leak more')
    .option('--min-change <size>', 'with --baseline, smaller changes per call do not count (default: 1 KiB)')
    .addOption(
      new Option('--inconclusive <outcome>', 'what becomes of a gate for which the log says too little')
        .choices(['pass', 'fail'])
        .default('pass' as const),
    )
    .option('--exit-zero', 'exit status 0 also when a gate failed');
}
