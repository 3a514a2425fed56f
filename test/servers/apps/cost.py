"""What the Python snippets add to a request: microseconds of each, as JSON. Frameworks that are not installed are left out."""
import asyncio
import io
import json
import sys
import time
import types

sys.path.insert(0, sys.argv[1])
CALLS = 5000
costs = {}


def microseconds(call):
    best = float("inf")
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(CALLS):
            call()
        best = min(best, time.perf_counter() - begun)
    return best / CALLS * 1e6


def wsgi():
    from wsgi_memory import log_memory

    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"ok"]

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/orders/17"}

    def served(application):
        def call():
            body = application(environ, lambda *_: None)
            for _ in body:
                pass
            if hasattr(body, "close"):
                body.close()

        return call

    return microseconds(served(log_memory(app))) - microseconds(served(app))


def asgi():
    from asgi_memory import LogMemory

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200})

    async def send(_):
        pass

    scope = {"type": "http", "method": "GET", "path": "/orders/17"}

    async def serve(application):
        for _ in range(CALLS):
            await application(scope, None, send)

    def best(application):
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            asyncio.run(serve(application))
            times.append(time.perf_counter() - begun)
        return min(times) / CALLS * 1e6

    return best(LogMemory(app)) - best(app)


def django():
    from django.conf import settings

    settings.configure()
    from django.http import HttpResponse
    from django_memory import log_memory

    request = types.SimpleNamespace(method="GET", path="/orders/17/", resolver_match=types.SimpleNamespace(route="orders/<int:pk>/"))

    def app(_):
        return HttpResponse()

    logged = log_memory(app)
    return microseconds(lambda: logged(request).close()) - microseconds(lambda: app(request).close())


def gunicorn():
    import logging

    import importlib.util

    spec = importlib.util.spec_from_file_location("conf", sys.argv[1] + "/gunicorn.conf.py")
    conf = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conf)
    log = logging.getLogger("gunicorn.error")
    log.setLevel(logging.INFO)
    log.addHandler(logging.StreamHandler(open("/dev/null", "w")))
    worker = types.SimpleNamespace(log=log)
    request = types.SimpleNamespace(method="GET", path="/orders/17")
    response = types.SimpleNamespace(status="200 OK")
    return microseconds(lambda: conf.post_request(worker, request, {}, response))


def celery():
    import logging

    import celery_memory

    logger = logging.getLogger("leakrank")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers[:] = [logging.StreamHandler(io.StringIO())]
    task = types.SimpleNamespace(name="shop.mail")
    return microseconds(lambda: celery_memory.log_memory(task=task, state="SUCCESS"))


for measure in (wsgi, asgi, django, gunicorn, celery):
    try:
        costs[measure.__name__] = measure()
    except ImportError:
        pass
print(json.dumps(costs))
