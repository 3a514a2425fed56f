/**
 * The registry: every wrapper and every format is here by itself. A format that needs options to be used has a line in
 * DESCRIBED, and whoever has lines that fixtures lack adds them to SEEDS.
 */
import assert from 'node:assert/strict';
import { Unwrapper } from '../../src/lines/unwrap/unwrapper.ts';
import type { Wrapper } from '../../src/lines/unwrap/wrapper.ts';
import { WRAPPERS } from '../../src/lines/unwrap/wrappers.ts';
import { type AnalyzeOptions, resolveOptions } from '../../src/options.ts';
import { FORMATS } from '../../src/parse/formats.ts';
import { Recognizer, type RecognizerSink } from '../../src/parse/recognizer.ts';
import { uwsgiMismatch } from '../../src/parse/uwsgi/mismatch.ts';
import { printable } from '../../src/term/text.ts';
import { ScanMemory } from '../../src/wasm/scan-memory.ts';
import { applicationLine } from '../support/application-lines.ts';
import { BothWays, damaged } from '../support/both-ways.ts';
import { formatWriter, LOG_FORMATS } from '../support/format-lines.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { jsonWriter } from '../support/repeated-lines.ts';
import { mutate } from './mutate.ts';
import { SEEDS } from './seeds.ts';
import type { FuzzTarget } from './target.ts';

const LONGEST = 2 ** 20;

/** Formats that only options make available: how their lines look, and a line. */
const DESCRIBED: { name: string; options: AnalyzeOptions; seeds: readonly string[] }[] = [
  {
    name: 'log-format of uWSGI',
    options: {
      logFormat: ['%(addr) - [%(ltime)] "%(method) %(uri) %(proto)" %(status) pid=%(pid) rss=%(rss) rssM=%(rssM)'],
    },
    seeds: ['127.0.0.1 - [23/Nov/2026:20:51:34 +0000] "GET /a?b=c HTTP/1.1" 200 pid=7 rss=11431936 rssM=10'],
  },
  {
    name: 'log-format in the shape of JSON',
    options: { logFormat: ['{"pid":%(pid),"uri":"%(uri)","rss":%(rss),"status":%(status)}'] },
    seeds: ['{"pid":7,"uri":"/a?b="c"","rss":11431936,"status":200}'],
  },
  {
    name: 'access log of gunicorn',
    options: { logFormat: ['%(h)s %(l)s %(t)s "%(r)s" %(s)s %(b)s <%(p)s> %({x-rss}o)s'] },
    seeds: ['127.0.0.1 - [23/Nov/2026:20:55:29 +0000] "GET /a HTTP/1.1" 200 5 <15807> 23633920'],
  },
  {
    name: 'pattern',
    options: {
      pattern: ['(?<time>\\S+) \\[(?<pid>\\d+)\\] (?<method>[A-Z]+) (?<uri>\\S+) (?<rss>[\\d.]+(?: ?[KMG]i?B)?)$'],
    },
    seeds: ['2026-11-23T20:55:29Z [15807] GET /a?b=1 23.5 MiB', '2026-11-23T20:55:29Z [15807] GET /a?b=1 23633920'],
  },
];

export function fuzzTargets(): FuzzTarget[] {
  return [
    ...WRAPPERS.map(wrapperTarget),
    nestedTarget(),
    ...FORMATS.filter(({ isExplicit }) => !isExplicit).map(({ name }) =>
      recognizerTarget(`format ${name}`, { input: name }, SEEDS),
    ),
    ...DESCRIBED.map(({ name, options, seeds }) => recognizerTarget(`format ${name}`, options, seeds)),
    recognizerTarget('all formats', {}, SEEDS),
    bothWaysTarget('bytes and text of NDJSON', (random) => ({ options: {}, line: jsonWriter(random) })),
    bothWaysTarget('bytes and text of other lines', (random) => ({ options: {}, line: () => applicationLine(random) })),
    bothWaysTarget('bytes and text of log formats', (random) => {
      const format = LOG_FORMATS[random.integer(LOG_FORMATS.length)]!;
      return { options: { logFormat: [format] }, line: formatWriter(format, random) };
    }),
    { name: 'mismatch of uwsgi', seeds: SEEDS, create: () => (text) => checkMismatch(text) },
    {
      name: 'text for terminals',
      seeds: SEEDS,
      create: () => (text) => assert.doesNotMatch(printable(text), /[\x00-\x1f\x7f-\x9f]/),
    },
  ];
}

function wrapperTarget(wrapper: Wrapper): FuzzTarget {
  return {
    name: `wrapper ${wrapper.name}`,
    seeds: SEEDS,
    create: () => (text) => {
      const inside = wrapper.unwrap(text);
      if (!inside || inside.kind === 'lost') return;
      const lines = inside.kind === 'lines' ? inside.lines : [inside];
      for (const line of lines) {
        assert.ok(Number.isFinite(line.time), `the time is ${line.time}`);
        assert.ok(line.text.length <= text.length && line.origin.length <= text.length, 'it holds more than the line');
      }
    },
  };
}

function nestedTarget(): FuzzTarget {
  return {
    name: 'wrappers in each other, pieces joined',
    seeds: SEEDS,
    create: () => {
      const unwrapper = new Unwrapper(WRAPPERS, LONGEST);
      return (text) => {
        for (const peeled of unwrapper.peel(text)) if (peeled.kind === 'layers') assert.ok(peeled.layers.length >= 1);
        assert.ok(unwrapper.unfinished <= 256);
      };
    },
  };
}

/** Every line ends in something that is counted. */
function recognizerTarget(name: string, options: AnalyzeOptions, seeds: readonly string[]): FuzzTarget {
  return {
    name,
    seeds,
    create: () => {
      let counted = 0;
      const count = () => void counted++;
      const origins = new Map<string, number>();
      const sink: RecognizerSink = {
        originOf: (origin) => {
          if (origins.size > 1000) origins.clear();
          if (!origins.has(origin)) origins.set(origin, origins.size);
          return origins.get(origin)!;
        },
        recognised: () => {},
        reading: (reading) => {
          counted++;
          assert.ok(!reading.hasUri || reading.uri().length >= 0);
          assert.ok(!Number.isNaN(reading.time) && !Number.isNaN(reading.rssBytes) && !Number.isNaN(reading.pid));
        },
        tornReading: count,
        malformed: count,
        otherLine: count,
        event: () => {},
      };
      const recognizer = new Recognizer(new ScanMemory(), sink, resolveOptions(options));
      return (text, lineNumber) => {
        recognizer.textLine(text, lineNumber);
        // At most one line is held back per stream, until its end comes.
        assert.ok(counted + 256 >= lineNumber, `${lineNumber} lines, ${counted} counted`);
      };
    },
  };
}

/** Lines of one log are alike; so many are of one before the next log begins. */
const LOG_LINES = 600;

/** Lines that are read as bytes where that is possible, between those of the fuzzer. */
function bothWaysTarget(
  name: string,
  log: (random: Random) => { options: AnalyzeOptions; line: () => string },
): FuzzTarget {
  return {
    name,
    seeds: SEEDS,
    create: () => {
      const random = seededRandom(13);
      let { options, line } = log(random);
      let both = new BothWays(options);
      return (text, lineNumber) => {
        if (lineNumber % LOG_LINES === 0) {
          ({ options, line } = log(random));
          both = new BothWays(options);
        }
        const own = mutate(line(), random.integer(2) === 0 ? text : line(), random);
        const lines = `${[line(), line(), own, line(), text, line()].join('\n')}\n`;
        both.write(random.integer(20) === 0 ? damaged(lines, random) : Buffer.from(lines));
      };
    },
  };
}

function checkMismatch(text: string): void {
  const found = uwsgiMismatch(text);
  if (found) assert.ok(found.column >= 0 && found.column <= text.length, `column ${found.column} of ${text.length}`);
}
