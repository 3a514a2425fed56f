/** Lines that are counted from their bytes are those that would be other lines as text, with nothing told of them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { WRAPPERS } from '../src/lines/unwrap/wrappers.ts';
import { type AnalyzeOptions, resolveOptions } from '../src/options.ts';
import { MEMORY_NAMES, MEMORY_PLACES } from '../src/parse/fields/default-names.ts';
import type { FormatContext } from '../src/parse/format.ts';
import { FORMATS, formatsFor } from '../src/parse/formats.ts';
import { marksOf, OtherLines } from '../src/parse/other-lines.ts';
import { comparedText, MEMORY_WORDS } from '../src/wasm/mark-table.ts';
import { ScanMemory } from '../src/wasm/scan-memory.ts';
import { mutate } from './fuzz/mutate.ts';
import { SEEDS } from './fuzz/seeds.ts';
import { applicationLine } from './support/application-lines.ts';
import { BothWays, damaged } from './support/both-ways.ts';
import { ROOT } from './support/fixtures.ts';
import { formatWriter, LOG_FORMATS } from './support/format-lines.ts';
import { holdsMark } from './support/naive-marks.ts';
import { type Random, seededRandom } from './support/random.ts';

const SAMPLES = process.env.LEAKRANK_LAB ? `${process.env.LEAKRANK_LAB}/../samples/` : undefined;

/** Parsers of the formats that the options make available, for a sink that keeps what it heard. */
function parsersFor(options: AnalyzeOptions = {}) {
  const { reading, maxLineLength } = resolveOptions(options);
  const heard: string[] = [];
  const tell = (what: string) => () => void heard.push(what);
  let whole = '';
  const context: FormatContext = {
    memory: new ScanMemory(),
    sink: {
      reading: tell('reading'),
      tornReading: tell('torn'),
      malformed: tell('malformed'),
      otherLine: tell('other'),
      event: tell('event'),
    },
    options: reading,
    maxLineLength,
    wholeLine: () => whole,
  };
  const parsers = formatsFor(reading, FORMATS).map((format) => ({ name: format.name, parser: format.create(context) }));
  return {
    parsers,
    /** What a parser made of a line. */
    read: (at: number, line: string) => {
      heard.length = 0;
      whole = line;
      return { isRead: parsers[at]!.parser.line(line, 1), heard };
    },
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${folder}${name}`)
    .filter((path) => statSync(path).isFile() && !/\.(?:zst|xz|bz2|br|html|png|svg)$/.test(path));
}

/** All of a log, in chunks that end anywhere, with an application's lines between its own. */
function compare(path: string, random: Random): number {
  const bytes = readFileSync(path);
  const log = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).subarray(0, 2 ** 18);
  const both = new BothWays();
  for (let at = 0; at < log.length; ) {
    const end = at + 1 + random.integer(20_000);
    both.write(log.subarray(at, end));
    at = end;
  }
  both.write(Buffer.from('\n'));
  const lines = log.toString('latin1').split('\n').slice(0, 400);
  both.write(Buffer.from(`${lines.flatMap((line) => [line, applicationLine(random)]).join('\n')}\n`, 'latin1'));
  return both.plainLines;
}

test('all fixtures are the same with other lines counted from bytes', () => {
  const random = seededRandom(1);
  let plain = 0;
  for (const path of filesIn(`${ROOT}fixtures/`)) plain += compare(path, random);
  assert.ok(plain > 1000, `${plain} lines were read as bytes`);
});

test('so are the samples', { skip: SAMPLES ? false : 'LEAKRANK_LAB is not set' }, () => {
  const random = seededRandom(2);
  for (const path of filesIn(SAMPLES!)) compare(path, random);
});

const OPTIONS: readonly AnalyzeOptions[] = [
  {},
  ...FORMATS.filter(({ isExplicit }) => !isExplicit).map(({ name }) => ({ input: name })),
  { field: ['rss=size_kb', 'uri=page'] },
  { maxLineLength: 1024 },
  ...LOG_FORMATS.map((format) => ({ logFormat: [format] })),
  { logFormat: [LOG_FORMATS[0]!], logEncoder: [`json {"unix":\${unix}, "msg":"\${msg}"}`, 'nl'] },
  { logFormat: [LOG_FORMATS[0]!, LOG_FORMATS[8]!] },
];

/** Lines of the options' formats, besides those of fixtures. */
function ownLines({ logFormat }: AnalyzeOptions, random: Random): () => string {
  const writers = [logFormat ?? []].flat().map((format) => formatWriter(format, random));
  return () => (writers.length > 0 ? writers[random.integer(writers.length)]!() : SEEDS[random.integer(SEEDS.length)]!);
}

test('mutated lines are the same with other lines counted from bytes', () => {
  for (const [i, options] of OPTIONS.entries()) {
    const random = seededRandom(100 + i);
    const marks = marksOf(
      parsersFor(options).parsers.map(({ parser }) => parser),
      WRAPPERS,
    )?.filter((mark) => typeof mark === 'string');
    const both = new BothWays(options);
    const own = ownLines(options, random);
    const seed = () => (random.integer(2) === 0 ? own() : SEEDS[random.integer(SEEDS.length)]!);
    for (let round = 0; round < 150; round++) {
      const lines = Array.from({ length: 1 + random.integer(12) }, () => lineOf(random, seed, marks ?? ['{"']));
      const text = `${lines.join(random.integer(20) === 0 ? '\r\n' : '\n')}\n`;
      both.write(random.integer(10) === 0 ? damaged(text, random) : Buffer.from(text));
    }
  }
});

function lineOf(random: Random, seed: () => string, marks: readonly string[]): string {
  switch (random.integer(5)) {
    case 0:
      return seed();
    case 1:
      return applicationLine(random);
    case 2: {
      const line = applicationLine(random);
      const mark = marks[random.integer(marks.length)]!;
      const at = random.integer(line.length + 1);
      return line.slice(0, at) + mark.slice(random.integer(2), mark.length - random.integer(2)) + line.slice(at);
    }
    case 3:
      return mutate(applicationLine(random), seed(), random);
    default:
      return mutate(seed(), seed(), random);
  }
}

test('every line that a format reads or a wrapper decodes holds a mark of it', () => {
  const random = seededRandom(3);
  for (const options of [{}, { field: ['rss=size_kb'] }] as AnalyzeOptions[]) {
    const { parsers, read } = parsersFor(options);
    const seen = new Set<string>();
    for (let round = 0; round < 8000; round++) {
      const seed = SEEDS[round % SEEDS.length]!;
      const line = round < SEEDS.length ? seed : mutate(seed, SEEDS[random.integer(SEEDS.length)]!, random);
      if (line.length > 4096 || line.includes('\n')) continue;
      for (const [at, { name, parser }] of parsers.entries()) {
        const { isRead, heard } = read(at, line);
        if (!isRead && heard.length === 0) continue;
        seen.add(name);
        assert.ok(holdsMark(line, parser.marks!), `${name}: ${JSON.stringify(line)}`);
      }
      for (const wrapper of WRAPPERS) {
        const inside = wrapper.begins(line.charCodeAt(0)) ? wrapper.unwrap(line) : undefined;
        if (inside === undefined || (inside.kind === 'line' && inside.part === 'whole' && line.includes(inside.text)))
          continue;
        seen.add(wrapper.name);
        assert.ok(holdsMark(line, wrapper.marks ?? []), `${wrapper.name}: ${JSON.stringify(line)}`);
      }
    }
    if (options.field !== undefined) continue;
    for (const name of [
      'uwsgi',
      'gunicorn',
      'celery',
      'php-fpm',
      'json',
      'ltsv',
      'logfmt',
      'lambda',
      'cri',
      'syslog',
      'docker-json',
    ])
      assert.ok(seen.has(name), `no line of ${name}`);
  }
});

test('every name of a memory figure holds one of the words', () => {
  for (const name of Object.values(MEMORY_NAMES).flat())
    for (const place of ['', ...MEMORY_PLACES.map((place) => `${place}.`)])
      assert.ok(
        MEMORY_WORDS.some((word) => `${place}${name}`.includes(word)),
        `${place}${name}`,
      );
});

test('lines are passed over up to the first that holds a mark', () => {
  const random = seededRandom(4);
  const parsers = parsersFor().parsers.map(({ parser }) => parser);
  const whole = marksOf(parsers, WRAPPERS)!;
  const marks = whole.map((mark) => (typeof mark === 'string' ? comparedText(mark).text : mark));
  const texts = whole.filter((mark) => typeof mark === 'string');
  const memory = new ScanMemory();
  const lines = OtherLines.of(memory, parsers, WRAPPERS, 2000)!;
  for (let round = 0; round < 6000; round++) {
    const list = Array.from({ length: 1 + random.integer(6) }, () => {
      const line = lineOf(random, () => SEEDS[random.integer(SEEDS.length)]!, texts);
      return line.replaceAll('\n', ' ').slice(0, random.integer(3) === 0 ? random.integer(40) : 3000);
    });
    const chunk = Buffer.from(`${list.join('\n')}\n`);
    memory.forgetChunk();
    const passed = lines.pass(chunk, 0);
    const expected = list.findIndex((line) => Buffer.byteLength(line) > 2000 || holdsMark(line, marks));
    const most = expected < 0 ? list.length : expected;
    assert.ok(passed <= most, `${passed} of ${JSON.stringify(list)}`);
    // Fewer only where much in a line looks like the beginning of a mark.
    if (passed < most) assert.ok(list[passed]!.length > 64, `only ${passed} of ${JSON.stringify(list)}`);
    assert.equal(
      lines.end,
      Buffer.byteLength(
        list
          .slice(0, passed)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
  }
});

test("an application's lines are passed over", () => {
  const random = seededRandom(5);
  const both = new BothWays();
  for (let i = 0; i < 1000; i++) both.write(Buffer.from(`${applicationLine(random)}\n${applicationLine(random)}\n`));
  assert.ok(both.plainLines > 1900, `${both.plainLines} of 2000`);
});

test('a pattern of the user switches it off', () => {
  const parsers = parsersFor({ pattern: ['(?<uri>\\S+) (?<rss>\\d+)'] }).parsers.map(({ parser }) => parser);
  assert.equal(marksOf(parsers, WRAPPERS), undefined);
});
