# Django, under any server (uWSGI, gunicorn, mod_wsgi, uvicorn, …): save this as django_memory.py beside manage.py, put
#     MIDDLEWARE = ["django_memory.log_memory", …]
# first in your settings, and restart. With uWSGI's memory-report switched on, take only one of the two.
#
# After each request, when its response is sent and closed, a line goes to standard error, or to the end of the file that the
# environment variable LEAKRANK_LOG names:
#     {"time": 1795467034.12, "pid": 4413, "method": "GET", "path": "/orders/17/", "route": "/orders/<int:pk>/", …}
# The route is the pattern from your urls.py; the query is left out. Linux only; anywhere else it logs nothing. An error in
# here is swallowed. One thread per worker says most: with several, a line holds what all of them took.
#
# Then: leakrank app.log
import json
import mmap
import os
import socket
import time

from django.utils.decorators import sync_and_async_middleware

try:
    from asgiref.sync import iscoroutinefunction
except ImportError:
    from asyncio import iscoroutinefunction

_HOST = socket.gethostname()
_OUT = 2


@sync_and_async_middleware
def log_memory(get_response):
    _open_log()
    if iscoroutinefunction(get_response):

        async def middleware(request):
            return _watch(request, await get_response(request))

    else:

        def middleware(request):
            return _watch(request, get_response(request))

    return middleware


def _watch(request, response):
    """Servers close a response when it is sent; what a streaming one takes is measured, too."""
    try:
        line = {"method": request.method, "path": request.path, "status": response.status_code}
        match = request.resolver_match
        if match is not None:
            line["route"] = "/" + match.route
        close = response.close

        def close_and_log():
            try:
                close()
            finally:
                _log(line)

        response.close = close_and_log
    except Exception:
        pass
    return response


def _log(line):
    try:
        # Opened anew each time: a descriptor kept over a fork would go on to show the parent.
        with open("/proc/self/statm", "rb") as statm:
            line["rss_bytes"] = int(statm.read().split()[1]) * mmap.PAGESIZE
        line = {"time": time.time(), "host": _HOST, "pid": os.getpid(), **line}
        # One write a line, so that those of several processes do not mix.
        os.write(_OUT, (json.dumps(line) + "\n").encode())
    except Exception:
        pass


def _open_log():
    global _OUT
    try:
        path = os.environ.get("LEAKRANK_LOG")
        if path and _OUT == 2:
            _OUT = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    except Exception:
        pass
