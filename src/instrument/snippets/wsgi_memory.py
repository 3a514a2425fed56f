# Flask and any other WSGI application, under any server: save this as wsgi_memory.py beside your application, and wrap it:
#     from wsgi_memory import log_memory
#     app.wsgi_app = log_memory(app.wsgi_app)         # Flask
#     application = log_memory(application)           # others
# Restart. With uWSGI's memory-report or gunicorn's hook switched on, take only one of the two.
#
# After each request, when its response is sent and closed, a line goes to standard error, or to the end of the file that the
# environment variable LEAKRANK_LOG names:
#     {"time": 1795467034.12, "pid": 4413, "method": "GET", "path": "/orders/17", "route": "/orders/<int:pk>", …}
# The route is Flask's or Bottle's rule where there is one; the query is left out. Linux only; anywhere else it logs nothing.
# An error in here is swallowed. One thread per worker says most: with several, a line holds what all of them took.
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


def log_memory(application):
    def logged(environ, start_response):
        sent = {"status": "500"}

        def start(status, *rest):
            sent["status"] = status
            # Flask takes its request out of the environ when it is done.
            sent["request"] = environ.get("werkzeug.request")
            return start_response(status, *rest)

        try:
            body = application(environ, start)
        except BaseException:
            _log(environ, sent)
            raise
        # A file that the server sends by itself has to reach it as it is.
        if hasattr(body, "filelike") or hasattr(body, "read"):
            _log(environ, sent)
            return body
        return (_SizedBody if hasattr(body, "__len__") else _Body)(body, environ, sent)

    return logged


class _Body:
    """The body of a response; servers close it when it is sent."""

    def __init__(self, body, environ, sent):
        self._body, self._environ, self._sent = body, environ, sent

    def __iter__(self):
        return iter(self._body)

    def close(self):
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            _log(self._environ, self._sent)


class _SizedBody(_Body):
    """Servers count the parts of a list to know the length of the response."""

    def __len__(self):
        return len(self._body)


def _log(environ, sent):
    try:
        # Opened anew each time: a descriptor kept over a fork would go on to show the parent.
        with open("/proc/self/statm", "rb") as statm:
            rss_bytes = int(statm.read().split()[1]) * mmap.PAGESIZE
        line = {
            "time": time.time(),
            "host": _HOST,
            "pid": os.getpid(),
            "method": environ.get("REQUEST_METHOD"),
            "path": environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""),
            "status": int(sent["status"][:3]),
        }
        rule = getattr(sent.get("request"), "url_rule", None) or environ.get("bottle.route")
        if rule is not None:
            line["route"] = rule.rule
        line["rss_bytes"] = rss_bytes
        # One write a line, so that those of several processes do not mix.
        os.write(_OUT, (json.dumps(line) + "\n").encode())
    except Exception:
        pass
