/** `leakrank inspect FILE`: what leakrank understands of a log, and what the log lacks. */
import { inspect } from '../inspect/inspect.ts';
import { printInspect } from '../inspect/print-inspect.ts';
import { resolveOptions } from '../options.ts';
import { safeJson } from '../term/text.ts';
import { analysisCommand, integer, Option } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, lacksInput, put } from './output.ts';
import { createProgram } from './program.ts';
import { tableStyle } from './style.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const EXAMPLES = `
Examples:
  leakrank inspect uwsgi.log                          what was read, and what the log lacks
  kubectl logs deploy/web | leakrank inspect          from a pipe
  leakrank inspect --json uwsgi.log | jq '.inputs[0].findings'

Exit status: 0 also where the log lacks something; 2 wrong use or an unreadable file.
`;

export function program() {
  return analysisCommand('leakrank inspect')
    .description(
      'Says what was understood of a log: format, fields, lines that did not match and where, what is missing.',
    )
    .optionsGroup('Output:')
    .option('--json', 'for programs')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('--lines <n>', 'how many lines that did not match to show of each kind', integer, 5)
    .option('--ascii', 'only ASCII characters')
    .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto' as const))
    .option('--no-color', 'the same as --color never')
    .option('-q, --quiet', 'no remarks on standard error')
    .addHelpText('after', EXAMPLES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  // Its reports are not those of the main command.
  await parseConfigured(parsed, createProgram(), surroundings, ['json', 'output']);
  const flags = parsed.opts();
  if (lacksInput(parsed, surroundings)) return EXIT.misuse;
  const options = resolveOptions({ ...flags, signal });
  const { sources, progress } = await sourcesOf(parsed.args, flags, surroundings);
  const { report, problems } = await inspect(sources, options, flags.lines).finally(() => progress?.stop());
  const style = tableStyle({ ...flags, top: 0 }, surroundings);
  await put(flags.json ? `${safeJson(report, 2)}\n` : printInspect(report, style), flags.output, stdout);
  for (const problem of problems) complain(surroundings, problem.message);
  if (problems.length > 0) return EXIT.misuse;
  return signal.aborted ? EXIT.interrupted : EXIT.fine;
}
