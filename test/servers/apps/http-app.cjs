const http = require('node:http');
const server = http.createServer((req, res) => {
  if (req.url === '/boom') res.statusCode = 500;
  res.end('order');
});
require(`${process.env.SNIPPETS}/http-memory.cjs`)(server, (req) =>
  req.url.startsWith('/orders/') ? '/orders/:id' : undefined,
);
server.listen(Number(process.env.PORT), '127.0.0.1');
