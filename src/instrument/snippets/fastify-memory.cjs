// Fastify 3 to 5: save this as fastify-memory.cjs beside your application, and call it before your routes are registered:
//     require('./fastify-memory.cjs')(fastify);       // or: import logMemory from './fastify-memory.cjs'; logMemory(fastify);
// Restart the server.
//
// After each request, when its response is sent, a line goes to standard error, or to the end of the file that the environment
// variable LEAKRANK_LOG names:
//     {"time":1795467034120,"pid":4413,"method":"GET","path":"/orders/17","route":"/orders/:id","status":200,"rss_bytes":…}
// The route is the pattern of your fastify.get(…); the query is left out. An error in here is swallowed. Requests of one
// process overlap, and garbage waits to be collected: a line holds what all of them took, so log for longer.
//
// Then: leakrank app.log
const fs = require('node:fs');
const os = require('node:os');

const host = os.hostname();
let out = 2;
try {
  if (process.env.LEAKRANK_LOG) out = fs.openSync(process.env.LEAKRANK_LOG, 'a', 0o640);
} catch {}

module.exports = function logMemory(fastify) {
  fastify.addHook('onResponse', (request, reply, done) => {
    try {
      const line = { time: Date.now(), host, pid: process.pid, method: request.method };
      line.path = request.raw.url.split('?', 1)[0];
      // Fastify 3 and 4 have it in routerPath. Undefined, and so left out, where no route matched.
      line.route = request.routeOptions ? request.routeOptions.url : request.routerPath;
      line.status = reply.statusCode;
      line.rss_bytes = process.memoryUsage.rss();
      fs.writeSync(out, `${JSON.stringify(line)}\n`);
    } catch {}
    done();
  });
};
