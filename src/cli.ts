/** The command's entry, and the only file that touches the process. */
import { main } from './cli/main.ts';
import { EXIT } from './cli/surroundings.ts';

const interrupt = new AbortController();
const readerGone = new AbortController();
// The second interrupt finds no listener and ends the process as usual.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

let isUnwritten = false;

// A reader that goes away (`| head`) is no error; without a listener Node would end with a stack.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      if (stream === process.stdout) readerGone.abort();
      return;
    }
    if (stream === process.stdout && !isUnwritten)
      process.stderr.write(`leakrank: standard output cannot be written (${error.code}); check the disk\n`);
    // It may come when all is written, or on the way. The process ends by itself, so that what else is printed gets out.
    isUnwritten = true;
    process.exitCode = EXIT.misuse;
  });
}

const status = await main({
  args: process.argv.slice(2),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: interrupt.signal,
  readerGone: readerGone.signal,
  onExit: (restore) => void process.once('exit', restore),
});
// 1 would say that a gate failed.
process.exitCode = isUnwritten ? EXIT.misuse : status;
