"""The documentation runs: every Python block and every whence command in it, in the order of the page."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import click
import pytest

from whence.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("make ", "pip ", "git ", "python -m benchmarks", "python -m training", "eval ", "tmux ")
"""Commands of other programs that pages may show; everything else in a console block is run."""


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def serve(words: list[str], env: dict[str, str]) -> None:
    """A server runs until it is stopped: it is started as the page says, asked for its front page, and stopped."""
    pytest.importorskip("django", reason="needs whence[desk]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    given = [word for word in words if word not in ("--host", "0.0.0.0")]
    with subprocess.Popen([*given, "--port", port], env=env, stderr=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 90
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                        assert answer.status == 200
                    return
                except (urllib.error.URLError, ConnectionError):
                    assert process.poll() is None, process.stderr.read() if process.stderr else ""
                    assert time.monotonic() < deadline, f"{words} answers nothing"
                    time.sleep(0.5)
        finally:
            process.terminate()


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "80"}
    names: dict[str, object] = {"__name__": "docs"}
    ran = 0
    for kind, body in blocks(page):
        if kind == "python":
            exec(compile(body, f"{page.name}", "exec"), names)
            ran += 1
            continue
        for line in body.replace("\\\n", " ").splitlines():
            if not line.startswith("$ ") or line[2:].startswith(NOT_RUN):
                continue
            words = shlex.split(line[2:], comments=True)
            assert words[0] in ("whence", "python"), f"{page.name}: cannot run {line!r}"
            if words[:2] == ["whence", "serve"]:
                serve(words, env | {"WHENCE_DESK_HOME": str(tmp_path / "desk")})
                ran += 1
                continue
            done = subprocess.run(words, env=env, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == 0, f"{page.name}: {line}\n{done.stdout}\n{done.stderr}"
            ran += 1
    assert ran or all(kind == "console" for kind, _ in blocks(page))


def options(command: click.Command) -> list[str]:
    return [o for p in command.params if isinstance(p, click.Option) for o in p.opts if o.startswith("--")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert f"## whence {name}" in page
    section = page.split(f"## whence {name}")[1].split("\n## ")[0]
    for option in options(command):
        assert f"`{option}" in section, f"docs/reference/cli.md says nothing of whence {name} {option}"


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs/decisions").glob("0*.md"):
        assert page.name in index, f"docs/decisions/README.md does not list {page.name}"


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}, which is not there"
