"""`desk_worker`: does the queue's work, and sees that scoring comes round; one or several may run."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from whence.desk.services import locks, queue
from whence.desk.sqlite.base import settle
from whence.desk.watching import end_with_parent

_log = logging.getLogger("whence.desk.worker")
_BEAT = 5.0  # seconds between two looks at what is due
_TIDY = 3600.0


class Command(BaseCommand):
    """Django's queue worker, with a lock that tells the others that it lives, and a clock."""

    help = "Do the desk's queued work: fetch, read, score, publish."

    def add_arguments(self, parser: Any) -> None:
        """Take a pause."""
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks at an empty queue")

    def handle(self, *, interval: float, **options: Any) -> None:
        """Work until told to stop."""
        name = f"{socket.gethostname()[:20]}-{os.getpid()}-{secrets.token_hex(4)}"
        release = locks.hold(queue.lock_of(name))
        assert release is not None, "the name of a worker is its own"
        locks.hold("running", shared=True)
        end_with_parent()
        threading.Thread(target=_clock, name="clock", daemon=True).start()
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        while worker.running:
            try:
                worker.run()
            except Error as failure:
                # The database is restarting, full or locked: what was being done is taken up again when it answers.
                _log.error("the database does not answer (%s); trying again", failure)
                connections.close_all()
                time.sleep(2)


def _clock() -> None:
    tidied = 0.0
    while True:
        try:
            close_old_connections()
            settle()
            queue.take_up_again()
            queue.schedule()
            if time.monotonic() - tidied > _TIDY or not tidied:
                queue.forget()
                tidied = time.monotonic()
        except Exception as failure:
            _log.error("the clock could not do its round: %s", failure)
            connections.close_all()
        time.sleep(_BEAT)
