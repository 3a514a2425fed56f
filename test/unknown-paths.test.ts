/** Holds what scan.wasm says of paths it never saw to what src/route says in JavaScript. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Reading } from '../src/parse/reading.ts';
import { groupPath, pathOf } from '../src/route/path.ts';
import { PathTree } from '../src/route/path-tree.ts';
import { PLACEHOLDERS } from '../src/route/placeholders.ts';
import { OTHER_ROUTES, Router } from '../src/route/router.ts';
import { ScanMemory } from '../src/wasm/scan-memory.ts';
import { seededRandom } from './support/random.ts';
import { ROUTER_OPTIONS } from './support/uri-router.ts';

const LONGEST_NAME = 1024;

/** Names routes one by one, without looking anything up by bytes. */
class NaiveRouter {
  readonly tree: PathTree;
  readonly #names = new Set<string>();
  readonly #maxRoutes: number;

  constructor(maxRoutes: number) {
    this.tree = new PathTree(maxRoutes);
    this.#maxRoutes = maxRoutes;
  }

  route(uri: Buffer): string {
    const name = groupPath(pathOf(uri.toString('utf8')));
    if (!name.startsWith('/') || name.length > LONGEST_NAME) return this.#add(name);
    return this.#add(this.tree.place(name, this.#names.size >= this.#maxRoutes >> 1) ?? OTHER_ROUTES);
  }

  #add(name: string): string {
    if (this.#names.has(name)) return name;
    const kept = this.#names.size >= this.#maxRoutes ? OTHER_ROUTES : cut(name);
    this.#names.add(kept);
    return kept;
  }
}

function cut(name: string): string {
  return name.length > LONGEST_NAME ? Buffer.from(`${name.slice(0, LONGEST_NAME)}…`).toString() : name;
}

class ByteRouter {
  readonly memory = new ScanMemory();
  readonly router: Router;
  readonly #reading = new Reading();
  /** Paths that were found before anybody asked JavaScript. */
  found = 0;

  constructor(maxRoutes: number) {
    this.router = new Router(this.memory, { ...ROUTER_OPTIONS, maxRoutes });
  }

  route(uri: Buffer): string {
    const reading = this.#reading;
    reading.bytes = uri;
    reading.address = this.memory.loadText(uri);
    reading.uriStart = 0;
    reading.uriEnd = uri.length;
    reading.hasUri = true;
    const { functions } = this.memory;
    const end = reading.address + uri.length;
    const early = uri.length < 8192 ? functions.findPath(reading.address, end, 1) : -1;
    // Forgotten again: what is looked up must come out of the walk, and be the same in both ways.
    functions.clear();
    const route = this.router.routeOf(reading);
    if (early >= 0) {
      this.found++;
      assert.equal(early, route);
    }
    return this.router.name(route);
  }
}

const ONE_OF_EACH_FORM = [
  ...['7', '-12', '0123456789', '1'.repeat(40), '1'.repeat(41), '12.50', '-3,7', '10.0.255.1', '1.2.3'],
  ...[
    'a3bb189e-8bf9-3888-9912-ace4e6543002',
    '{a3bb189e-8bf9-3888-9912-ace4e6543002}',
    '2026-11',
    '2026-11-23',
    '2026-13',
  ],
  ...[
    '2026-11-23T20:50:35.123Z',
    '20261123T2050',
    '2026-11-23%2020:50:35+01:00',
    '2026-1123 205035-0100',
    '1999-12-31T23:59',
  ],
  ...['01ARZ3NDEKTSV4RRFFQ69G5FAV', 'deadbeef', 'd41d8cd98f00b204e9800998ecf8427e', 'cafe0001', 'ada@example.com'],
  ...[
    'ada%40example.co.uk',
    'a@b',
    'k1168',
    'order-20391',
    'INV_00042',
    'v2',
    'oauth2',
    'sha256',
    'X509',
    'page-2',
    'v12345',
  ],
  ...[
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'aB3_x-Zq9.aaaaaaaaaaaaaaaa1',
    'abcdefghijklmnop1234',
    'de-CH',
    'pt_BR',
    'de-ch',
  ],
  ...[
    '1042.pdf',
    '404.html',
    'd41d8cd98f00b204e9800998ecf8427e.png',
    'k12.JSon',
    'x.y.z',
    '.env',
    'a.',
    '77.htm1',
    '12.5.csv',
    '1042.abcde',
    '1042.abcdef',
    'a1'.repeat(64),
    `${'a1'.repeat(64)}a`,
  ],
  ...[
    'login',
    'LOGIN',
    'locK',
    'loc\u212a',
    'BUL\u212a',
    'sign_in',
    'export.csv',
    '{id}',
    '{name}',
    '{x}.pdf',
    '{',
    '…',
    '',
    '.',
    '..',
    ' ',
  ],
];
const PIECES = [
  ...'09afgzAFGZ-_.~=+@:,;{}()!$\'*"\\|^`%&\t\n\v\f\r',
  ' ',
  'é',
  'ß',
  '日',
  '😀',
  'K',
  '\u0130',
  '\ufffd',
  '\u00a0',
  '٣',
];
const ESCAPES = [
  '%2F',
  '%2f',
  '%41',
  '%7e',
  '%25',
  '%3B',
  '%C3%A9',
  '%e9',
  '%FF',
  '%4',
  '%',
  '%zz',
  '%4%30',
  '%00',
  '%E2%84%AA',
  '%e2%82%ac',
  '%C3%A9%2f%41',
  '%C3%41',
  '%ED%A0%80',
  '%F0%9F%98%80',
  '%D0%96%d0%b6',
  '%CC%81',
  '%C3%A9%FF%7e',
];
const BYTES = [
  [0xff],
  [0xc3],
  [0xe9, 0x41],
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xe2, 0x84, 0xaa],
  [0xe2, 0x84],
  [0xf0, 0x9f, 0xc3, 0xa9],
  [0xf1, 0x80, 0x80, 0xe9],
  [0x80, 0xbf],
  [0xf5, 0x80],
];

const random = seededRandom(20_261_124);
const pick = <T>(from: readonly T[]): T => from[random.integer(from.length)]!;
const text = (letters: string, length: number) => Array.from({ length }, () => pick([...letters])).join('');

function bytesOf(...parts: (string | number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

/** With one place changed. */
function mutated(segment: string): Buffer {
  const at = random.integer(segment.length + 1);
  const kind = random.integer(10);
  const piece = kind < 5 ? pick(PIECES) : kind < 7 ? pick(ESCAPES) : kind < 8 ? '' : pick(BYTES);
  return bytesOf(segment.slice(0, at), piece, segment.slice(at + random.integer(2)));
}

function segment(): Buffer {
  switch (random.integer(11)) {
    case 0:
      return Buffer.from(pick(ONE_OF_EACH_FORM));
    case 1:
    case 2:
      return mutated(pick(ONE_OF_EACH_FORM));
    case 3:
      return mutated(text('abcdefghijklmnopqrstuvwxyz', 1 + random.integer(24)));
    case 4:
      return Buffer.from(text('abcdef0123456789', 1 + random.integer(40)));
    case 5:
      return Buffer.from(text('aZ09-_.', 1 + random.integer(30)));
    case 6:
      return Buffer.from(pick(['x', 'y', 'w1x', 'w2x', 'users', 'api']));
    case 7:
      return Buffer.from(text('abcdefghijklmnopqrstuvwxyz', pick([3, 9, 19, 20, 254, 255, 256, 257])));
    case 8:
      return Buffer.from(`${pick(['77', 'deadbeef1', 'k123', '{id}'])}.${text('abc', pick([1, 3, 4, 5]))}`);
    case 9:
      return Buffer.from(text('éß', pick([3, 60, 100, 120, 127, 128])));
    default:
      return Buffer.from(text('abcdefghijklmnopqrstuvwxyz', 8));
  }
}

function uri(): Buffer {
  const start = pick([
    '/',
    '/',
    '/',
    '/',
    '/x/',
    '/x/',
    '/x/y/',
    '//',
    '',
    'http://h/',
    'HTTP+x://',
    '1http://h/x/',
    '/./',
    '*',
  ]);
  const parts = [bytesOf(start)];
  const deep = pick([4, 4, 4, 4, 4, 4, 4, 8, 12, 80]);
  const count = 1 + random.integer(deep);
  for (let i = 0; i < count; i++) parts.push(segment(), bytesOf(pick(['/', '/', '/', '//', ';v=1/', ';%C3;é/'])));
  parts.push(bytesOf(pick(['', '', '/', '?a=/b', '#/c', '?', ';x', `${'/k'.repeat(random.integer(3) * 300)}`])));
  return Buffer.concat(parts);
}

for (const maxRoutes of [20, 300, 3000, 100_000]) {
  test(`with ${maxRoutes} routes at most, paths are named as if each were looked at by itself`, () => {
    const naive = new NaiveRouter(maxRoutes);
    const byBytes = new ByteRouter(maxRoutes);
    const same = (one: Buffer) =>
      assert.equal(byBytes.route(one), naive.route(one), JSON.stringify(one.toString('latin1')));
    for (let i = 0; i < 700; i++)
      for (const where of ['', '/x', '/x/y']) same(Buffer.from(`${where}/w${text('abcxyz', 9)}x`));
    for (let i = 0; i < 40_000; i++) same(uri());
    assert.ok(byBytes.found > 10_000, `${byBytes.found}`);
    assert.ok(byBytes.router.count <= maxRoutes + 1);
  });
}

test('each form is told from its neighbours by bytes as by text', () => {
  const naive = new NaiveRouter(1_000_000);
  const byBytes = new ByteRouter(1_000_000);
  const same = (one: string) => {
    const path = Buffer.from(`/x/${one}`);
    assert.equal(byBytes.route(path), naive.route(path), one);
  };
  for (let i = 0; i < 400; i++) same(`w${text('abcxyz', 9)}`);
  for (const one of [...ONE_OF_EACH_FORM, ...PLACEHOLDERS]) same(one);
  const change = fc.tuple(fc.nat(40), fc.constantFrom(...PIECES, ...ESCAPES, ''), fc.nat(3));
  fc.assert(
    fc.property(fc.constantFrom(...ONE_OF_EACH_FORM), fc.array(change, { maxLength: 3 }), (form, changes) => {
      same(changes.reduce((now, [at, piece, gone]) => now.slice(0, at) + piece + now.slice(at + gone), form));
    }),
    { numRuns: 30_000, seed: 20_261_124 },
  );
  assert.ok(byBytes.found > 10_000, `${byBytes.found}`);
});

test('names that were there before their position was full are found again, whatever is in them', () => {
  const naive = new NaiveRouter(1_000_000);
  const byBytes = new ByteRouter(1_000_000);
  const names: Buffer[] = [...ONE_OF_EACH_FORM, '{id}.{format}', 'é12', '7é.pdf', ...PIECES, ...ESCAPES].map((one) =>
    Buffer.from(one),
  );
  for (const piece of [...BYTES, [0xf0, 0x9f, 0x98, 0x2e], [0xe2, 0x84, 0xff], [0xe0, 0x80, 0x80]]) {
    names.push(Buffer.from(piece), bytesOf('a', piece), bytesOf(piece, 'b'), bytesOf('c', piece, piece));
  }
  const same = (one: Buffer) => {
    const path = bytesOf('/z/', [...one], '/y');
    assert.equal(byBytes.route(path), naive.route(path), one.toString('latin1'));
  };
  for (const one of names) same(one);
  for (let i = 0; i < 400; i++) same(Buffer.from(`w${text('abcxyz', 9)}`));
  const before = byBytes.found;
  for (const one of names) same(one);
  for (const ending of ['abc', 'pdf', 'pdfx']) same(Buffer.from(`7.${ending}`));
  assert.ok(byBytes.found - before > 0.8 * names.length, `${byBytes.found - before} of ${names.length}`);
});

test('a path that comes first in another place is looked at anew', () => {
  const byBytes = new ByteRouter(10_000);
  const { router } = byBytes;
  for (let i = 0; i < 700; i++) byBytes.route(Buffer.from(`/w${text('abcxyz', 12)}`));
  assert.equal(byBytes.route(Buffer.from('/other')), '/{name}');
  const crowded = router.crowdedPaths;
  router.enter('b');
  assert.equal(byBytes.route(Buffer.from('/other')), '/other');
  router.enter('');
  assert.equal(byBytes.route(Buffer.from('/other')), '/{name}');
  assert.ok(router.crowdedPaths > crowded);
});

test('paths that are made to collide under every secret of a weaker hash are found', () => {
  const scan = new ScanMemory();
  // Flips that a product with one secret number carries to one place, and the next eight bytes take back.
  const blocks = [Buffer.from('aaaaaaaaaaaaaaaa', 'latin1'), Buffer.from('aaaaaaaaaaaaaaaa', 'latin1')];
  blocks[1]![7]! ^= 0x80;
  blocks[1]![15]! ^= 0x80;
  blocks[1]![12]! ^= 0x04;
  const paths = Array.from({ length: 2048 }, (_, i) =>
    Buffer.concat([Buffer.from('/aaaaaaa'), ...Array.from({ length: 11 }, (_, bit) => blocks[(i >> bit) & 1]!)]),
  );
  for (const [i, path] of paths.entries()) {
    const at = scan.loadText(path);
    assert.equal(scan.functions.find(at, at + path.length), -1);
    scan.functions.keep(i);
  }
  for (const [i, path] of paths.entries()) {
    const at = scan.loadText(path);
    assert.equal(scan.functions.find(at, at + path.length), i);
  }
});
