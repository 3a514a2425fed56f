// Express 4 and 5: save this as express-memory.cjs beside your application, and put it before all other middleware:
//     app.use(require('./express-memory.cjs'));       // or: import logMemory from './express-memory.cjs'; app.use(logMemory);
// Restart the server.
//
// After each request, when its response is sent or the client has gone, a line goes to standard error, or to the end of the
// file that the environment variable LEAKRANK_LOG names:
//     {"time":1795467034120,"pid":4413,"method":"GET","path":"/orders/17","route":"/orders/:id","status":200,"rss_bytes":…}
// The route is the pattern of your app.get(…); the query is left out. An error in here is swallowed. Requests of one process
// overlap, and garbage waits to be collected: a line holds what all of them took, so log for longer.
//
// Then: leakrank app.log
const fs = require('node:fs');
const os = require('node:os');

const host = os.hostname();
let out = 2;
try {
  if (process.env.LEAKRANK_LOG) out = fs.openSync(process.env.LEAKRANK_LOG, 'a', 0o640);
} catch {}

module.exports = function logMemory(req, res, next) {
  res.once('close', () => {
    try {
      const line = { time: Date.now(), host, pid: process.pid, method: req.method };
      line.path = req.originalUrl.split('?', 1)[0];
      // The part of a mounted router may hold values (/users/42): leakrank groups paths by itself.
      if (typeof req.route?.path === 'string') line[req.baseUrl ? 'path' : 'route'] = req.baseUrl + req.route.path;
      line.status = res.statusCode;
      line.rss_bytes = process.memoryUsage.rss();
      fs.writeSync(out, `${JSON.stringify(line)}\n`);
    } catch {}
  });
  next();
};
