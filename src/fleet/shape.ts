/** The options that shape evidence: with others it would hold other figures, so evidence that is added must agree in them. */
import { UserError } from '../errors.ts';
import type { Options } from '../options.ts';
import type { Selection } from '../select.ts';

export interface Shape {
  metric: Options['metric'] | null;
  group: boolean;
  maxRoutes: number;
  /** The rules that name routes, and what splits them, as text. */
  rules: readonly string[];
  by: readonly string[];
  /** As in {@link Selection}; null: not limited. */
  since: number | null;
  until: number | null;
  statuses: Selection['statuses'];
  methods: readonly string[];
}

/** Where the user sets each. */
const FLAGS: Record<keyof Shape, string> = {
  metric: '--metric',
  group: '--no-group',
  maxRoutes: '--max-routes',
  rules: '--route or --routes-from',
  by: '--by',
  since: '--since',
  until: '--until',
  statuses: '--status',
  methods: '--method',
};

export function shapeOf({ metric, group, maxRoutes, rules, by, selection }: Options): Shape {
  const { since, until, statuses, methods } = selection;
  return {
    metric: metric ?? null,
    group,
    maxRoutes,
    rules: rules.all.map(({ name, text }) => `${text} => ${name}`),
    by: [
      ...(['method', 'status', 'host'] as const).filter((key) => by[key]),
      ...by.query.map((name) => `query:${name}`),
    ],
    since: since ?? null,
    until: until ?? null,
    statuses: [...statuses].sort(([a, x], [b, y]) => a - b || x - y),
    methods: [...methods].sort(),
  };
}

/** The options of a report on evidence of this shape. */
export function shaped(options: Options, shape: Shape): Options {
  return {
    ...options,
    metric: shape.metric ?? undefined,
    group: shape.group,
    maxRoutes: shape.maxRoutes,
    selection: {
      ...options.selection,
      since: shape.since ?? undefined,
      until: shape.until ?? undefined,
      statuses: shape.statuses,
      methods: shape.methods,
    },
  };
}

/** @throws UserError naming the first option in which they differ. */
export function refuseOtherShape(first: { shape: Shape; name: string }, second: { shape: Shape; name: string }): void {
  for (const [key, flag] of Object.entries(FLAGS) as [keyof Shape, string][]) {
    if (JSON.stringify(first.shape[key]) === JSON.stringify(second.shape[key])) continue;
    const advice =
      key === 'since' || key === 'until' ? `the same ${flag}, as a time and not as 2h` : `the same ${flag}`;
    throw new UserError(
      `${first.name} and ${second.name} were collected with different ${flag}; collect both with ${advice}`,
    );
  }
}
