/** What Django, Flask, celery and nginx print between requests; none of it tells of memory. */
import type { Random } from './random.ts';

const TEMPLATES = [
  '[2026-11-23 20:50:35,123] INFO app.views: order processed for customer %d',
  'INFO 2026-11-23 20:50:35,%3 orders.views order-%d saved by user %d',
  '2026-11-23 20:50:35,%3 - werkzeug - WARNING - slow query took 0.%3 s (user_id=%d, page=%d)',
  '[2026-11-23 20:50:35,%3: INFO/MainProcess] Task shop.tasks.mail[9a5b7c1e-%d] received',
  "[2026-11-23 20:50:35,%3: INFO/ForkPoolWorker-%1] Task shop.tasks.mail[9a5b7c1e-%d] succeeded in 0.0%3s: {'sent': %d}",
  '2026/11/23 20:50:35 [error] %d#%d: *%d connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.%1, server: example.org, request: "GET /a/%d HTTP/1.1", upstream: "http://127.0.0.1:8000/a/%d"',
  '10.0.0.%1 - - [23/Nov/2026:20:50:35 +0000] "GET /orders/%d?page=%1 HTTP/1.1" 200 %d "-" "Mozilla/5.0 (X11; Linux x86_64)"',
  'Traceback (most recent call last):',
  '  File "/srv/app/venv/lib/python3.12/site-packages/django/core/handlers/exception.py", line %d, in inner',
  '    response = get_response(request)',
  '    return self.session.execute(statement, params, timeout=%d)',
  "ValueError: invalid literal for int() with base 10: 'order-%d'",
  'Not Found: /favicon.ico',
  'DEBUG (0.0%3) SELECT "orders"."id", "orders"."total" FROM "orders" WHERE "orders"."id" = %d LIMIT 21; args=(%d,)',
  'GET /static/app.%d.js not modified',
  'web-1 said: hello wörld %d',
  '',
];

export function applicationLine(random: Random): string {
  const template = TEMPLATES[random.integer(TEMPLATES.length)]!;
  return template.replace(/%([d13])/g, (_, kind: string) =>
    kind === '3' ? String(100 + random.integer(900)) : String(1 + random.integer(kind === '1' ? 9 : 100_000)),
  );
}
