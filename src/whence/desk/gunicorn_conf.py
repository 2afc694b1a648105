"""How gunicorn serves the desk: `gunicorn -c python:whence.desk.gunicorn_conf whence.desk.wsgi`."""

from __future__ import annotations

import os
import sys
from typing import Any

from whence.desk.watching import end_with_parent

wsgi_app = "whence.desk.wsgi:application"
workers = int(os.environ.get("WHENCE_WEB_WORKERS", "2"))
worker_class = "gthread"  # Threads wait for the database and for slow readers; processes use the cores.
threads = int(os.environ.get("WHENCE_WEB_THREADS", "16"))  # so many that a burst of writers leaves some for readers
preload_app = True  # One copy of the code in memory, and a mistake in a setting is seen at the start.
backlog = 2048
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 200_000  # A leak, if there is one, does not grow for ever.
max_requests_jitter = 20_000
limit_request_line = 8190
limit_request_fields = 60
loglevel = "warning"
control_socket_disable = True
forwarded_allow_ips = os.environ.get("WHENCE_PROXY_ADDRESSES", "127.0.0.1,::1")


def when_ready(server: Any) -> None:
    """Tie the arbiter, and so its workers, to the process that watches over it."""
    end_with_parent()


def post_fork(server: Any, worker: Any) -> None:
    """Begin a worker without the arbiter's connections: two processes must not talk over one."""
    from django.db import connections

    connections.close_all()
    # Half a millisecond, not five: whoever writes asks for the interpreter at each statement, and others wait for them.
    sys.setswitchinterval(0.0005)


def post_worker_init(worker: Any) -> None:
    """Say that a process of the desk runs, for commands that it must not do so."""
    from whence.desk.services import locks

    locks.hold("running", shared=True)
