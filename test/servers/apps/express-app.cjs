const express = require('express');
const app = express();
app.use(require(`${process.env.SNIPPETS}/express-memory.cjs`));
app.get('/orders/:id', (req, res) => res.send(`order ${req.params.id}`));
app.get('/boom', () => {
  throw new Error('boom');
});
app.listen(Number(process.env.PORT), '127.0.0.1');
