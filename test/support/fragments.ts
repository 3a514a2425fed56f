/** Text of request lines torn to pieces and put together again: what hostile clients and broken pipes make of a log. */
import fc from 'fast-check';
import { uwsgiLine } from './uwsgi-line.ts';

const FRAGMENTS = [
  '{address space usage: 66240512 bytes/63MB} {rss usage: 16330752 bytes/15MB} ',
  '{uss usage: 12 bytes/0MB} {pss usage: 13 bytes/0MB} ',
  '[pid: 8649|app: 0|req: 1/1] ',
  '[pid: 8649|app: -1|req: -1/2] ',
  '[pid: ',
  '{address space usage: ',
  '127.0.0.1 () ',
  '2001:db8::1, 10.0.0.1 (bob (admin)) ',
  '{20 vars in 207 bytes} ',
  '[Mon Nov 23 20:50:35 2026] ',
  'GET /leak/1?a=b',
  'GET /',
  '- -',
  ' => generated 3 bytes in 4 msecs (',
  ' => generated 3 bytes in 4 micros via sendfile() (',
  'HTTP/1.1 200) ',
  ' 500) ',
  '1 headers in 45 bytes (1 switches on core 0)',
  ' switches on core ',
  ' => generated 1 bytes in 1 msecs (HTTP/1.1 200)',
  '|req: ',
  '] 1.2.3.4 ',
  ' [Mon Nov 23 20:50:35 2026] GET /x',
  '0',
  '-',
  ' ',
  '(',
  ')',
  ']',
  '\r',
  '\n',
  '\0',
  'é',
  '\u2028',
  uwsgiLine({ uri: '/whole' }),
  uwsgiLine({ uri: '/nomemory', memoryReport: 0 }),
  `${uwsgiLine({ uri: '/line' })}\n`,
  '...The work of process 8649 is done. Seeya!',
  'Respawned uWSGI worker 1 (new pid: 8649)',
];

export const fragment: fc.Arbitrary<string> = fc.constantFrom(...FRAGMENTS);

export const fragments: fc.Arbitrary<string> = fc.array(fragment, { maxLength: 25 }).map((all) => all.join(''));

/** A whole line with fragments inserted and stretches removed. */
export const mutatedLine: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      uwsgiLine({ uri: '/users/12' }),
      uwsgiLine({ uri: '/a', pid: 7, rssBytes: 70_000_000 }),
      uwsgiLine({ uri: '/b?x=1', method: 'POST', address: '10.0.0.7', user: 'bob' }),
    ),
    fc.array(fc.record({ at: fc.nat(400), remove: fc.constantFrom(0, 0, 0, 1, 5), insert: fragment }), {
      maxLength: 4,
    }),
  )
  .map(([line, edits]) =>
    edits.reduce((text, { at, remove, insert }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + remove);
    }, line),
  );
