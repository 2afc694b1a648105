"""A desk that serves in processes of its own, and people who are signed in to it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

__all__ = ["ROOT", "Person", "Served", "environment"]

ROOT = Path(__file__).parents[2]
_TOKEN = "benchmarkbenchmarkbenchmarkbench"  # noqa: S105 (of a form, not of a person)


def environment(home: Path, database: str = "", url: str = "") -> dict[str, str]:
    """The environment of a desk's processes: nobody's settings, and this tree's code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DJANGO_"))}
    own = {
        "WHENCE_DESK_HOME": str(home),
        "WHENCE_DATABASE": database,
        "WHENCE_URL": url,
        "WHENCE_SCORE_MINUTES": "1440",
    }
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | {name: value for name, value in own.items() if value}


class Served:
    """A desk.

    Args:
        home: its folder.
        database: its URL, or "" for SQLite in the folder.
        workers: web processes.
    """

    def __init__(self, home: Path, database: str = "", workers: int = 2) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.home, self.workers = home, workers
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment(home, database, self.url)
        self.log = home.with_suffix(".log")
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "whence", "serve", "--port", str(self.port), "--workers", str(self.workers)]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + 120
        while not self.ready():
            if time.monotonic() > until or process.poll() is not None:
                raise RuntimeError(f"the desk did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.1)
        return process

    def ready(self) -> bool:
        """Whether it answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            with contextlib.closing(connection):
                connection.request("GET", "/readyz")
                return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def run(self, module: str, *words: str) -> Any:
        """Run a module with the desk's settings; it prints JSON."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{module} failed: {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def processes(self) -> dict[str, list[int]]:
        """Its processes by what they do: parent, arbiter, web, worker."""
        found: dict[str, list[int]] = {"parent": [self.process.pid], "arbiter": [], "web": [], "worker": []}
        parents: dict[int, int] = {}
        words: dict[int, bytes] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                    words[int(folder.name)] = (folder / "cmdline").read_bytes()
                except (OSError, IndexError, ValueError):
                    continue
        for pid, parent in parents.items():
            if parent == self.process.pid:
                kind = "worker" if b"desk_worker" in words[pid] else "arbiter"
                found[kind].append(pid)
                if kind == "arbiter":
                    found["web"] += [child for child, of in parents.items() if of == pid]
        return found

    def cpu(self) -> float:
        """Processor seconds that its processes have used so far."""
        ticks = 0
        for pids in self.processes().values():
            for pid in pids:
                with contextlib.suppress(OSError):
                    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                    ticks += int(words[11]) + int(words[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def restart(self) -> None:
        """Kill the parent, and start anew once all that it left has ended."""
        left = [pid for pids in self.processes().values() for pid in pids]
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        until = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in left):
            if time.monotonic() > until:
                raise RuntimeError("processes were left behind when the parent was killed")
            time.sleep(0.05)
        self.process = self._start()

    def end(self) -> None:
        """Stop it."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Person:
    """Somebody who is signed in.

    Args:
        desk: where.
        alias: their alias.
        session: key of their session.
    """

    def __init__(self, desk: Served, alias: str, session: str) -> None:
        self.desk, self.alias = desk, alias
        self._cookie = f"sessionid={session}; csrftoken={_TOKEN}"

    def send(self, path: str, fields: dict[str, Any], timeout: float = 30) -> int:
        """Send a form.

        Returns:
            The status of the answer; 0 where there was none, so that nobody knows what became of it.
        """
        body = urlencode({"csrfmiddlewaretoken": _TOKEN, **fields}, doseq=True)
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=timeout)
        try:
            with contextlib.closing(connection):
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                answer.read()
                return answer.status
        except (OSError, http.client.HTTPException):
            return 0
