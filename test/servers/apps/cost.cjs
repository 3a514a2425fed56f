// What the Node snippets add to a request: microseconds of each, as JSON.
const { EventEmitter } = require('node:events');
const snippets = process.argv[2];
const CALLS = 5000;

function microseconds(call) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const begun = process.hrtime.bigint();
    for (let i = 0; i < CALLS; i++) call();
    best = Math.min(best, Number(process.hrtime.bigint() - begun));
  }
  return best / CALLS / 1000;
}

const request = {
  method: 'GET',
  url: '/orders/17',
  originalUrl: '/orders/17',
  baseUrl: '',
  route: { path: '/orders/:id' },
};
const response = () => Object.assign(new EventEmitter(), { statusCode: 200 });
const plain = microseconds(() => response().emit('close'));

const express = require(`${snippets}/express-memory.cjs`);
const expressCost = microseconds(() => {
  const res = response();
  express(request, res, () => {});
  res.emit('close');
});

let hook;
require(`${snippets}/fastify-memory.cjs`)({
  addHook: (_, given) => {
    hook = given;
  },
});
const fastifyRequest = { method: 'GET', raw: request, routeOptions: { url: '/orders/:id' } };
const fastifyCost = microseconds(() => hook(fastifyRequest, { statusCode: 200 }, () => {}));

const server = new EventEmitter();
server.prependListener('request', () => {});
require(`${snippets}/http-memory.cjs`)(server);
const httpCost = microseconds(() => {
  const res = response();
  server.emit('request', request, res);
  res.emit('close');
});
console.log(JSON.stringify({ express: expressCost - plain, fastify: fastifyCost, http: httpCost - plain }));
