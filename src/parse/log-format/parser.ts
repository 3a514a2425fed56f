/** Reads the lines of the formats that --log-format or a configuration gave. */
import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import type { ScanMemory } from '../../wasm/scan-memory.ts';
import type { FormatContext, FormatParser, RepeatedParser } from '../format.ts';
import type { LogSink } from '../log-sink.ts';
import { ABSENT, Reading } from '../reading.ts';
import { PlainLogFormat } from './bytes/plain-log-format.ts';
import type { LogFormat } from './compile.ts';
import { splitRecords } from './glued-records.ts';

/** Pids that were on lines beyond doubt; a server has few at a time. */
const MOST_KNOWN_PIDS = 4096;

/** A text that stands on each of its lines; undefined where it has none that says something. */
function markOf({ template, isEndless }: LogFormat): Mark | undefined {
  if (isEndless) return undefined;
  const texts = template.literals.filter((text) => /^[\x20-\x7e]{2,}$/.test(text));
  return texts.reduce<string | undefined>(
    (best, text) => (best && best.length >= text.length ? best : text),
    undefined,
  );
}

type Outcome = 'read' | 'doubtful' | 'other';

export class LogFormatParser implements FormatParser {
  readonly #memory: ScanMemory;
  readonly #sink: LogSink;
  /** First the one that read the last line. */
  #formats: LogFormat[];
  readonly #given: readonly LogFormat[];
  readonly #reading = new Reading();
  #knownPids = new Set<number>();
  readonly repeated: RepeatedParser;
  readonly marks?: readonly Mark[];

  constructor({ memory, sink, maxLineLength }: FormatContext, formats: readonly LogFormat[]) {
    this.repeated = new PlainLogFormat(memory, sink, maxLineLength, {
      reader: () => this.#formats[0]?.bytes,
      remember: (pid) => this.#remember(pid),
    });
    this.#memory = memory;
    this.#sink = sink;
    this.#given = formats;
    this.#formats = [...formats];
    const marks = formats.map(markOf);
    if (marks.every((mark) => mark !== undefined)) this.marks = marks;
  }

  line(line: string, lineNumber: number): boolean {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    let outcome: Outcome = 'other';
    for (const [i, format] of this.#formats.entries()) {
      const records = splitRecords(format, text);
      if (records) {
        for (const record of records) this.#count(this.#read(format, record), lineNumber);
        return true;
      }
      const result = this.#read(format, text);
      if (result === 'read') {
        this.#formats.splice(i, 1);
        this.#formats.unshift(format);
      }
      if (result !== 'other') outcome = result;
      if (outcome === 'read') break;
    }
    if (outcome === 'other') return false;
    this.#count(outcome, lineNumber);
    return true;
  }

  transfer(archive: Archive): void {
    const order = archive.value(this.#formats.map((format) => this.#given.indexOf(format)));
    this.#formats = order.map((place) => this.#given[place]!);
    this.#knownPids = archive.value(this.#knownPids);
  }

  #count(outcome: Outcome, lineNumber: number): void {
    if (outcome === 'read') this.#sink.reading(this.#reading, lineNumber);
    else if (outcome === 'doubtful') this.#sink.malformed(lineNumber);
    else this.#sink.otherLine();
  }

  /** Fills the reading where there is one reading of the line, or one that is better than the others. */
  #read({ template, reader }: LogFormat, text: string): Outcome {
    const splits = template
      .read(text)
      .filter(({ spans }) => reader.fill(this.#reading, this.#memory, text, spans))
      .map((split) => ({ ...split, pid: reader.pid(text, split.spans), essence: reader.essence(text, split.spans) }));
    const [first] = splits;
    if (!first) return 'other';
    const isSure = splits.every(({ essence }) => essence === first.essence);
    const chosen = isSure ? first : this.#likeliest(splits);
    if (!chosen) return 'doubtful';
    if (chosen !== splits.at(-1)) reader.fill(this.#reading, this.#memory, text, chosen.spans);
    if (isSure) this.#remember(this.#reading.pid);
    return 'read';
  }

  /** The one way to take the line apart that looks right, unless others name a known worker and this one does not. */
  #likeliest<T extends { oddities: number; pid: number }>(splits: readonly T[]): T | undefined {
    const known = splits.filter(({ pid }) => this.#knownPids.has(pid));
    const plain = splits.filter(({ oddities }) => oddities === 0);
    if (known.length === 1 && (plain.length === 0 || plain.includes(known[0]!))) return known[0];
    if (plain.length !== 1) return undefined;
    return known.length === 0 || known.includes(plain[0]!) ? plain[0] : undefined;
  }

  #remember(pid: number): void {
    if (pid !== ABSENT && this.#knownPids.size < MOST_KNOWN_PIDS) this.#knownPids.add(pid);
  }
}
