// The same in Node: /leak/N keeps 100 kB of each call, the others keep nothing. PORT and LEAKRANK_LOG come from outside.
const http = require('node:http');
const logMemory = require(process.env.SNIPPET);

const kept = [];
const server = http.createServer((req, res) => {
  if (req.url.startsWith('/leak/')) kept.push(Buffer.alloc(100_000, 1));
  else if (req.url === '/report') JSON.stringify(Array.from({ length: 2000 }, (_, i) => ({ i })));
  res.end('ok\n');
});
logMemory(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
