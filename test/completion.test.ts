import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { createProgram } from '../src/cli/program.ts';
import { describeAll } from '../src/manual/describe.ts';
import { leakrank, withFiles } from './support/cli.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

function missing(shell: string): string | false {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0 ? false : `${shell} is not installed`;
}

/** What bash offers for the last of the words. */
function offered(script: string, words: string[], cwd: string): string[] {
  const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const program = `source ./.script.bash
COMP_WORDS=(${quoted}); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
_leakrank
(( \${#COMPREPLY[@]} == 0 )) || printf '%s\\n' "\${COMPREPLY[@]}"`;
  writeFileSync(`${cwd}/.script.bash`, script);
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '--noprofile', '-c', program], {
    cwd,
    encoding: 'utf8',
  });
  assert.deepEqual([status, stderr], [0, ''], words.join(' '));
  return stdout.split('\n').filter((line) => line !== '');
}

test('each shell has a script, which names every command and every long option', async () => {
  const commands = await describeAll(createProgram());
  assert.ok(commands.length > 3);
  for (const shell of SHELLS) {
    const { code, stdout, stderr } = await leakrank(['completion', shell]);
    assert.deepEqual([code, stderr], [0, '']);
    for (const { name, options } of commands) {
      assert.ok(stdout.includes(name), `${shell}: ${name}`);
      for (const { long } of options) {
        const word = shell === 'fish' ? `-l ${long!.slice(2)} ` : long!;
        assert.ok(stdout.includes(word), `${shell}: ${name} ${long}`);
      }
    }
  }
});

test('bash completes commands, options, choices and files', { skip: missing('bash') }, async () => {
  const { stdout: script } = await leakrank(['completion', 'bash']);
  await withFiles({ 'uwsgi.log': '', 'a b.log': '' }, async (cwd) => {
    const complete = (...words: string[]) => offered(script, ['leakrank', ...words], cwd);
    assert.deepEqual(complete('comp'), ['compare', 'completion']);
    assert.deepEqual(complete('uw'), ['uwsgi.log']);
    assert.deepEqual(complete('a'), ['advise', 'a b.log']);
    assert.deepEqual(complete('--max-l'), ['--max-leak-per-call', '--max-leaked']);
    assert.deepEqual(complete('--inconclusive', ''), ['pass', 'fail']);
    assert.deepEqual(complete('--inconclusive', '=', 'f'), ['fail']);
    assert.deepEqual(complete('--inconclusive', '='), ['pass', 'fail']);
    assert.deepEqual(complete('--baseline', 'uw'), ['uwsgi.log']);
    assert.deepEqual(complete('--match', ''), []);
    assert.deepEqual(complete('compare', '--report', 'm'), ['markdown']);
    assert.deepEqual(complete('compare', 'uw'), ['uwsgi.log']);
    assert.deepEqual(complete('completion', ''), ['bash', 'zsh', 'fish']);
    assert.deepEqual(complete('init', '--f'), ['--force']);
    assert.deepEqual(complete('init', 'uw'), []);
  });
});

test('zsh reads its script', { skip: missing('zsh') }, async () => {
  const { stdout } = await leakrank(['completion', 'zsh']);
  const { status, stderr } = spawnSync('zsh', ['-f', '-n'], { input: stdout, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  await withFiles({ _leakrank: stdout }, async (cwd) => {
    const load = 'autoload -U compinit; compinit -D; source ./_leakrank; print -r -- "$_comps[leakrank]"';
    const loaded = spawnSync('zsh', ['-f', '-c', load], { cwd, encoding: 'utf8' });
    assert.deepEqual([loaded.status, loaded.stdout], [0, '_leakrank\n'], loaded.stderr);
  });
});

test('fish completes commands, options and choices', { skip: missing('fish') }, async () => {
  const { stdout: script } = await leakrank(['completion', 'fish']);
  await withFiles({ 'leakrank.fish': script }, async (cwd) => {
    const complete = (line: string) => {
      const { stdout, stderr } = spawnSync(
        'fish',
        ['--no-config', '-c', `source leakrank.fish; complete -C '${line}'`],
        {
          cwd,
          encoding: 'utf8',
          env: { ...process.env, HOME: cwd },
        },
      );
      assert.equal(stderr, '');
      return stdout
        .split('\n')
        .map((offer) => offer.split('\t')[0])
        .filter((offer) => offer !== '');
    };
    assert.ok(complete('leakrank comp').includes('compare'));
    assert.deepEqual(complete('leakrank --inconclusive ').sort(), ['fail', 'pass']);
    assert.ok(complete('leakrank compare --repo').includes('--report'));
    assert.deepEqual(complete('leakrank completion z'), ['zsh']);
  });
});

test('an unknown shell is wrong use', async () => {
  const { code, stdout, stderr } = await leakrank(['completion', 'tcsh']);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /Allowed choices are bash, zsh, fish/);
  assert.equal((await leakrank(['completion'])).code, 2);
});
