/** `leakrank instrument SERVER`: what makes a server log its memory after each request. */
import { UserError } from '../errors.ts';
import { listOfServers } from '../instrument/list.ts';
import { SERVERS, serverNamed } from '../instrument/servers.ts';
import { snippetOf } from '../instrument/snippet.ts';
import { Command } from './analysis-options.ts';
import { connect } from './output.ts';
import { EXIT, type Surroundings } from './surroundings.ts';

const NOTES = `
Examples:
  leakrank instrument                                 for which servers
  leakrank instrument gunicorn >> gunicorn.conf.py    what is printed is a file of the server's own language
  leakrank instrument express > express-memory.cjs
`;

export function program() {
  return new Command('leakrank instrument')
    .argument('[server]', `one of ${SERVERS.map(({ name }) => name).join(', ')}`)
    .description('Prints a snippet that makes a server log its memory after each request, and says where it goes.')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(leakrank instrument --help shows all options)')
    .exitOverride()
    .addHelpText('after', NOTES);
}

export async function run(surroundings: Surroundings): Promise<number> {
  const { args, stdout } = surroundings;
  const command = connect(program(), surroundings);
  command.parse(args, { from: 'user' });
  const [word] = command.args;
  if (word === undefined) {
    stdout.write(listOfServers());
    return EXIT.fine;
  }
  const server = serverNamed(word);
  if (server === undefined) {
    throw new UserError(
      `there is no snippet for "${word}"; there is one for ${SERVERS.map(({ name }) => name).join(', ')}`,
    );
  }
  stdout.write(await snippetOf(server));
  return EXIT.fine;
}
