"""The files of the deployment guide, taken out of it: what should read them finds nothing wrong."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.functional.desk.conftest import ROOT

_FILE = re.compile(r"^`(?P<path>/[^`]+)`[^\n]*(?:\n[^\n`]+)*?\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_GUIDE = (ROOT / "docs/guides/deploy.md").read_text(encoding="utf-8")
FILES = {found["path"]: found["text"] for found in _FILE.finditer(_GUIDE)}
UNITS = [path for path in FILES if path.startswith("/etc/systemd/system/")]


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def _settings() -> dict[str, str]:
    """The settings as a shell reads them, which is how `whence-desk` does."""
    done = subprocess.run(
        ["/bin/sh", "-c", "set -a; . /dev/stdin; env"],
        input=FILES["/etc/whence.env"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if line.startswith("WHENCE_"))


def test_the_guide_names_the_files_that_it_needs() -> None:
    assert {"/etc/whence.env", "/usr/local/bin/whence-desk", "/etc/nginx/sites-available/whence"} < set(FILES)
    assert {Path(path).name for path in UNITS} == {"whence.service", "whence-backup.service", "whence-backup.timer"}


def test_its_settings_are_read_alike_by_a_shell_and_by_systemd() -> None:
    found = _settings()
    # systemd.exec(5), EnvironmentFile: within single quotes everything stands for itself.
    quoted = dict(re.findall(r"^(\w+)='([^'\\]*)'$", FILES["/etc/whence.env"], re.MULTILINE))
    assert found == quoted
    assert len(found) == len(FILES["/etc/whence.env"].splitlines())


def test_its_settings_do(tmp_path: Path) -> None:
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    import sys

    from tests.functional.desk.conftest import environment

    given = _settings() | {"WHENCE_DESK_HOME": str(tmp_path / "home"), "WHENCE_DATABASE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "whence", "desk", "check", "--deploy"],
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    from whence.desk.config import from_environment

    config = from_environment(_settings() | {"WHENCE_DESK_HOME": str(tmp_path / "home")})
    assert (config.secure, config.proxies, config.name) == (True, 1, "The Example Desk")


def test_systemd_finds_nothing_wrong_with_its_units(tmp_path: Path) -> None:
    program = _program("systemd-analyze")
    for path in UNITS:
        # What a unit starts must be there to be found: the test's machine has no desk installed.
        text = FILES[path].replace("/opt/whence/bin/whence", "/bin/true")
        (tmp_path / Path(path).name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / Path(path).name) for path in UNITS)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "whence" in line]
    assert (done.returncode, ours) == (0, [])


def test_nginx_finds_nothing_wrong_with_its_file(tmp_path: Path) -> None:
    program = _program("nginx")
    (tmp_path / "whence").write_text(FILES["/etc/nginx/sites-available/whence"], encoding="utf-8")
    whole = f"pid {tmp_path}/pid; events {{}} http {{ access_log off; include {tmp_path}/whence; }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    done = subprocess.run(
        [program, "-t", "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_its_script_is_a_shells() -> None:
    subprocess.run(["/bin/sh", "-n"], input=FILES["/usr/local/bin/whence-desk"], text=True, check=True)
