/**
 * The word for what a memory figure measures; see proc(5) for RSS and PSS, uWSGI's memory-report for which are logged. `heap`:
 * what the program holds within its process, by its language's own count.
 */
export type Metric = 'rss' | 'uss' | 'pss' | 'vsz' | 'heap';
