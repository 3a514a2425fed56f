// Node's own http server, and frameworks built on it: save this as http-memory.cjs beside your application, and call it with
// the server:
//     require('./http-memory.cjs')(server);           // or: import logMemory from './http-memory.cjs'; logMemory(server);
// Where a router of yours knows the pattern (/orders/:id), name it: logMemory(server, (req) => req.routePattern).
// Restart the server.
//
// After each request, when its response is sent or the client has gone, a line goes to standard error, or to the end of the
// file that the environment variable LEAKRANK_LOG names:
//     {"time":1795467034120,"pid":4413,"method":"GET","path":"/orders/17","status":200,"rss_bytes":…}
// The query is left out. An error in here is swallowed. Requests of one process overlap, and garbage waits to be collected: a
// line holds what all of them took, so log for longer.
//
// Then: leakrank app.log
const fs = require('node:fs');
const os = require('node:os');

const host = os.hostname();
let out = 2;
try {
  if (process.env.LEAKRANK_LOG) out = fs.openSync(process.env.LEAKRANK_LOG, 'a', 0o640);
} catch {}

module.exports = function logMemory(server, routeOf = () => undefined) {
  server.prependListener('request', (req, res) => {
    const { method, url } = req;
    res.once('close', () => {
      try {
        const line = { time: Date.now(), host, pid: process.pid, method, path: url.split('?', 1)[0] };
        line.route = routeOf(req);
        line.status = res.statusCode;
        line.rss_bytes = process.memoryUsage.rss();
        fs.writeSync(out, `${JSON.stringify(line)}\n`);
      } catch {}
    });
  });
};
