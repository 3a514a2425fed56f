"""The same for Celery: shop.leak keeps 100 kB of each call, the others keep nothing.

As a program: sends so many tasks, drawn with a seed, at most so many a second: leaky_tasks.py COUNT SEED PER_SECOND"""
import os
import random
import sys
import time

from celery import Celery

import celery_memory  # noqa: F401  what leakrank instrument celery prints

LEAKED_BYTES = 100_000
app = Celery("shop", broker=os.environ["BROKER"])
app.conf.task_ignore_result = True
app.conf.worker_prefetch_multiplier = 1
_kept = []


@app.task(name="shop.leak")
def leak():
    _kept.append(os.urandom(LEAKED_BYTES))


@app.task(name="shop.mail")
def mail():
    pass


@app.task(name="shop.report")
def report():
    _borrow = bytes(400_000)


if __name__ == "__main__":
    count, seed, per_second = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    draw = random.Random(seed)
    begun = time.monotonic()
    for sent in range(count):
        if per_second > 0:
            time.sleep(max(0.0, begun + sent / per_second - time.monotonic()))
        draw.choices([leak, mail, report], [2, 5, 3])[0].delay()
