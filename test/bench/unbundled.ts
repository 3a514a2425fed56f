/** The command as it was compiled, module by module: in a profile of the bundle nobody would find a room. */
import { main } from '../../src/cli/main.ts';

const never = new AbortController().signal;
process.exitCode = await main({
  args: process.argv.slice(2),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: never,
  readerGone: never,
  onExit: () => {},
});
