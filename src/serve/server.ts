/**
 * The report for browsers and programs on this machine: the page, live over server-sent events, the JSON, and metrics for
 * Prometheus. It only answers, whatever is asked: nothing can be changed through it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../errors.ts';
import { jsonForHtml, page } from '../report/html/html.ts';
import { pageData } from '../report/html/page-data.ts';
import { printJson } from '../report/json.ts';
import { printPrometheus } from '../report/prometheus.ts';
import type { Report } from '../report/report.ts';
import type { UnitSystem } from '../term/units.ts';
import { type Address, isOwnHost, urlOf } from './address.ts';
import { LIVE_SCRIPT } from './live-script.ts';

/** Pages that are open at a time. */
const MOST_LISTENERS = 64;
/** So that proxies and browsers do not take a quiet log for a dead one; milliseconds. */
const HEARTBEAT = 15_000;
const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export class ReportServer {
  readonly #server: Server;
  readonly #units: UnitSystem;
  readonly #listeners = new Set<ServerResponse>();
  #address: Address;
  #report: Report | undefined;
  /** Requests that wait for the first report. */
  #waiting: (() => void)[] = [];
  readonly #heart: NodeJS.Timeout;

  private constructor(address: Address, units: UnitSystem) {
    this.#address = address;
    this.#units = units;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#heart = setInterval(() => this.#send(': quiet\n\n'), HEARTBEAT);
    this.#heart.unref();
  }

  /** @throws UserError when nothing can listen there. */
  static async start(address: Address, units: UnitSystem): Promise<ReportServer> {
    const server = new ReportServer(address, units);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new UserError(`--serve: ${urlOf(address)} cannot be used (${error.code}); name another address or port`),
        ),
      );
      server.#server.listen(address.port, address.host, resolve);
    });
    server.#address = { ...address, port: (server.#server.address() as AddressInfo).port };
    return server;
  }

  get url(): string {
    return urlOf(this.#address);
  }

  show(report: Report): void {
    this.#report = report;
    for (const proceed of this.#waiting.splice(0)) proceed();
    if (this.#listeners.size > 0) this.#send(`data: ${jsonForHtml(this.#data(report))}\n\n`);
  }

  /** Ends what is open, and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#heart);
    for (const proceed of this.#waiting.splice(0)) proceed();
    for (const listener of this.#listeners) listener.end();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    setTimeout(() => this.#server.closeAllConnections(), 500).unref();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host, this.#address))
      return reply(request, response, 421, 'text/plain', 'This server answers for its own address only.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return reply(request, response, 405, 'text/plain', 'Nothing can be changed here.\n');
    }
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const make = Object.hasOwn(this.#pages, path) ? this.#pages[path] : undefined;
    if (!make && path !== '/events') return reply(request, response, 404, 'text/plain', 'There is no such page.\n');
    if (!this.#report) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!this.#report) return reply(request, response, 503, 'text/plain', 'It has stopped.\n');
    if (!make) return this.#listen(request, response, this.#report);
    const { type, body } = make(this.#report);
    return reply(request, response, 200, type, body);
  }

  readonly #pages: Readonly<Record<string, (report: Report) => { type: string; body: string }>> = {
    '/': (report) => ({ type: 'text/html', body: page(this.#data(report), ["'self'"], LIVE_SCRIPT) }),
    '/report.json': ({ series, ...report }) => ({ type: 'application/json', body: printJson(report) }),
    '/metrics': (report) => ({
      type: 'text/plain; version=0.0.4',
      body: printPrometheus(report),
    }),
  };

  #listen(request: IncomingMessage, response: ServerResponse, report: Report): void {
    if (this.#listeners.size >= MOST_LISTENERS) {
      reply(request, response, 503, 'text/plain', `${MOST_LISTENERS} pages are open already.\n`);
      return;
    }
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    response.write(`retry: 2000\n\ndata: ${jsonForHtml(this.#data(report))}\n\n`);
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
  }

  #send(text: string): void {
    // Who reads more slowly than reports come gets a later one.
    for (const listener of this.#listeners) if (!listener.writableNeedDrain) listener.write(text);
  }

  #data(report: Report) {
    return pageData(report, this.#units);
  }
}

function reply(request: IncomingMessage, response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
