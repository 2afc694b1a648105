"""A PostgreSQL of its own, for a measurement: on a socket in a folder that goes when it ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

__all__ = ["cluster"]


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster with its usual settings, fsync included.

    Yields:
        The URL of its database; "" where PostgreSQL is not installed.
    """
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), Path(shutil.which("initdb") or "/absent").parent]
    programs = next((place for place in places if (place / "initdb").is_file()), None)
    if programs is None:
        yield ""
        return
    folder = Path(tempfile.mkdtemp(prefix="whence-pg-"))
    become: list[str] = []
    if os.geteuid() == 0:  # initdb refuses root
        become = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chown(folder, 65534, 65534)

    def run(*command: str | Path) -> None:
        subprocess.run([*become, *command], check=True, capture_output=True, timeout=120, cwd=folder)

    run(programs / "initdb", "-D", folder / "data", "-U", "desk", "-A", "trust", "-E", "UTF8")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgres://desk@{quote(str(folder), safe='')}/postgres"
    finally:
        run(programs / "pg_ctl", "-D", folder / "data", "-w", "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)
