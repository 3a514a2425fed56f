# gunicorn: add this to your gunicorn.conf.py (or start with `gunicorn -c gunicorn.conf.py app:app`), and restart.
# For the workers sync, gthread, gevent, eventlet. Uvicorn's workers do not call this hook: `leakrank instrument asgi`.
#
# After each request, when its response is sent and closed, a line goes to the error log (standard error if you set none):
#     [… +0000] [15807] [INFO] {"pid": 15807, "method": "GET", "path": "/orders/17", "status": 200, "rss_bytes": 31055872}
# The routes of Flask and Django are in no reach of this hook, and leakrank groups paths by itself; for the routes' own names
# use `leakrank instrument flask` or `leakrank instrument django` instead of this.
# Needs `loglevel = "info"`, gunicorn's default, and Linux; anywhere else it logs nothing. An error in here is swallowed.
# If you have a post_request already, call this one from yours.
#
# Then: leakrank error.log
import json
import mmap
import os


def post_request(worker, req, environ, resp):
    try:
        # Opened anew each time: a descriptor kept over a fork would go on to show the parent.
        with open("/proc/self/statm", "rb") as statm:
            rss_bytes = int(statm.read().split()[1]) * mmap.PAGESIZE
        line = {"pid": os.getpid(), "method": req.method, "path": req.path}
        # No response at all when the application failed.
        line["status"] = int(str(getattr(resp, "status", None) or 500)[:3])
        line["rss_bytes"] = rss_bytes
        worker.log.info("%s", json.dumps(line))
    except Exception:
        pass
