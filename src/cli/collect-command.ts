/** `leakrank collect FILE… -o host.evidence`: keeps what a log says about memory, to be merged elsewhere. */
import { hostname } from 'node:os';
import { UserError } from '../errors.ts';
import { sealedLine } from '../fleet/evidence-file.ts';
import { shapeOf } from '../fleet/shape.ts';
import { encodeEvidence } from '../fleet/stored-evidence.ts';
import { resolveOptions } from '../options.ts';
import { explainNothing } from '../rank/nothing.ts';
import { gather } from '../run.ts';
import type { Source } from '../source/source.ts';
import { analysisCommand } from './analysis-options.ts';
import { parseConfigured } from './configured.ts';
import { sourcesOf } from './inputs.ts';
import { complain, connect, lacksInput } from './output.ts';
import { createProgram } from './program.ts';
import { putEvidence } from './put-evidence.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
What is collected are sums: a few hundred kilobytes, whatever the size of the log. Workers of
different hosts are kept apart by the host's name, which stands before each worker and file.

Examples:
  leakrank collect /var/log/uwsgi/app.log* -o web1.evidence     on every host
  leakrank merge *.evidence                                     the report on all of them
  ssh web1 leakrank collect /var/log/uwsgi/app.log > web1.evidence

Exit status: 0 fine; 2 wrong use or an unreadable file; 130 interrupted. Unless it is 0, nothing is written.
`;

export function program() {
  return analysisCommand('leakrank collect')
    .description('Writes what a log says about memory as an evidence file, for leakrank merge.')
    .optionsGroup('Output:')
    .option('-o, --output <file>', 'the evidence file, instead of standard output')
    .option('--host <name>', "stands before its workers and files (default: this machine's name)")
    .option('--no-host', 'nothing stands before them: for logs that name their hosts')
    .option('-q, --quiet', 'no remarks on standard error')
    .addHelpText('after', NOTES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { stdout, signal } = surroundings;
  const parsed = connect(program(), surroundings);
  await parseConfigured(parsed, createProgram(), surroundings, ['output', 'match', 'exclude']);
  const flags = parsed.opts();
  if (lacksInput(parsed, surroundings)) return EXIT.misuse;
  const rows = flags.match ? '--match' : flags.exclude ? '--exclude' : undefined;
  if (rows) throw new UserError(`${rows} chooses rows of a report; give it to leakrank merge`);
  if (stdout.isTTY && (flags.output ?? '-') === '-')
    throw new UserError('evidence is not for a terminal; write it into a file: -o host.evidence');
  const options = resolveOptions({ ...flags, signal });
  const host = typeof flags.host === 'string' ? flags.host : flags.host === false ? '' : hostname();
  const { sources, progress } = await sourcesOf(parsed.args, flags, surroundings);
  const onHost = sources.map((source) => placedOn(host, source));
  const { evidence, problems, interrupted } = await gather(onHost, options).finally(() => progress?.stop());
  if (interrupted) return EXIT.interrupted;
  // Evidence of a part of the log would be merged as if it were all.
  for (const problem of problems) complain(surroundings, problem.message);
  if (problems.length > 0) return EXIT.misuse;
  const nothing = explainNothing(evidence, options.reading);
  if (nothing && !flags.quiet) complain(surroundings, `${nothing} (the evidence is written all the same)`);
  const label = { shape: shapeOf(options), notes: options.reading.notes };
  await putEvidence(sealedLine(encodeEvidence(evidence, label)), flags.output, stdout);
  return EXIT.fine;
}

/** The same source, known by the name of its host. */
export function placedOn(host: string, source: Source): Source {
  if (host === '') return source;
  const place = source.place === '' ? host : `${host}/${source.place}`;
  return { ...source, name: `${host}:${source.name}`, place };
}
