/** `leakrank init`: a commented start of a configuration file, and jobs for CI as text to copy. */
import { writeFile } from 'node:fs/promises';
import { CONFIG_FILE } from '../config/config-file.ts';
import { UserError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { Command } from './analysis-options.ts';
import { CONFIG_START, githubWorkflow, gitlabJob } from './init-texts.ts';
import { connect } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

export function program() {
  return new Command('leakrank init')
    .description(`Writes ${CONFIG_FILE} and prints jobs for GitHub Actions and GitLab CI to copy.`)
    .helpOption('-h, --help', 'print this help')
    .option('--force', 'overwrite the file when it is there')
    .option('--print', 'only print, write nothing')
    .showHelpAfterError('(leakrank init --help shows all options)')
    .showSuggestionAfterError()
    .exitOverride();
}

export async function run(surroundings: Surroundings): Promise<number> {
  const command = connect(program(), surroundings);
  command.parse(surroundings.args, { from: 'user' });
  const { force, print } = command.opts();
  const { stdout } = surroundings;
  if (print) stdout.write(`${CONFIG_FILE}:\n\n${CONFIG_START}\n`);
  else {
    await write(force ?? false);
    stdout.write(`Wrote ${CONFIG_FILE}: every option there is commented out.\n\n`);
  }
  stdout.write(`GitHub Actions, .github/workflows/leaks.yml:\n\n${githubWorkflow(VERSION)}\n`);
  stdout.write(`GitLab CI, a job for .gitlab-ci.yml:\n\n${gitlabJob(VERSION)}`);
  return EXIT.fine;
}

/** wx: between a look and the writing somebody else may write. */
async function write(force: boolean): Promise<void> {
  await writeFile(CONFIG_FILE, CONFIG_START, { flag: force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === 'EEXIST'
        ? `${CONFIG_FILE} is there already: --force overwrites it, --print only prints`
        : `${CONFIG_FILE} cannot be written (${error.code}); check the folder and its permissions`,
    );
  });
}
