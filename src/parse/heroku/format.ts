import type { Format } from '../format.ts';

/**
 * What Heroku's log-runtime-metrics writes every 20 seconds: the memory of a whole dyno, behind which no request stands. It is
 * recognised so that the report can say so.
 */
export const herokuMetrics: Format = {
  name: 'heroku-metrics',
  recognisedBy: '"sample#memory_rss=…MB" of log-runtime-metrics',
  isAvailable: () => true,
  create: ({ sink }) => ({
    marks: ['sample#memory_'],
    line: (text) => {
      if (
        !text.includes('sample#memory_') ||
        !/(?:^|\s)source=\S{1,200} (?:.{0,400} )?sample#memory_(?:total|rss)=[\d.]+MB/.test(text)
      )
        return false;
      sink.event({ kind: 'dyno-sample' });
      sink.otherLine();
      return true;
    },
  }),
};
