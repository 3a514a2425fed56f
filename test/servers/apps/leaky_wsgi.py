"""A small application whose leak is known: /leak/N keeps 100 kB of each call, the others keep nothing."""
import os

LEAKED_BYTES = 100_000
_kept = []


def application(environ, start_response):
    path = environ.get("PATH_INFO", "")
    if path.startswith("/leak/"):
        # Written to: pages that were only reserved do not count.
        _kept.append(os.urandom(LEAKED_BYTES))
    elif path == "/report":
        _borrow = bytes(400_000)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
