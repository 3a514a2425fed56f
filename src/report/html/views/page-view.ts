/** The whole page as it is without script. */
import type { RouteReport } from '../../report.ts';
import { type Element, h } from '../element.ts';
import type { PageData } from '../page-data.ts';
import { answerView } from './answer-view.ts';
import { inputsView } from './inputs-view.ts';
import { routeView } from './route-view.ts';
import { routesView } from './routes-view.ts';
import { workersView } from './workers-view.ts';

export function pageView(data: PageData, selected: RouteReport | undefined): Element {
  const { tool, routes } = data.report;
  return h(
    'main',
    {},
    answerView(data),
    routes.length > 0
      ? h('div', { class: 'evidence' }, routesView(data, selected?.route), routeView(data, selected))
      : undefined,
    workersView(data),
    inputsView(data),
    h('footer', {}, `${tool.name} ${tool.version}`),
  );
}

/** The route whose evidence is shown first. */
export function firstChoice({ report: { routes } }: PageData): RouteReport | undefined {
  return routes.find(({ verdict }) => verdict === 'leak') ?? routes[0];
}
