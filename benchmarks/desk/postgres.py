"""A PostgreSQL of one's own, for a measurement or a test: on a socket in a folder that goes when it ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

__all__ = ["Cluster", "cluster"]


class Cluster:
    """A cluster that runs.

    Attributes:
        folder: where its socket is.
        user: who may do everything, without a password.
    """

    user = "desk"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0

    def database(self) -> str:
        """Make an empty database, and return its name."""
        import psycopg

        self._made += 1
        name = f"desk_{self._made}"
        with psycopg.connect(f"host={self.folder} user={self.user} dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def url(self) -> str:
        """Make an empty database, and return its URL."""
        return f"postgres://{self.user}@{quote(str(self.folder), safe='')}/{self.database()}"


@contextlib.contextmanager
def cluster(*, durable: bool = True) -> Iterator[Cluster | None]:
    """Start a cluster.

    Args:
        durable: whether it waits for the disk, as one in use does; tests need not.

    Yields:
        The cluster; None where PostgreSQL is not installed, or cannot be run by this user.
    """
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), Path(shutil.which("initdb") or "/absent").parent]
    programs = next((place for place in places if (place / "initdb").is_file()), None)
    become: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    if programs is None or (become and not shutil.which("setpriv")):
        yield None
        return
    # Not below pytest's own folder, which every session closes to others anew: the cluster's user could not pass.
    folder = Path(tempfile.mkdtemp(prefix="whence-pg-"))
    if become:
        os.chown(folder, 65534, 65534)

    def run(*command: str | Path) -> None:
        subprocess.run([*become, *command], check=True, capture_output=True, timeout=120, cwd=folder)

    data = folder / "data"
    try:
        run(
            programs / "initdb",
            "-D",
            data,
            "-U",
            Cluster.user,
            "-A",
            "trust",
            "-E",
            "UTF8",
            *([] if durable else ["-N"]),
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync={'on' if durable else 'off'}"
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Cluster(folder)
        finally:
            run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast" if durable else "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
