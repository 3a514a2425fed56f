/**
 * The servers for which there is a snippet. Each snippet is a file in its own language in snippets/, and says in its own
 * comments where it goes, what it costs and what it cannot show: so what is printed can be redirected into a file as it is.
 */
export interface Server {
  name: string;
  /** Other words for it: what people type. */
  aliases: readonly string[];
  title: string;
  /** In snippets/; also the name under which users save it, where it is a file of its own. */
  file: string;
}

export const SERVERS: readonly Server[] = [
  { name: 'uwsgi', aliases: [], title: 'uWSGI 2.0 and 2.1: a line of the ini', file: 'uwsgi.ini' },
  { name: 'gunicorn', aliases: [], title: 'gunicorn: a post_request hook', file: 'gunicorn.conf.py' },
  { name: 'celery', aliases: [], title: 'Celery: a handler of task_postrun', file: 'celery_memory.py' },
  { name: 'django', aliases: [], title: 'Django under any server: middleware', file: 'django_memory.py' },
  { name: 'flask', aliases: ['wsgi', 'bottle'], title: 'Flask and other WSGI applications', file: 'wsgi_memory.py' },
  {
    name: 'asgi',
    aliases: ['fastapi', 'starlette', 'uvicorn', 'hypercorn', 'daphne'],
    title: 'FastAPI, Starlette and other ASGI applications',
    file: 'asgi_memory.py',
  },
  { name: 'express', aliases: [], title: 'Express: middleware', file: 'express-memory.cjs' },
  { name: 'fastify', aliases: [], title: 'Fastify: an onResponse hook', file: 'fastify-memory.cjs' },
  { name: 'node', aliases: ['nodejs', 'http'], title: "Node's own http server", file: 'http-memory.cjs' },
  {
    name: 'rails',
    aliases: ['rack', 'sinatra', 'puma', 'unicorn'],
    title: 'Rails, Sinatra and other Rack applications',
    file: 'rack_memory.rb',
  },
  {
    name: 'php-fpm',
    aliases: ['php', 'phpfpm', 'fpm'],
    title: 'PHP-FPM: access.format, for peaks; leaks it cannot show',
    file: 'php-fpm.conf',
  },
];

/** By its name or another word for it, in any case. */
export function serverNamed(word: string): Server | undefined {
  const name = word.toLowerCase();
  return SERVERS.find((server) => server.name === name || server.aliases.includes(name));
}
