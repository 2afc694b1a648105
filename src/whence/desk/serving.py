"""Starting the desk: its address taken, its database brought up to date, a worker beside the web server."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import django
import gunicorn  # noqa: F401

from whence.errors import InputError

__all__ = ["serve", "use", "web", "worker"]


def serve(host: str, port: int, home: Path | None, workers: int, *, demo: bool = False) -> None:
    """Serve until interrupted.

    Args:
        host: address to listen on.
        port: 1 to 65535.
        home: folder of the desk's files, or None for the environment's or default one.
        workers: web processes, 1 or more.
        demo: fill an empty desk with an invented community.

    Raises:
        InputError: when a setting is out of its bounds, the address is taken, or the database does not answer.
    """
    from whence.desk.watching import watch

    shown = f"[{host}]" if ":" in host else host
    os.environ.setdefault("WHENCE_URL", f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else shown}:{port}")  # noqa: S104
    use(home)
    # Taken before anything else, and kept while the web process is started again: visitors wait, and are not refused.
    with _listening(host, port) as listener:
        from whence.desk.services import locks
        from whence.desk.starting import prepare

        prepare(demo=demo)
        release = locks.hold("serving")
        if release is None:
            raise InputError("another `whence serve` has this desk: stop it, or name another folder with --home")
        os.environ["WHENCE_WEB_WORKERS"] = str(workers)
        print(f"whence: the desk is at {os.environ['WHENCE_URL']}  (Ctrl-C ends it)", file=sys.stderr, flush=True)
        web = ["gunicorn", "-c", "python:whence.desk.gunicorn_conf", "--bind", f"fd://{listener.fileno()}"]
        watch(
            {
                "web": [sys.executable, "-m", *web],
                "worker": [sys.executable, "-m", "whence.desk.manage", "desk_worker"],
            },
            keep=[listener.fileno()],
        )


def web(bind: str, workers: int) -> None:
    """Become the web server, without a worker beside it.

    Args:
        bind: HOST:PORT or unix:PATH.
        workers: processes, 1 or more.
    """
    os.environ["WHENCE_WEB_WORKERS"] = str(workers)
    words = ["gunicorn", "-c", "python:whence.desk.gunicorn_conf", "--bind", bind]
    os.execv(sys.executable, [sys.executable, "-m", *words])  # noqa: S606


def worker() -> None:
    """Do the queue's work until told to stop."""
    from django.core.management import call_command

    call_command("desk_worker")


def use(home: Path | None) -> None:
    """Make a folder's desk this process's, and load it.

    Args:
        home: the folder, or None for the environment's or default one.

    Raises:
        InputError: when a setting is out of its bounds.
    """
    if home is not None:
        os.environ["WHENCE_DESK_HOME"] = str(home.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "whence.desk.settings"
    from whence.desk import config

    config.get()
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as failure:
        raise InputError(f"the desk's settings cannot be used: {failure}") from None


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as failure:
        raise InputError(
            f"the desk cannot listen on {host}:{port} ({failure.strerror}): name another port with --port"
        ) from None
    return listener
