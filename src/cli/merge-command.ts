/** `leakrank merge *.evidence`: the report on the logs of many hosts, from what was collected on each. */
import { UserError } from '../errors.ts';
import { sealedLine } from '../fleet/evidence-file.ts';
import { mergeSources } from '../fleet/merge-sources.ts';
import { shaped } from '../fleet/shape.ts';
import { encodeEvidence } from '../fleet/stored-evidence.ts';
import { explainNothing } from '../rank/nothing.ts';
import { reportOn } from '../run.ts';
import { Command, collect } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { connect, lacksInput } from './output.ts';
import { createProgram } from './program.ts';
import { putEvidence } from './put-evidence.ts';
import { withReportOptions } from './report-options.ts';
import { reportTargets } from './report-targets.ts';
import { reportOptions, showReport } from './show-report.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
The report is, byte for byte, that of one run over all the logs. With -o the sum is written as
evidence instead, to be merged with others later. Evidence that is already in the sum is refused.

Examples:
  leakrank merge *.evidence                       the report on a fleet
  leakrank merge --report html=fleet.html --report table *.evidence
  leakrank merge rack1/*.evidence -o rack1.evidence
  cat rack*.evidence | leakrank merge

Exit status: as leakrank's own.
`;

export function program() {
  const command = new Command('leakrank merge')
    .argument('[file...]', 'evidence files of leakrank collect or merge; - is standard input')
    .description('Reports on the logs of many hosts, from the evidence that was collected on each.')
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('Files:')
    .option('-r, --recursive', 'read all files in the folders named')
    .option('--config <file>', 'options from this file instead of leakrank.config.json or "leakrank" in package.json')
    .option('--no-config', 'no configuration file')
    .optionsGroup('What to look at:')
    .option('--match <regex>', 'only routes that match (repeatable)', collect)
    .option('--exclude <regex>', 'no routes that match (repeatable)', collect)
    .showHelpAfterError('(leakrank merge --help shows all options)')
    .showSuggestionAfterError()
    .exitOverride();
  return withReportOptions(command, 'write the sum as evidence into this file, instead of a report').addHelpText(
    'after',
    NOTES,
  );
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  const routeLimits = await parseConfigured(parsed, createProgram(), surroundings, ['output', 'report', 'json']);
  const { output, ...flags } = parsed.opts();
  if (lacksInput(parsed, surroundings)) return EXIT.misuse;
  if (output !== undefined && (flags.report || flags.json))
    throw new UserError(
      '-o writes evidence instead of a report; write reports with --report KIND=FILE, in a run without -o',
    );
  const targets = reportTargets(flags, stdout.isTTY === true);
  if (targets.some(({ kind }) => kind === 'classic'))
    throw new UserError(
      '--report classic is made from lines, which evidence no longer holds; run leakrank on the logs',
    );
  const { sources } = await sourcesOf(parsed.args, { ...flags, quiet: true }, surroundings);
  const { evidence, label } = await mergeSources(sources, signal);
  if (output !== undefined) {
    await putEvidence(sealedLine(encodeEvidence(evidence, label)), output, stdout);
    return EXIT.fine;
  }
  const asked = await reportOptions({ ...flags, routeLimits, signal }, targets, surroundings);
  const options = { ...shaped(asked, label.shape), reading: { ...asked.reading, notes: label.notes } };
  const nothing = explainNothing(evidence, options.reading);
  if (nothing) throw new UserError(nothing);
  const { report } = reportOn(evidence, options, { problems: 0, interrupted: false });
  return await showReport(report, targets, flags, surroundings);
}
