/** Route tables as the frameworks' own commands print them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { UserError } from '../src/errors.ts';
import { Rules } from '../src/route/rules/rules.ts';
import { readTable } from '../src/route/tables/read-table.ts';

const TABLES: Record<string, { text: string; paths: Record<string, string | undefined> }> = {
  'rules of our own': {
    text: '# comment\n/users/me\n/users/:id   # 12  /users/1\nPOST /users => made\n\n/^\\/x\\d+$/ => /x\n',
    paths: { '/users/me': '/users/me', '/users/1': '/users/{id}', '/x12': '/x', '/users': undefined },
  },
  'OpenAPI in YAML': {
    text: 'openapi: 3.0.3\nservers:\n  - url: https://api.example/v1\npaths:\n  /pets/{petId}: {get: {}}\n  /pets/mine: {get: {}}\n  /odd/{pet-id}.json: {}\n',
    paths: {
      '/v1/pets/7': '/v1/pets/{petId}',
      '/v1/pets/mine': '/v1/pets/mine',
      '/pets/7': '/pets/{petId}',
      '/v1/odd/x.json': '/v1/odd/{pet-id}.json',
      '/v2/pets/7': undefined,
    },
  },
  'Swagger 2 in JSON': {
    text: JSON.stringify({ swagger: '2.0', basePath: '/api/', paths: { '/a/{b}': {} } }),
    paths: { '/api/a/x': '/api/a/{b}' },
  },
  'flask routes': {
    text: `Endpoint           Methods    Rule
-----------------  ---------  ------------------------------
api.user           GET, PUT   /api/users/<int:user_id>
api.users          GET, POST  /api/users
files              GET        /files/<path:name>
static             GET        /static/<path:filename>
tag                GET        /<any(a, b):kind>/tags/<tag>
`,
    paths: {
      '/api/users/5': '/api/users/{user_id}',
      '/api/users/x': undefined,
      '/files/a/b': '/files/*',
      '/a/tags/red': '/{kind}/tags/{tag}',
    },
  },
  'rails routes': {
    text: `                   Prefix Verb   URI Pattern                    Controller#Action
                    posts GET    /posts(.:format)               posts#index
                          POST   /posts(.:format)               posts#create
                     post GET    /posts/:id(.:format)           posts#show
                  archive GET    /archive/*path(.:format)       archive#show
                     root GET    /                              home#index
              sidekiq_web        /sidekiq                       Sidekiq::Web
`,
    paths: {
      '/posts': '/posts',
      '/posts/7.json': '/posts/{id}',
      '/archive/2026/11': '/archive/*',
      '/': '/',
      '/sidekiq/queues': '/sidekiq/*',
    },
  },
  'rails routes --expanded': {
    text: `--[ Route 1 ]--------------------------------
Prefix            | post
Verb              | GET
URI               | /posts/:id(.:format)
Controller#Action | posts#show
`,
    paths: { '/posts/7': '/posts/{id}' },
  },
  'manage.py show_urls': {
    text: '/\tshop.views.home\thome\n/admin/<app_label>/\tdjango.contrib.admin.sites.app_index\tadmin:app_list\n/orders/<int:pk>/\tshop.views.Order\torder\n/media/<path>\tdjango.views.static.serve\n',
    paths: { '/': '/', '/admin/shop': '/admin/{app_label}', '/orders/9': '/orders/{pk}', '/orders/x': undefined },
  },
  'urls.py': {
    text: `urlpatterns = [
    path('', views.home),
    path("users/<slug:name>/", views.user),
    re_path(r'^articles/(?P<year>[0-9]{4})/$', views.year),
    re_path(r'^tags/(?P<tag>a|b)/(?:page-(?P<n>\\d+)/)?$', views.tag),
    # path('gone/', views.gone),
    path('api/', include('api.urls')),
]
`,
    paths: {
      '/users/ada-l': '/users/{name}',
      '/articles/2026': '/articles/{year}',
      '/tags/a': '/tags/{tag}',
      '/tags/b/page-2': '/tags/{tag}',
      '/gone': undefined,
    },
  },
  'express-list-endpoints': {
    text: JSON.stringify([
      { path: '/users/:id(\\d+)', methods: ['GET'] },
      { path: '/files/*', methods: ['GET'] },
    ]),
    paths: { '/users/7': '/users/{id}', '/users/x': undefined, '/files/a/b': '/files/*' },
  },
  "Express's stack": {
    text: JSON.stringify({
      stack: [{ name: 'query' }, { route: { path: '/a/:b', stack: [], methods: { get: true } } }],
    }),
    paths: { '/a/1': '/a/{b}' },
  },
  'a list of methods and paths': {
    text: 'GET|HEAD  users/{user} .... users.show\nGET|HEAD  / ....\nuser_path  GET  /people/:id  PersonController :show\n',
    paths: { '/users/7': '/users/{user}', '/': '/' },
  },
};

for (const [name, { text, paths }] of Object.entries(TABLES)) {
  test(name, () => {
    const rules = new Rules(readTable(text, 'routes.txt'));
    for (const [path, route] of Object.entries(paths)) assert.equal(rules.match(path, 'GET')?.name, route, path);
  });
}

test("Fastify's printRoutes(), of a real server", async () => {
  const app = Fastify();
  const handler = async () => '';
  for (const path of ['/users', '/users/:id', '/users/:id/posts/:slug', '/uploads/*', '/', '/using/static'])
    app.get(path, handler);
  app.post('/users', handler);
  await app.ready();
  // Printed without common prefixes, a wildcard has lost what stands before it.
  for (const isFlat of [false, true]) {
    const text = app.printRoutes({ commonPrefix: !isFlat });
    const rules = new Rules(readTable(text, 'routes.txt'));
    const expected = {
      '/users': '/users',
      '/users/7': '/users/{id}',
      '/users/7/posts/x': '/users/{id}/posts/{slug}',
      '/uploads/a/b': '/uploads/*',
      '/': '/',
      '/using/static': '/using/static',
    };
    for (const [path, route] of Object.entries(expected))
      if (!isFlat || path !== '/uploads/a/b') assert.equal(rules.match(path, '')?.name, route, `${path} in\n${text}`);
  }
  await app.close();
});

for (const [text, complaint] of [
  ['', 'no routes in it'],
  ['# only this', 'no routes in it'],
  ['hello there', 'routes.txt:1'],
  ['openapi: 3.0.0\npaths: {}', 'without paths'],
  ['{"openapi": "3.0.0", ', 'no valid OpenAPI'],
] as const) {
  test(`${JSON.stringify(text)} is no table`, () => {
    assert.throws(
      () => readTable(text, 'routes.txt'),
      (error) => error instanceof UserError && error.message.includes(complaint),
    );
  });
}
