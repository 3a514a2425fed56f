/** `leakrank advise FILE --memory 512MiB`: settings that keep workers within a budget until the leak is fixed. */
import { advise } from '../advise/advise.ts';
import { resolveAdviceOptions } from '../advise/options.ts';
import { resolveOptions } from '../options.ts';
import { printAdvice } from '../report/advice/text.ts';
import { run as analyze } from '../run.ts';
import { safeJson } from '../term/text.ts';
import { analysisCommand, Option } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, lacksInput, put } from './output.ts';
import { createProgram } from './program.ts';
import { tableStyle } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
The settings hold until the leak is fixed; they do not fix it. They count on traffic like that of
the log: take a log of the busiest day.

Examples:
  leakrank advise uwsgi.log --memory 512MiB                           for the workers that the log shows
  leakrank advise uwsgi.log --memory 2GiB --workers 8 --uwsgi-version 2.0.29
  leakrank advise app.log --memory 1GB --workers 4 --server gunicorn
  leakrank advise --json uwsgi.log --memory 512MiB | jq '.answer.servers[0].settings'
`;

export function program() {
  return analysisCommand('leakrank advise')
    .description(
      'Says with which restart settings workers stay within a budget until a leak is fixed, and what that costs.',
    )
    .optionsGroup('Budget:')
    .option('--memory <size>', 'what all workers together may take: 512MiB, 2GB')
    .option('--workers <n>', 'how many workers run (default: as many as the log shows at once)')
    .option('--server <name>', 'uwsgi, gunicorn or celery (default: what the lines tell)')
    .option('--uwsgi-version <version>', 'as uwsgi --version prints it; spreading restarts depends on it')
    .optionsGroup('Output:')
    .option('--json', 'for programs')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no warnings on standard error')
    .addHelpText('after', NOTES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const command = connect(program(), surroundings);
  await parseConfigured(command, createProgram(), surroundings, ['json', 'output']);
  const flags = command.opts();
  if (lacksInput(command, surroundings)) return EXIT.misuse;
  const { memory, workers, server, uwsgiVersion } = flags;
  const adviceOptions = resolveAdviceOptions({ memory, workers, server, uwsgiVersion });
  const options = resolveOptions({ ...flags, signal });
  const { sources, progress } = await sourcesOf(command.args, flags, surroundings);
  const { report, evidence, problems } = await analyze(sources, options).finally(() => progress?.stop());
  for (const problem of problems) complain(surroundings, problem.message);
  const advice = advise(report, evidence, adviceOptions);
  const style = tableStyle({ ...flags, top: 0 }, surroundings);
  await put(flags.json ? `${safeJson(advice, 2)}\n` : printAdvice(advice, style), flags.output, stdout);
  if (!flags.quiet) for (const { message } of advice.warnings) complain(surroundings, message);
  if (problems.length > 0) return EXIT.misuse;
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}
