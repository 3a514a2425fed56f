"""The rules of pyuwsgimemhog 0.3.0, written anew for benchmarks and as an oracle in tests.

usage: memhog_peer.py LOG [THRESHOLD_MB] [keep-numbers]
"""
import re
import sys
from urllib.parse import urlparse

NUMBER = r'\d+'
LINE = re.compile(
    r'{rss usage: (\d+) bytes/\d+MB} \[pid: (\d+)\|app: .*\|req: .*\] \d+.\d+.\d+.\d+ .* '
    r'\[\w+ \w+\s+\d+ \d+:\d+:\d+ \d+\] (?:GET|POST|HEAD|PATCH|PUT|DELETE) (/.*) => '
    r'generated \d+ bytes in \d+ msecs \(HTTP/\d.\d \d+\)'
)


def route(uri, fold):
    path = urlparse(uri).path
    if path != '/':
        path = path.rstrip('/')
    return re.sub(NUMBER, '0', path) if fold else path


def main(log, threshold=10, fold=True):
    by_process = {}
    with open(log, 'r') as lines:
        for line in lines:
            found = LINE.search(line)
            if found:
                by_process.setdefault(found[2], []).append((route(found[3], fold), int(found[1])))
    grown, counted = {}, {}
    for readings in by_process.values():
        for (_, before), (path, after) in zip(readings, readings[1:]):
            if after >= before:
                grown[path] = grown.get(path, 0) + after - before
                counted[path] = counted.get(path, 0) + 1
    for path in sorted(grown, key=grown.get, reverse=True):
        if grown[path] > threshold * 1_000_000:
            print('{} {} {} {:.1f}'.format(path, grown[path] // 1_000_000, counted[path], grown[path] / counted[path] / 1_000_000))


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10, 'keep-numbers' not in sys.argv)
