# Celery, prefork pool: save this as celery_memory.py beside your tasks, import it where your Celery app is made
# (`import celery_memory`), and restart the workers.
#
# After each task, when it has given its result, a line goes to the worker's log:
#     [2026-11-23 20:57:18,082: INFO/ForkPoolWorker-1] shop.mail[9a5b…]: {"task": "shop.mail", "pid": 18521, …}
# The route is the task's name. At `--loglevel WARNING`, the default, the line is written as a warning.
# Linux only; anywhere else it logs nothing. An error in here is swallowed.
# The pools threads, gevent and eventlet run several tasks at once in one process: there a line holds what all of them took.
#
# Then: leakrank worker.log
import json
import logging
import mmap
import os

from celery.signals import task_postrun
from celery.utils.log import get_task_logger

_LOG = get_task_logger("leakrank")


@task_postrun.connect(weak=False)
def log_memory(task=None, state=None, **_):
    try:
        # Opened anew each time: a descriptor kept over a fork would go on to show the parent.
        with open("/proc/self/statm", "rb") as statm:
            rss_bytes = int(statm.read().split()[1]) * mmap.PAGESIZE
        line = {"task": task.name, "pid": os.getpid(), "state": state, "rss_bytes": rss_bytes}
        level = logging.INFO if _LOG.isEnabledFor(logging.INFO) else logging.WARNING
        _LOG.log(level, "%s", json.dumps(line))
    except Exception:
        pass
