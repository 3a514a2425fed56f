# FastAPI, Starlette and any other ASGI application, under uvicorn, hypercorn or daphne: save this as asgi_memory.py beside
# your application, and wrap it:
#     from asgi_memory import LogMemory
#     app.add_middleware(LogMemory)                   # FastAPI, Starlette: below all other add_middleware
#     application = LogMemory(application)            # others; for Django see `leakrank instrument django`
# Restart the server.
#
# After each request, when its response is sent and its background tasks are done, a line goes to standard error, or to the
# end of the file that the environment variable LEAKRANK_LOG names:
#     {"time": 1795467034.12, "pid": 4413, "method": "GET", "path": "/orders/17", "route": "/orders/{pk}", …}
# The route is FastAPI's pattern where there is one; the query is left out. Linux only; anywhere else it logs nothing. An
# error in here is swallowed. Requests of one process overlap here: a line holds what all of them took, so log for longer.
#
# Then: leakrank app.log
import json
import mmap
import os
import socket
import time

_HOST = socket.gethostname()
_OUT = 2
try:
    if os.environ.get("LEAKRANK_LOG"):
        _OUT = os.open(os.environ["LEAKRANK_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
except OSError:
    pass


class LogMemory:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        status = 500
        # Applications mounted in others change both.
        path, root_path = scope["path"], scope.get("root_path", "")

        async def watch(message):
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            _log(scope, path, root_path, status)


def _log(scope, path, root_path, status):
    try:
        # Opened anew each time: a descriptor kept over a fork would go on to show the parent.
        with open("/proc/self/statm", "rb") as statm:
            rss_bytes = int(statm.read().split()[1]) * mmap.PAGESIZE
        line = {
            "time": time.time(),
            "host": _HOST,
            "pid": os.getpid(),
            "method": scope["method"],
            "path": path,
            "status": status,
        }
        pattern = getattr(scope.get("route"), "path", None)
        if pattern is not None:
            mounted_at = scope.get("root_path", "")[len(root_path) :]
            # Where it is mounted may hold values (/users/42): leakrank groups paths by itself.
            line["path" if mounted_at else "route"] = mounted_at + pattern
        line["rss_bytes"] = rss_bytes
        # One write a line, so that those of several processes do not mix.
        os.write(_OUT, (json.dumps(line) + "\n").encode())
    except Exception:
        pass
