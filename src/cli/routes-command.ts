/** `leakrank routes FILE`: the routes found in a log, as a file of rules. */
import { resolveOptions } from '../options.ts';
import { explainPath } from '../rank/explain-path.ts';
import { routeTable } from '../rank/route-table.ts';
import { printPathExplanation, printRoutes } from '../report/print-routes.ts';
import { run as analyze } from '../run.ts';
import { safeJson } from '../term/text.ts';
import { analysisCommand } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, lacksInput, put } from './output.ts';
import { createProgram } from './program.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const EXAMPLES = `
Examples:
  leakrank routes uwsgi.log                           the routes, their calls and two paths of each
  leakrank routes uwsgi.log > routes.txt              to edit, and then:
  leakrank --routes-from routes.txt uwsgi.log
  leakrank routes --explain-path /users/ada uwsgi.log   why a path has its route

Exit status: 0 fine; 2 wrong use or an unreadable file.
`;

export function program() {
  return analysisCommand('leakrank routes')
    .description(
      'Prints the routes found in a log as a file of rules: to check, to edit, to give back with --routes-from.',
    )
    .optionsGroup('Output:')
    .option('--explain-path <path>', 'which route a path has, and why')
    .option('--json', 'for programs')
    .option('--anonymize', 'no examples')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('-q, --quiet', 'no remarks on standard error')
    .addHelpText('after', EXAMPLES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  // Its reports are not those of the main command.
  await parseConfigured(parsed, createProgram(), surroundings, ['json', 'output']);
  const { explainPath: wanted, ...flags } = parsed.opts();
  if (lacksInput(parsed, surroundings)) return EXIT.misuse;
  const options = resolveOptions({ ...flags, signal });
  const { sources, progress } = await sourcesOf(parsed.args, flags, surroundings);
  const { evidence, problems } = await analyze(sources, options).finally(() => progress?.stop());
  if (wanted !== undefined) {
    const explanation = explainPath(wanted, evidence, options);
    await put(flags.json ? `${safeJson(explanation, 2)}\n` : printPathExplanation(explanation), flags.output, stdout);
  } else {
    const rows = routeTable(evidence, options).map((row) => (flags.anonymize ? { ...row, examples: [] } : row));
    const total = rows.reduce((sum, { calls }) => sum + calls, 0);
    await put(flags.json ? `${safeJson({ routes: rows }, 2)}\n` : printRoutes(rows, total), flags.output, stdout);
  }
  for (const problem of problems) complain(surroundings, problem.message);
  if (problems.length > 0) return EXIT.misuse;
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}
