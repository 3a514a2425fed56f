import assert from 'node:assert/strict';
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Followed, follow } from '../src/source/follow.ts';
import { LogFile } from '../src/source/log-file.ts';
import { withFiles } from './support/cli.ts';

interface Following {
  /** Resolves when all that was read is this text. */
  until: (text: string) => Promise<void>;
  text: () => string;
  news: string[];
  /** Resolves when it is over. */
  end: Promise<void>;
  stop: () => Promise<void>;
}

function start(path: string): Following {
  const abort = new AbortController();
  const news: string[] = [];
  let text = '';
  let check = () => {};
  const take = (followed: Followed) => {
    if (followed.kind === 'bytes') text += followed.bytes.toString('utf8');
    if (followed.kind === 'over') news.push(followed.reason);
    check();
  };
  const done = (async () => {
    const file = await LogFile.open(path);
    for await (const followed of follow(file, abort.signal)) take(followed);
    await file.close();
  })();
  return {
    text: () => text,
    news,
    end: done,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        check = () => {
          if (text === wanted) resolve();
          else if (!wanted.startsWith(text)) reject(new Error(`read ${JSON.stringify(text)}`));
        };
        check();
      }),
    stop: async () => {
      abort.abort();
      await done;
    },
  };
}

test('what is added comes, also in the middle of a line', async () => {
  await withFiles({ 'u.log': 'a\n' }, async (folder) => {
    const path = `${folder}/u.log`;
    const file = start(path);
    await file.until('a\n');
    appendFileSync(path, 'b');
    await file.until('a\nb');
    appendFileSync(path, 'c\n');
    await file.until('a\nbc\n');
    await file.stop();
    assert.deepEqual(file.news, []);
  });
});

test('a renamed file is read to its end when another has its name', async () => {
  await withFiles({ 'u.log': 'a\n' }, async (folder) => {
    const path = `${folder}/u.log`;
    const file = start(path);
    await file.until('a\n');
    renameSync(path, `${path}.1`);
    // The server has not reopened its log yet.
    appendFileSync(`${path}.1`, 'b\n');
    await file.until('a\nb\n');
    writeFileSync(path, 'c\n');
    appendFileSync(`${path}.1`, 'late\n');
    await file.end;
    assert.equal(file.text(), 'a\nb\nlate\n');
    assert.deepEqual(file.news, ['rotated']);
  });
});

test('following an emptied file is over', async () => {
  await withFiles({ 'u.log': 'a long line\nhalf' }, async (folder) => {
    const path = `${folder}/u.log`;
    const file = start(path);
    await file.until('a long line\nhalf');
    truncateSync(path);
    await file.end;
    assert.deepEqual(file.news, ['truncated']);
  });
});

test('following ends at once when it is told to', async () => {
  await withFiles({ 'u.log': '' }, async (folder) => {
    const file = start(`${folder}/u.log`);
    await file.until('');
    await file.stop();
  });
});
