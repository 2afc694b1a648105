"""Starting the desk: its database made or brought up to date, a worker beside the web server, both watched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import django  # noqa: F401  (so that a missing extra is noticed here)
import gunicorn  # noqa: F401

__all__ = ["serve"]

_PAUSE = 1.0  # seconds before a process that ended is started again


def serve(host: str, port: int, home: Path | None, workers: int, *, demo: bool = False) -> None:
    """Serve until interrupted.

    Args:
        host: address to listen on.
        port: 1 to 65535.
        home: folder of the desk's files, or None for the environment's or default one.
        workers: web processes, 1 or more.
        demo: fill an empty desk with an invented community.

    Raises:
        InputError: when a setting is out of its bounds.
    """
    if home is not None:
        os.environ["WHENCE_DESK_HOME"] = str(home.absolute())
    shown = f"[{host}]" if ":" in host else host
    os.environ.setdefault("WHENCE_URL", f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}")  # noqa: S104
    os.environ["DJANGO_SETTINGS_MODULE"] = "whence.desk.settings"
    from whence.desk.starting import prepare

    prepare(demo=demo)
    _watch(
        {
            "web": [
                sys.executable, "-m", "gunicorn", "whence.desk.wsgi:application", "--bind", f"{shown}:{port}",
                "--workers", str(workers), "--worker-class", "gthread", "--threads", "4", "--log-level", "warning",
                "--preload", "--graceful-timeout", "20",
            ],
            "worker": [sys.executable, "-m", "whence.desk.manage", "db_worker", "--queue-name", "*"],
        }
    )  # fmt: skip


def _watch(commands: dict[str, list[str]]) -> None:
    """Keep the processes running; one that ends is started again, until we are told to stop."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running = {name: subprocess.Popen(command) for name, command in commands.items()}  # noqa: S603
    try:
        while not stop.wait(0.5):
            for name, process in running.items():
                if process.poll() is not None and not stop.is_set():
                    print(
                        f"whence: the {name} process ended ({process.returncode}); starting it again", file=sys.stderr
                    )
                    time.sleep(_PAUSE)
                    running[name] = subprocess.Popen(commands[name])  # noqa: S603
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            try:
                process.wait(25)
            except subprocess.TimeoutExpired:
                process.kill()
