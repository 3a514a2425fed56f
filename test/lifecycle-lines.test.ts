import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerEvent } from '../src/parse/worker-event.ts';
import { collect } from './support/collect.ts';
import { uwsgiLine } from './support/uwsgi-line.ts';

const SENTENCES: [line: string, event: WorkerEvent][] = [
  ['*** Starting uWSGI 2.0.21-debian (64bit) on [Mon Nov 23 20:50:33 2026] ***', { kind: 'instance-start' }],
  ['gracefully (RE)spawned uWSGI master process (pid: 14047)', { kind: 'instance-start' }],
  ['spawned uWSGI worker 2 (pid: 14149, cores: 4)', { kind: 'spawned', slot: 2, pid: 14149, cores: 4 }],
  ['spawned uWSGI worker 1 (and the only) (pid: 77, cores: 1)', { kind: 'spawned', slot: 1, pid: 77, cores: 1 }],
  ['Respawned uWSGI worker 1 (new pid: 14215)', { kind: 'respawned', slot: 1, pid: 14215 }],
  ['...The work of process 8 is done. Seeya!', { kind: 'finished', pid: 8, reason: 'recycled' }],
  [
    '...The work of process 8 is done (max requests reached (500 >= 500)). Seeya!',
    { kind: 'finished', pid: 8, reason: 'max-requests' },
  ],
  [
    '...The work of process 8 is done (reload-on-rss limit reached (104857700 >= 104857600)). Seeya!',
    { kind: 'finished', pid: 8, reason: 'reload-on-rss' },
  ],
  [
    '...The work of process 8 is done (reload-on-as limit reached (2 >= 1)). Seeya!',
    { kind: 'finished', pid: 8, reason: 'reload-on-as' },
  ],
  ['DAMN ! worker 3 (pid: 9) died, killed by signal 9 :( trying respawn ...', { kind: 'died', pid: 9, signal: 9 }],
  ['DAMN ! worker 3 (pid: 9) died :( trying respawn ...', { kind: 'died', pid: 9, signal: null }],
  [
    'DAMN ! worker 3 (pid: 9) MISTERIOUSLY killed by signal 11 :( trying respawn ...',
    { kind: 'died', pid: 9, signal: 11 },
  ],
  [
    'worker 1 lifetime reached, it was running for 61 second(s)',
    { kind: 'ended', slot: 1, reason: 'max-worker-lifetime' },
  ],
  ['worker 1 killed successfully (pid: 14148)', { kind: 'ended', slot: 1, reason: 'reload' }],
  ['worker 1 buried after 1 seconds', { kind: 'ended', slot: 1, reason: 'stop' }],
  ['uWSGI worker 4 cheaped.', { kind: 'ended', slot: 4, reason: 'cheaped' }],
  ['Gracefully killing worker 1 (pid: 14148)...', { kind: 'ended', slot: 1, reason: 'reload' }],
  [
    '*** EVIL RELOAD ON WORKER 1 RSS: 157286400 (pid: 20) ***',
    { kind: 'ended', slot: 1, reason: 'evil-reload-on-rss' },
  ],
  [
    '*** EVIL RELOAD ON WORKER 1 ADDRESS SPACE: 9 (pid: 20) ***',
    { kind: 'ended', slot: 1, reason: 'evil-reload-on-as' },
  ],
  ['*** HARAKIRI ON WORKER 1 (pid: 14282, try: 1) ***', { kind: 'ended', slot: 1, reason: 'harakiri' }],
  ['*** HARAKIRI ON WORKER 1 (pid: 5, try: 2, graceful: yes) ***', { kind: 'ended', slot: 1, reason: 'harakiri' }],
  ['SIGINT/SIGTERM received...killing workers...', { kind: 'instance-stop' }],
  // Up to 2.0.19; see https://github.com/unbit/uwsgi/issues/1997
  ['SIGINT/SIGQUIT received...killing workers...', { kind: 'instance-stop' }],
  // 2.1's gevent and coroae plugins.
  [
    '...The work of process 8 is done (reason: max requests reached (5 >= 5)). Seeya!',
    { kind: 'finished', pid: 8, reason: 'max-requests' },
  ],
  ['...The work of process 8 is done (no reason given). Seeya!', { kind: 'finished', pid: 8, reason: 'recycled' }],
  // 2.1's spelling.
  [
    'DAMN ! worker 3 (pid: 9) MYSTERIOUSLY killed by signal 9 :( trying respawn ...',
    { kind: 'died', pid: 9, signal: 9 },
  ],
  // Up to 1.3; see https://github.com/unbit/uwsgi/pull/33
  ['*** HARAKIRI ON WORKER 4 (pid: 10469) ***', { kind: 'ended', slot: 4, reason: 'harakiri' }],
  ['goodbye to uWSGI.', { kind: 'instance-stop' }],
  ['*** Operational MODE: threaded ***', { kind: 'concurrent' }],
  ['*** Operational MODE: preforking+threaded ***', { kind: 'concurrent' }],
  ['*** Operational MODE: preforking+async ***', { kind: 'concurrent' }],
  ['*** running gevent loop engine [addr:0x55d0a1b2c3d4] ***', { kind: 'concurrent' }],
  ['[WARNING] non-numeric value "true" for option "memory-report" - using 0 !', { kind: 'memory-report-off' }],
];

for (const [line, event] of SENTENCES) {
  test(`"${line}" is told, also behind a date and before a carriage return`, async () => {
    const dated = `Mon Nov 23 20:53:45 2026 - ${line}`;
    const seen = await collect(`${line}\n${dated}\n${line}\r\n`);
    assert.deepEqual(seen.events, [event, event, event]);
    assert.equal(seen.otherLines, 3);
  });
}

const SILENT = [
  '*** Operational MODE: preforking ***',
  '*** Operational MODE: single process ***',
  'spawned uWSGI master process (pid: 14280)',
  'worker respawning too fast !!! i have to sleep a bit (2 seconds)...',
  'the log said: Respawned uWSGI worker 1 (new pid: 14215) but I do not believe it',
  `${'x'.repeat(200)}Respawned uWSGI worker 1 (new pid: 14215)`,
  'Respawned uWSGI worker 1 (new pid: many)',
  "WSGI app 0 (mountpoint='') ready in 0 seconds on interpreter 0x7f3156960018 pid: 14049 (default app)",
];

for (const line of SILENT) {
  test(`"${line.slice(-80)}" tells nothing about workers`, async () => {
    const seen = await collect(`${line}\n`);
    assert.deepEqual(seen.events, []);
    assert.equal(seen.otherLines, 1);
  });
}

test('a URI that reads like a life-cycle line is not one', async () => {
  const seen = await collect(`${uwsgiLine({ uri: '/...The work of process 4193 is done. Seeya!' })}\n`);
  assert.deepEqual(seen.events, []);
  assert.equal(seen.readings.length, 1);
});
