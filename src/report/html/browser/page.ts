/**
 * The page when script runs: sorting, searching, choosing a route or a worker, zooming. It keeps what was chosen when it is
 * given another report.
 */
import type uPlot from 'uplot';
import { plural } from '../../../term/units.ts';
import type { RouteReport, Verdict } from '../../report.ts';
import type { PageData } from '../page-data.ts';
import { firstChoice, pageView } from '../views/page-view.ts';
import { routeView } from '../views/route-view.ts';
import {
  filteredRoutes,
  type RouteFilter,
  type RouteOrder,
  routeRows,
  routesHead,
  type SortKey,
} from '../views/routes-view.ts';
import { zoom, zoomOut } from './chart.ts';
import { byId, toDom } from './dom.ts';
import { drawRoute } from './route-chart.ts';
import { drawWorkers, type WorkerChartChoice } from './worker-chart.ts';

/** Columns in which the largest comes first. */
const FALLING = new Set<SortKey>(['leaked', 'perCall', 'calls', 'triggered', 'largest']);

export class Page {
  #data: PageData;
  #order: RouteOrder = { key: 'rank', descending: false };
  #filter: RouteFilter = { search: '', verdict: 'all' };
  #route: string | undefined;
  readonly #workers: WorkerChartChoice = { oneAfterAnother: true, chosen: undefined };
  #workerChart: uPlot | undefined;
  #routeChart: uPlot | undefined;

  /** Takes over the page as it was loaded, which shows the same data. */
  constructor(data: PageData) {
    this.#data = data;
    this.#route = firstChoice(data)?.route;
    this.#workers.oneAfterAnother = data.report.totals.restarts > 0;
    this.#showControls();
    document.documentElement.classList.add('script');
    document.addEventListener('click', (event) => this.#click(event));
    document.addEventListener('input', (event) => this.#input(event));
    document.addEventListener('submit', (event) => event.preventDefault());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#drawCharts());
    this.#drawCharts();
  }

  /** Shows another report in place of this one. */
  update(data: PageData): void {
    this.#data = data;
    const focused = document.activeElement?.id;
    document.querySelector('main')!.replaceWith(toDom(pageView(data, this.#chosenRoute())));
    this.#showControls();
    this.#showRoutes();
    this.#drawCharts();
    if (focused) document.getElementById(focused)?.focus();
  }

  /** The controls say what is chosen. */
  #showControls(): void {
    const search = document.getElementById('search');
    if (search instanceof HTMLInputElement) search.value = this.#filter.search;
    const choose = (id: string, value: string) => {
      const control = document.getElementById(id);
      if (control instanceof HTMLSelectElement) control.value = value;
    };
    choose('verdict', this.#filter.verdict);
    choose('lives', this.#workers.oneAfterAnother ? 'after' : 'over');
  }

  #chosenRoute(): RouteReport | undefined {
    return this.#data.report.routes.find(({ route }) => route === this.#route) ?? firstChoice(this.#data);
  }

  #click(event: Event): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const button =
      target?.closest('button') ?? target?.closest('tbody tr')?.querySelector<HTMLElement>('button.choose');
    if (!button) return;
    const { sort, route, worker } = button.dataset;
    if (sort !== undefined) this.#sort(sort as SortKey);
    else if (route !== undefined) this.#chooseRoute(Number(route));
    else if (worker !== undefined) this.#chooseWorker(worker);
    else if (!this.#workerChart) return;
    else if (button.id === 'zoom-in') zoom(this.#workerChart, 0.5);
    else if (button.id === 'zoom-out') zoom(this.#workerChart, 2);
    else if (button.id === 'zoom-reset') zoomOut(this.#workerChart);
  }

  #input({ target }: Event): void {
    if (target instanceof HTMLInputElement && target.id === 'search') this.#filter.search = target.value;
    else if (target instanceof HTMLSelectElement && target.id === 'verdict')
      this.#filter.verdict = target.value as Verdict | 'all';
    else if (target instanceof HTMLSelectElement && target.id === 'lives') {
      this.#workers.oneAfterAnother = target.value === 'after';
      this.#drawWorkerChart();
      return;
    } else return;
    this.#showRoutes();
  }

  #sort(key: SortKey): void {
    const same = this.#order.key === key;
    this.#order = { key, descending: same ? !this.#order.descending : FALLING.has(key) };
    this.#showRoutes();
    // The button that was used is another one now.
    document.querySelector<HTMLElement>(`button[data-sort="${key}"]`)?.focus();
  }

  #chooseRoute(rank: number): void {
    this.#route = this.#data.report.routes.find((route) => route.rank === rank)?.route;
    this.#showRoutes();
    document.querySelector<HTMLElement>(`button[data-route="${rank}"]`)?.focus({ preventScroll: true });
    byId('route', HTMLElement).replaceWith(toDom(routeView(this.#data, this.#chosenRoute())));
    this.#drawRouteChart();
  }

  #chooseWorker(worker: string): void {
    this.#workers.chosen = this.#workers.chosen === worker ? undefined : worker;
    for (const button of document.querySelectorAll<HTMLElement>('button[data-worker]')) {
      const chosen = button.dataset.worker === this.#workers.chosen;
      button.setAttribute('aria-pressed', String(chosen));
      button.closest('tr')?.classList.toggle('selected', chosen);
    }
    this.#drawWorkerChart();
  }

  #showRoutes(): void {
    const table = document.getElementById('route-table');
    if (!(table instanceof HTMLTableElement)) return;
    table.tHead!.replaceChildren(toDom(routesHead(this.#data, this.#order)));
    const rows = routeRows(this.#data, this.#order, this.#filter, this.#chosenRoute()?.route);
    table.tBodies[0]!.replaceChildren(...rows.map((row) => toDom(row)));
    const all = this.#data.report.routes.length;
    const shown = filteredRoutes(this.#data.report.routes, this.#order, this.#filter).length;
    byId('shown', HTMLElement).textContent =
      shown === all ? plural(all, 'route') : `${shown} of ${plural(all, 'route')}`;
  }

  #drawCharts(): void {
    this.#drawWorkerChart();
    this.#drawRouteChart();
  }

  #drawWorkerChart(): void {
    this.#workerChart?.destroy();
    const place = document.getElementById('worker-chart');
    const tell = (text: string) => {
      byId('cursor', HTMLElement).textContent = text;
    };
    this.#workerChart = place ? drawWorkers(place, this.#data, this.#workers, tell) : undefined;
  }

  #drawRouteChart(): void {
    this.#routeChart?.destroy();
    const place = document.getElementById('route-chart');
    const route = this.#chosenRoute();
    this.#routeChart = place && route ? drawRoute(place, this.#data, route.route) : undefined;
  }
}
