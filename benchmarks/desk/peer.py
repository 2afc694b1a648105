"""A peer beside the desk: Isso, a server of comments and votes in Python on one SQLite file, served alike.

usage: python -m benchmarks.desk.peer --python /tmp/peer/bin/python [--seconds 5]

That Python has isso and gunicorn (pip install isso gunicorn). Isso gives a thread of ten comments as JSON, and its
votes are what ratings are here: small writes that must not hold up readers. It has no pages, accounts or public log.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.desk import load
from benchmarks.desk.__main__ import say

_MOST_VOTES = 142  # on a comment: it keeps its voters in a filter of that size


def _ask(port: int, method: str, path: str, body: object = None, visitor: str = "192.0.2.1") -> int:
    """Ask as a visitor whom a proxy names; the status of the answer, 0 where there was none."""
    headers = {"Content-Type": "application/json", "X-Forwarded-For": visitor, "Origin": f"http://127.0.0.1:{port}"}
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request(method, path, json.dumps(body if body is not None else {}), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
    except (OSError, http.client.HTTPException):
        return 0


def _votes(port: int) -> Iterator[Callable[[], bool]]:
    """A vote of each of many visitors on each of ten comments."""
    for visitor in range(_MOST_VOTES):
        for comment in range(1, 11):
            yield partial(_vote, port, comment, f"198.{visitor % 250 + 1}.{comment}.1")


def _vote(port: int, comment: int, visitor: str) -> bool:
    return _ask(port, "POST", f"/id/{comment}/like", visitor=visitor) == 200


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, required=True, help="one with isso and gunicorn")
    parser.add_argument("--seconds", type=int, default=5, help="of each measurement")
    options = parser.parse_args()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="whence-peer-") as folder:
        settings = Path(folder) / "isso.cfg"
        settings.write_text(
            f"[general]\ndbpath = {folder}/comments.db\nhost = http://127.0.0.1:{port}/\n"
            "[guard]\nenabled = false\n[server]\ntrusted-proxies = 127.0.0.1\n"
        )
        command = ["-m", "gunicorn", "-w", "2", "--threads", "8", "--preload", "-b", f"127.0.0.1:{port}", "isso.run"]
        with (Path(folder) / "log").open("wb") as log:
            served = subprocess.Popen(
                [options.python, *command], env=os.environ | {"ISSO_SETTINGS": str(settings)}, stdout=log, stderr=log
            )
        try:
            until = time.monotonic() + 60
            while not _ask(port, "GET", "/?uri=/story/"):
                if time.monotonic() > until or served.poll() is not None:
                    raise RuntimeError(f"Isso did not start: {(Path(folder) / 'log').read_text()[-2000:]}")
                time.sleep(0.2)
            for number in range(10):
                text = f"The minutes of {number + 1} May speak of a partial closure, on Mondays only, and of its costs."
                status = _ask(port, "POST", "/new?uri=/story/", {"text": text, "title": "Harbour"})
                if status != 201:
                    raise RuntimeError(f"Isso took no comment: {status}")
            thread = f"http://127.0.0.1:{port}/?uri=/story/"
            print("Isso: a thread of 10 comments, as JSON")
            load.read(thread, seconds=2, connections=4)
            say("thread", load.read(thread, seconds=options.seconds, connections=8))
            both, written = load.write_while(_votes(port), thread, seconds=options.seconds, connections=2, a_second=50)
            say("thread, while voted on", both)
            say("votes written", written)
        finally:
            served.terminate()
            served.wait(30)


if __name__ == "__main__":
    main()
