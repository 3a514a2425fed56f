/**
 * The commands beside the main one, a line each. A command's module is loaded when it is used, so that it costs the others
 * nothing.
 */
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Surroundings } from './surroundings.ts';

export interface CommandModule {
  /** A fresh commander program with the command's arguments and options: its help, completion and manual come from it. */
  program: () => CommandUnknownOpts;
  /** Reads `surroundings.args`, which no longer hold the command's name. @returns the exit status. */
  run: (surroundings: Surroundings) => Promise<number>;
}

export interface CommandEntry {
  name: string;
  /** For the help of the main command. */
  summary: string;
  load: () => Promise<CommandModule>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'inspect',
    summary: 'what was understood of a log, and what it lacks',
    load: () => import('./inspect-command.ts'),
  },
  {
    name: 'routes',
    summary: 'the routes found in a log, as rules to edit',
    load: () => import('./routes-command.ts'),
  },
  {
    name: 'watch',
    summary: 'the report live, on a terminal or in a browser',
    load: () => import('./watch-command.ts'),
  },
  { name: 'compare', summary: 'what changed between two logs', load: () => import('./compare-command.ts') },
  {
    name: 'collect',
    summary: 'keeps what a log says as a small file',
    load: () => import('./collect-command.ts'),
  },
  {
    name: 'merge',
    summary: 'the report on what was collected on many hosts',
    load: () => import('./merge-command.ts'),
  },
  {
    name: 'clickhouse',
    summary: 'the report on a log in ClickHouse',
    load: () => import('./clickhouse-command.ts'),
  },
  {
    name: 'advise',
    summary: 'restart settings that hold until a leak is fixed',
    load: () => import('./advise-command.ts'),
  },
  {
    name: 'instrument',
    summary: 'what makes a server log its memory, to copy',
    load: () => import('./instrument-command.ts'),
  },
  {
    name: 'init',
    summary: 'writes a configuration file, prints jobs for CI',
    load: () => import('./init-command.ts'),
  },
  {
    name: 'completion',
    summary: 'makes bash, zsh or fish complete commands and options',
    load: () => import('./completion-command.ts'),
  },
];
