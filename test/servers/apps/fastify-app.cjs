const fastify = require('fastify')();
require(`${process.env.SNIPPETS}/fastify-memory.cjs`)(fastify);
fastify.get('/orders/:id', async (request) => `order ${request.params.id}`);
fastify.get('/boom', async () => {
  throw new Error('boom');
});
fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
