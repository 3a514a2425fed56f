/** The fields that a request line may hold, each with the way to show it. */
import { ABSENT, type Reading } from '../parse/reading.ts';

export interface Field {
  name: string;
  /** What it is good for, in a few words. */
  meaning: string;
  /** Whether a reading has it. */
  isIn: (reading: Reading) => boolean;
  /** The value as text; asked once per field. */
  show: (reading: Reading, origin: string) => string;
}

const number = (name: string, meaning: string, value: (reading: Reading) => number): Field => ({
  name,
  meaning,
  isIn: (reading) => value(reading) !== ABSENT,
  show: (reading) => String(value(reading)),
});

export const FIELDS: readonly Field[] = [
  number('pid', 'the process', ({ pid }) => pid),
  {
    name: 'worker name',
    meaning: 'the process, without a pid',
    isIn: ({ workerName }) => workerName !== '',
    show: ({ workerName }) => workerName,
  },
  {
    name: 'origin',
    meaning: 'host or container, whose pids are its own',
    isIn: ({ origin }) => origin !== 0,
    show: (_, origin) => origin,
  },
  {
    name: 'time',
    meaning: 'for --since, --until and the span',
    isIn: ({ time }) => time !== ABSENT,
    show: ({ time }) => new Date(time).toISOString().replace('Z', ''),
  },
  {
    name: 'zone',
    meaning: 'times of several hosts compare',
    isIn: ({ time, zoned }) => time !== ABSENT && zoned,
    show: () => 'UTC',
  },
  {
    name: 'method',
    meaning: 'for --method',
    isIn: ({ hasUri, methodEnd, methodStart }) => hasUri && methodEnd > methodStart,
    show: (reading) => reading.method(),
  },
  { name: 'uri', meaning: 'the route', isIn: ({ hasUri }) => hasUri, show: (reading) => reading.uri() },
  {
    name: 'route name',
    meaning: 'the route, by the name the line gives',
    isIn: ({ routeName }) => routeName !== '',
    show: ({ routeName }) => routeName,
  },
  number('status', 'for --status', ({ status }) => status),
  number('rss', 'memory, in bytes', ({ rssBytes }) => rssBytes),
  number('vsz', '--metric vsz', ({ vszBytes }) => vszBytes),
  number('uss', '--metric uss', ({ ussBytes }) => ussBytes),
  number('pss', '--metric pss', ({ pssBytes }) => pssBytes),
  number('heap', '--metric heap', ({ heapBytes }) => heapBytes),
  {
    name: 'delta',
    meaning: 'memory, as a change per request',
    isIn: ({ deltaBytes }) => !Number.isNaN(deltaBytes),
    show: ({ deltaBytes }) => String(deltaBytes),
  },
  number('own counter', 'shows requests that were not logged', ({ ownCount }) => ownCount),
  number('total counter', 'shows restarts of the server', ({ totalCount }) => totalCount),
  number('core', 'the thread: requests overlap above 0', ({ core }) => core),
];
