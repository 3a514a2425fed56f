/** What the snippets of `leakrank instrument` cost a request: `npm run bench:snippets`. They write to a file, as in use. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inFolder } from '../servers/process.ts';
import { commandThat, pythonWith } from '../servers/programs.ts';
import { APPS, SNIPPETS } from '../servers/servers.ts';

const MOST_MICROSECONDS = 100;

const drivers: [string | undefined, string][] = [
  [pythonWith('celery') ?? pythonWith('sys'), 'cost.py'],
  [process.execPath, 'cost.cjs'],
  [commandThat(['-e', 'require "rack"'], 'ruby'), 'cost.rb'],
];

await inFolder(async (folder) => {
  for (const [command, file] of drivers) {
    if (command === undefined) continue;
    const { stdout, stderr } = spawnSync(command, [join(APPS, file), SNIPPETS], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', LEAKRANK_LOG: join(folder, 'app.log'), PYTHONDONTWRITEBYTECODE: '1' },
    });
    if (stdout === '') throw new Error(`${file}: ${stderr}`);
    for (const [name, cost] of Object.entries(JSON.parse(stdout) as Record<string, number>)) {
      process.stdout.write(`${name.padEnd(10)} ${cost.toFixed(1).padStart(6)} microseconds a request\n`);
      if (cost > MOST_MICROSECONDS) process.exitCode = 1;
    }
  }
});
