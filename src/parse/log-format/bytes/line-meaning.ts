/** Which fields of a log format the reading of its lines is made of. */
import type { Field, Meaning, MemoryMeaning } from '../piece.ts';

export interface FigurePlace {
  field: number;
  meaning: MemoryMeaning;
  /** The same in whole MiB, beside one that went through 32 bits. */
  wholeMib: number | undefined;
}

/** Numbers of fields; undefined for what the format does not say. */
export interface LineMeaning {
  pid: number | undefined;
  core: number | undefined;
  status: number | undefined;
  time: number | undefined;
  host: number | undefined;
  route: number | undefined;
  method: number | undefined;
  uri: number | undefined;
  requestLine: number | undefined;
  rss: FigurePlace | undefined;
  vsz: FigurePlace | undefined;
  uss: FigurePlace | undefined;
  pss: FigurePlace | undefined;
  heap: FigurePlace | undefined;
}

const MIB = 2 ** 20;

/** @returns undefined when a reading takes more than one field for each thing: then record-reader.ts makes it. */
export function lineMeaningOf(fields: readonly Field[]): LineMeaning | undefined {
  let isSimple = true;
  const refuse = (): undefined => {
    isSimple = false;
  };
  const all = (is: Meaning['is']) => fields.flatMap(({ meaning }, i) => (meaning.is === is ? [i] : []));
  const only = (is: Meaning['is']) => (all(is).length > 1 ? refuse() : all(is)[0]);
  const figure = (metric: MemoryMeaning['metric']): FigurePlace | undefined => {
    const found = fields.flatMap(({ meaning }, field) =>
      meaning.is === 'memory' && meaning.metric === metric ? [{ field, meaning }] : [],
    );
    const [first] = found;
    if (first === undefined) return undefined;
    if (found.some(({ meaning }) => meaning.isDelta || meaning.slot !== null)) return refuse();
    const narrow = found.find(({ meaning }) => meaning.isInt32);
    if (narrow === undefined) return found.length === 1 ? { ...first, wholeMib: undefined } : refuse();
    const [whole, ...others] = found.filter((other) => other !== narrow);
    const isPair = whole === undefined || (whole.meaning.unitBytes === MIB && !whole.meaning.isInt32);
    return isPair && others.length === 0 ? { ...narrow, wholeMib: whole?.field } : refuse();
  };
  const numeric = (field: number | undefined) =>
    field === undefined || ['integer', 'angled'].includes(fields[field]!.shape) ? field : refuse();
  const uris = [...all('uri'), ...all('path')];
  const meaning: LineMeaning = {
    pid: numeric(only('pid')),
    core: numeric(only('core')),
    status: numeric(only('status')),
    time: only('time'),
    host: only('host'),
    route: only('route'),
    method: only('method'),
    uri: uris[0],
    requestLine: only('request-line'),
    rss: figure('rss'),
    vsz: figure('vsz'),
    uss: figure('uss'),
    pss: figure('pss'),
    heap: figure('heap'),
  };
  if (uris.length + all('request-line').length !== 1 || all('query').length > 0) refuse();
  if (meaning.pid === undefined && all('slot').length + all('worker').length > 0) refuse();
  const { rss, vsz, uss, pss, heap } = meaning;
  if (!(rss || vsz || uss || pss || heap)) refuse();
  return isSimple ? meaning : undefined;
}
