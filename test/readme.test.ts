/** Runs what the README shows and compares what it prints; UPDATE_GOLDENS=1 writes the README anew. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  blocksOf,
  type Command,
  commandsOf,
  consoleBlock,
  programBlock,
  programOf,
  withBodies,
} from './support/readme.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = join(ROOT, 'README.md');
const UPDATE = process.env.UPDATE_GOLDENS === '1';

const markdown = readFileSync(README, 'utf8');
const blocks = blocksOf(markdown);
const bodies = blocks.map(({ body }) => body);
const commands = makeCommands();

after(() => {
  rmSync(commands, { recursive: true, force: true });
  if (UPDATE) writeFileSync(README, withBodies(markdown, bodies));
});

test('the README shows the command and the library', () => {
  const of = (language: string) => blocks.filter((block) => block.language === language);
  assert.notEqual(of('console').flatMap(commandsOf).length, 0);
  assert.notEqual(of('ts').length, 0);
});

for (const [index, block] of blocks.entries()) {
  if (block.language === 'console') {
    const shown = commandsOf(block);
    const printed: Command[] = shown.map((command) => ({ ...command }));
    for (const [i, { command, output }] of shown.entries()) {
      test(`README: $ ${command}`, { skip: missingTool(command) }, () => {
        assert.match(command, /\bleakrank\b/);
        const actual = runShell(command);
        printed[i]!.output = actual;
        bodies[index] = consoleBlock(printed);
        if (!UPDATE) assert.equal(actual, output);
      });
    }
  }
  if (block.language === 'ts') {
    test(`README: program ${index}`, () => {
      const { source, output } = programOf(block);
      const actual = runProgram(`example-${index}`, source);
      bodies[index] = programBlock({ source, output: actual });
      if (!UPDATE) assert.equal(actual, output);
    });
  }
}

function missingTool(command: string): string | false {
  const missing = ['jq', 'gzip'].find((tool) => new RegExp(`\\b${tool}\\b`).test(command) && !isInstalled(tool));
  return missing === undefined ? false : `${missing} is not installed`;
}

function isInstalled(tool: string): boolean {
  return spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** A folder with `leakrank` and `npx`, which both run this clone. */
function makeCommands(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leakrank-readme-'));
  const run = `"${process.execPath}" "${join(ROOT, 'bin/leakrank.js')}" "$@"`;
  writeFileSync(join(folder, 'leakrank'), `#!/bin/sh\nexec ${run}\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'npx'), `#!/bin/sh\n[ "$1" = leakrank ] || exit 127\nshift\nexec ${run}\n`, {
    mode: 0o755,
  });
  return folder;
}

/** What a person would see: both streams, in a UTF-8 locale, without colours. */
function runShell(command: string): string {
  const env = { PATH: `${commands}${delimiter}${process.env.PATH}`, HOME: commands, LC_ALL: 'C.UTF-8' };
  const { stdout, error } = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ifError(error);
  return stdout;
}

/** Compiles with this package's own types, as its users would, and runs. */
function runProgram(name: string, source: string): string {
  const folder = join(ROOT, 'dist', 'readme', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'program.ts'), source);
  const config = {
    extends: '../../../tsconfig.json',
    compilerOptions: { rootDir: '.', outDir: 'out' },
    include: ['*.ts'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' });
  assert.equal(compiled.status, 0, compiled.stdout + compiled.stderr);
  const ran = spawnSync(process.execPath, [join(folder, 'out', 'program.js')], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout;
}
