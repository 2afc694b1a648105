"""Processes that are kept running, and that end with the one that watches over them, however that one ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

__all__ = ["end_with_parent", "watch"]

_PIPE = "WHENCE_PARENT"  # number of a pipe's reading end; nobody writes, and it ends with the parent
_SOON = 3.0  # seconds: a process that lives for less than that did not start
_LONGEST_PAUSE = 30.0
_GRACE = 25.0  # seconds that processes have to finish what they are doing


def watch(commands: Mapping[str, Sequence[str]], keep: Sequence[int] = ()) -> None:
    """Keep processes running until we are told to stop; one that ends is started again, ever later if it ends at once.

    A first SIGINT or SIGTERM lets them finish what they are doing, a second ends them at once.

    Args:
        commands: by name.
        keep: open files that they inherit, by number.
    """
    asked = 0
    stop = threading.Event()

    def ask(*_: object) -> None:
        nonlocal asked
        asked += 1
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    reading, writing = os.pipe()
    environment = os.environ | {_PIPE: str(reading)}
    fds = (reading, *keep)

    def start(name: str) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches us alone, and we end the others in order.
        return subprocess.Popen(commands[name], env=environment, pass_fds=fds, start_new_session=True)  # noqa: S603

    running = {name: start(name) for name in commands}
    since = dict.fromkeys(commands, time.monotonic())
    pause = dict.fromkeys(commands, 0.5)
    try:
        while not stop.wait(0.2):
            for name, process in running.items():
                if process.poll() is None:
                    continue
                short = time.monotonic() - since[name] < _SOON
                pause[name] = min(2 * pause[name], _LONGEST_PAUSE) if short else 0.5
                print(f"whence: the {name} process ended ({process.returncode}); starting it again", file=sys.stderr)
                if stop.wait(pause[name]):
                    break
                running[name], since[name] = start(name), time.monotonic()
    finally:
        _end(running, lambda: asked > 1)
        os.close(writing)


def _end(running: Mapping[str, subprocess.Popen[bytes]], hurry: object) -> None:
    for process in running.values():
        process.terminate()
    until = time.monotonic() + _GRACE
    while any(process.poll() is None for process in running.values()):
        if time.monotonic() > until or (callable(hurry) and hurry()):
            break
        time.sleep(0.05)
    for process in running.values():
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # what a process leaves behind goes with it
        process.wait()


def end_with_parent(grace: float = 10.0) -> None:
    """End this process when the one that watches over it has gone, be it by `kill -9`.

    Args:
        grace: seconds to finish what it is doing.
    """
    given = os.environ.get(_PIPE, "")
    if not given.isdigit():
        return  # Nobody watches: a service manager started us.

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(int(given), 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace)
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()
