/**
 * Lines that hold a request but not as a plain line does: damaged ones, two records in one line, records behind output without a
 * newline or cut at 4096 bytes. They are few; they are read here, as streaming reads them, and given to SQL as rows.
 */

import { Unwrapper } from '../lines/unwrap/unwrapper.ts';
import { WRAPPERS } from '../lines/unwrap/wrappers.ts';
import type { Metric, Reading } from '../parse/reading.ts';
import { ABSENT } from '../parse/reading.ts';
import { UwsgiParser } from '../parse/uwsgi/parser.ts';
import { ScanMemory } from '../wasm/scan-memory.ts';
import { type Row, textOf } from './engine.ts';
import { KINDS } from './rows-sql.ts';
import { literal } from './sql.ts';

const LONGEST = 2 ** 20;

export interface OddLines {
  /** Of the columns ODD_COLUMNS, as they stand in VALUES. */
  rows: string[];
  /** How many lines there were, and of the records in them those that are damaged and that are no requests. */
  lines: number;
  malformed: number;
  others: number;
  /** Where the rows' shapes were written. */
  origins: Map<string, string>;
}

export const ODD_COLUMNS = {
  kind: 'UInt8',
  shape: 'String',
  pid: 'String',
  app: 'Int64',
  own: 'Int64',
  total: 'Int64',
  core: 'Int64',
  bytes: 'Int64',
  method: 'String',
  status: 'Int64',
  uri: 'String',
  time: 'Nullable(Int64)',
  ord: 'String',
} as const;

/** @param telling rows with `line` and `ord`. */
export function readOddLines(telling: readonly Row[], metric: Metric): OddLines {
  const odd: OddLines = { rows: [], lines: 0, malformed: 0, others: 0, origins: new Map() };
  const unwrapper = new Unwrapper(WRAPPERS, LONGEST);
  let [shape, ord] = ['', ''];
  const keep = (reading: Reading, kind: number) => {
    odd.rows.push(rowOf(reading, { kind, shape, ord, metric }));
  };
  const parser = new UwsgiParser(
    new ScanMemory(),
    {
      reading: (reading) => keep(reading, reading.hasUri ? KINDS.request : KINDS.withoutUri),
      tornReading(reading) {
        odd.malformed++;
        keep(reading, KINDS.torn);
      },
      malformed() {
        odd.malformed++;
      },
      otherLine() {
        odd.others++;
      },
      event() {},
    },
    LONGEST,
  );
  for (const row of telling) {
    const line = textOf(row, 'line');
    if (!line.includes('[pid: ') && !line.includes(' => generated ')) continue;
    odd.lines++;
    const [peeled] = unwrapper.peel(line);
    const layer = peeled?.kind === 'layers' ? peeled.layers[0] : undefined;
    // No line begins so: it is none of those that SQL finds.
    shape = layer === undefined || layer.origin === '' ? '' : `\u0001${layer.origin}`;
    if (layer !== undefined && shape !== '') odd.origins.set(shape, layer.origin);
    ord = textOf(row, 'ord');
    if (!parser.line(layer?.text ?? line, 1)) odd.others++;
  }
  return odd;
}

function rowOf(
  reading: Reading,
  { kind, shape, ord, metric }: { kind: number; shape: string; ord: string; metric: Metric },
): string {
  const uri = reading.hasUri && kind !== KINDS.torn ? reading.uri() : '';
  const method = reading.hasUri && kind !== KINDS.torn ? reading.method() : '';
  const values = [
    kind,
    literal(shape),
    literal(String(reading.pid)),
    reading.app,
    reading.ownCount,
    reading.totalCount,
    reading.core,
    reading.memory(metric),
    literal(method),
    reading.status,
    literal(uri),
    reading.time === ABSENT ? 'NULL' : reading.time,
    literal(ord),
  ];
  return `(${values.join(', ')})`;
}
