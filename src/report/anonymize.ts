/**
 * A report that can be shown to others: no paths as they came, no values of queries, no names of hosts, files or their folders.
 * Routes keep their words, which are the application's; pids stay.
 */
import type { GrowthReport, Report, RouteReport } from './report.ts';

/** A route's name as keys.ts makes it: method, path, query, status, host. */
const KEYED = /^((?:[A-Z]+ )?[^ ?]*)(?:\?([^ ]*))?( \d{3})?(?: @(.*))?$/;

export function anonymize(report: Report): Report {
  const hosts = new Map<string, string>();
  const values = new Map<string, string>();
  const inputs = new Map(report.inputs.map(({ name }, i) => [name, `input ${i + 1}`]));
  const aliasOf = (aliases: Map<string, string>, kind: string, text: string) => {
    const alias = aliases.get(text) ?? `${kind}${aliases.size + 1}`;
    aliases.set(text, alias);
    return alias;
  };
  const worker = (name: string) => {
    const slash = name.lastIndexOf('/');
    return slash < 0 ? name : `${aliasOf(hosts, 'host', name.slice(0, slash))}${name.slice(slash)}`;
  };
  const query = (text: string) =>
    text
      .split('&')
      .map((part) => part.replace(/=(.*)$/, (_, value: string) => `=${aliasOf(values, 'value', value)}`))
      .join('&');
  const routeName = (name: string) => {
    const found = KEYED.exec(name);
    if (!found) return name;
    const [, path = '', asked, status = '', host] = found;
    const shown = asked === undefined ? '' : `?${query(asked)}`;
    return `${path}${shown}${status}${host === undefined ? '' : ` @${aliasOf(hosts, 'host', host)}`}`;
  };
  /** Of sentences that name routes, workers or inputs. */
  const renamed: [string, string][] = [
    ...report.routes.map(({ route }): [string, string] => [route, routeName(route)]),
    ...report.workers.map((one): [string, string] => [one.worker, worker(one.worker)]),
    ...inputs,
  ].filter(([old, now]) => old !== now);
  renamed.sort(([a], [b]) => b.length - a.length);
  const sentence = (text: string) => renamed.reduce((all, [old, now]) => all.replaceAll(old, now), text);
  const growth = (one: GrowthReport, route: string): GrowthReport => ({
    ...one,
    file: inputs.get(one.file) ?? 'input',
    uri: route,
    worker: worker(one.worker),
  });
  const routeReport = (one: RouteReport): RouteReport => {
    const route = routeName(one.route);
    const { split } = one;
    const hidden: RouteReport['split'] =
      split?.by === 'query'
        ? { ...split, value: query(split.value), except: split.except && query(split.except) }
        : split;
    let reason = sentence(one.reason);
    if (split?.by === 'query' && hidden) {
      if (split.value !== '') reason = reason.replaceAll(split.value, hidden.value);
      if (split.except) reason = reason.replaceAll(split.except, hidden.except ?? '');
    }
    const largestGrowth = one.largestGrowth && growth(one.largestGrowth, route);
    return { ...one, route, reason, largestGrowth, examples: [], split: hidden };
  };
  const { explanation, series } = report;
  return {
    ...report,
    inputs: report.inputs.map((input) => ({ ...input, name: inputs.get(input.name) ?? 'input' })),
    routes: report.routes.map(routeReport),
    workers: report.workers.map((one) => ({ ...one, worker: worker(one.worker) })),
    gates: report.gates.map((gate) => ({
      ...gate,
      routes: gate.routes.map(routeName),
      undecidedRoutes: gate.undecidedRoutes.map(routeName),
      workers: gate.workers.map(worker),
      message: sentence(gate.message),
    })),
    // These name files of the server's configuration.
    warnings: report.warnings.map(({ code, message }) =>
      code === 'config-includes'
        ? { code, message: "A remark on the server's configuration is left out here." }
        : { code, message: sentence(message) },
    ),
    ...(explanation && {
      explanation: {
        ...explanation,
        route: routeName(explanation.route),
        workers: explanation.workers.map((one) => ({ ...one, worker: worker(one.worker) })),
        largestGrowths: explanation.largestGrowths.map((one) => growth(one, routeName(explanation.route))),
      },
    }),
    ...(series && {
      series: {
        workers: series.workers.map((one) => ({ ...one, worker: worker(one.worker) })),
        routes: series.routes.map((one) => ({ ...one, route: routeName(one.route) })),
      },
    }),
  };
}
