"""`whence serve` as an operator meets it: needs one folder, says what is wrong in a line, leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra `desk` is not installed")
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

_SRC = Path(__file__).parents[3] / "src"


def _environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHENCE_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(_SRC)} | more


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as failure:
        return failure.code
    except OSError:
        return 0


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def _of_home(home: Path) -> set[int]:
    """Processes whose environment names a desk's home."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if f"WHENCE_DESK_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.add(int(folder.name))
            except OSError:
                continue
    return found


def _nothing_of(home: Path) -> bool:
    return not _of_home(home)


class Served:
    """A desk that serves."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home, self.port = home, _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = home.with_suffix(".log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "whence",
                    "serve",
                    "--home",
                    str(home),
                    "--port",
                    str(self.port),
                    "--workers",
                    "1",
                ],
                env=_environment(WHENCE_DESK_HOME=str(home), **environment),
                stderr=log,
            )
        assert _within(90, lambda: _get(f"{self.url}/readyz") == 200), self.log.read_text()

    def end(self) -> None:
        """Whatever is left of it goes."""
        for pid in _of_home(self.home) | ({self.process.pid} if self.process.poll() is None else set()):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = Served(tmp_path_factory.mktemp("desk") / "home")
    yield one
    one.end()


def _whence(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "whence", *arguments],
        env=_environment(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_start_needs_a_folder_and_nothing_else(served: Served) -> None:
    said = served.log.read_text()
    assert "sign in as 'moderator' with the password" in said
    assert f"the desk is at {served.url}" in said
    assert {_get(served.url + path) for path in ("/", "/stories/", "/healthz", "/metrics", "/log/checkpoint")} <= {
        200,
        404,
    }
    assert (served.home / "log.key").stat().st_mode & 0o077 == 0
    assert (served.home / "secret.key").stat().st_mode & 0o077 == 0


def test_a_port_or_a_folder_that_is_taken_is_said_in_a_line(served: Served) -> None:
    taken = _whence("serve", "--home", str(served.home.with_name("other")), "--port", str(served.port))
    assert taken.returncode == 2
    assert taken.stderr.splitlines()[-1].startswith(f"whence: the desk cannot listen on 127.0.0.1:{served.port}")
    twice = _whence("serve", "--home", str(served.home), "--port", str(_free_port()))
    assert twice.returncode == 2
    assert "another `whence serve` has this desk" in twice.stderr


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("WHENCE_DESK_HOME", "/proc/nowhere", "cannot be used"),
        ("WHENCE_URL", "ftp://desk.example", "http(s) address without a path"),
        ("WHENCE_SECRET", "short", "at least 32 characters"),
        ("WHENCE_PROXIES", "many", "a number from 0 to 5"),
        ("WHENCE_NETWORK", "here", "networks like"),
        ("WHENCE_EMAIL", "mail.example", "smtp://"),
        ("WHENCE_DATABASE", "postgres://nobody@127.0.0.1:9/none", "database cannot be used"),
        ("WHENCE_DATABASE", "nonsense", "WHENCE_DATABASE"),
    ],
)
def test_a_wrong_setting_is_said_in_a_line(tmp_path: Path, setting: str, value: str, says: str) -> None:
    done = _whence("serve", "--port", str(_free_port()), **({"WHENCE_DESK_HOME": str(tmp_path)} | {setting: value}))
    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert says in lines[0]


def test_nothing_is_left_when_the_parent_is_killed_or_told_to_end(tmp_path: Path) -> None:
    for number in (signal.SIGKILL, signal.SIGINT):
        one = Served(tmp_path / f"home{number}")
        try:
            assert len(_of_home(one.home)) >= 4  # parent, arbiter, web, worker
            one.process.send_signal(number)
            assert _within(20, partial(_nothing_of, one.home)), _of_home(one.home)
            assert one.process.wait(1) == (-signal.SIGKILL if number == signal.SIGKILL else 0)
        finally:
            one.end()


def test_a_backup_while_it_serves_is_restored_elsewhere_and_its_log_holds(served: Served, tmp_path: Path) -> None:
    file, home = tmp_path / "backup.tar", tmp_path / "restored"
    made = _whence("desk", "--home", str(served.home), "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert file.stat().st_mode & 0o077 == 0
    home.mkdir()
    back = _whence("desk", "--home", str(home), "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert "verified" in back.stdout
    key = [_whence("desk", "--home", str(one), "key").stdout for one in (served.home, home)]
    assert key[0] == key[1] != ""
    refused = _whence("desk", "--home", str(served.home), "rotate-key")
    assert refused.returncode == 2
    assert "stop it first" in refused.stderr
