"""`whence mcp` through the front door, by the official SDK's client: standard input and output, and HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.functional.conftest import Run
from tests.unit.verification.community import community
from whence.ledger import FolderStorage
from whence.publish.record_json import to_record_json

mcp = pytest.importorskip("mcp")
anyio = pytest.importorskip("anyio")

STORY = "Crane fell\n\nThe crane had not been inspected since 2016, harbour master Mara Ilves said on Tuesday."
CHECK = {
    "id": "c1",
    "claim": "The crane in Veldhaven was never inspected",
    "url": "https://checks.example/1",
    "publisher": "Clearwater Checks",
    "rating": "Mostly false",
    "verdict": "mostly-false",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one fact-check, and a folder with one record."""
    from whence.cli.main import main

    folder = tmp_path_factory.mktemp("mcp")
    (folder / "checks.jsonl").write_text(json.dumps(CHECK) + "\n")
    assert main(["factchecks", "add", str(folder / "checks.jsonl"), "--store", str(folder / "store.sqlite")]) == 0
    _, record = community(FolderStorage(folder / "log"))
    (folder / "records").mkdir()
    (folder / "records" / "crane.json").write_text(to_record_json(record))
    return folder


def words(kept: Path) -> list[str]:
    options = ["--offline", "--store", str(kept / "store.sqlite"), "--records", str(kept / "records")]
    return ["-m", "whence", "mcp", *options]


async def conversation(client: Any) -> None:
    """What an assistant would ask."""
    listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == ["read_story", "who_says", "match_claim", "show_notes"]
    for tool in listed:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert "Raises" not in tool.description
        assert "self" not in tool.input_schema["properties"]
        assert tool.output_schema["type"] == "object"
    read = (await client.call_tool("read_story", {"text": STORY})).structured_content
    assert read["title"] == "Crane fell"
    said = (await client.call_tool("who_says", {"words": "not inspected since 2016", "text": STORY})).structured_content
    assert any("Mara Ilves" in name for name in said["found"][0]["said_by"])
    matched = (
        await client.call_tool("match_claim", {"claim": "The Veldhaven crane was never inspected"})
    ).structured_content
    assert matched["searched"] == 1
    assert [check["rating"] for check in matched["found"]] in ([], ["Mostly false"])
    address = "https://courier.example/crane?a=1&b=2"
    notes = (await client.call_tool("show_notes", {"story": address})).structured_content["found"]
    assert notes[0]["badge"] == "2 of 5 statements checked, 2 notes shown"
    assert notes[0]["verified"].startswith("yes: its 20 entries are in the log desk.example/log")
    failed = await client.call_tool("read_story", {"url": "/etc/passwd"})
    assert failed.is_error
    assert "files are not read for an assistant" in failed.content[0].text
    assert "root:" not in failed.content[0].text


def test_an_assistant_on_this_machine(kept: Path) -> None:
    from mcp import Client, StdioServerParameters

    server = StdioServerParameters(command=sys.executable, args=words(kept), env=dict(os.environ))

    async def talk() -> None:
        async with Client(server, read_timeout_seconds=60) as client:
            await conversation(client)

    anyio.run(talk)


def test_an_assistant_over_http(kept: Path) -> None:
    from mcp import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *words(kept), "--http", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            assert server.stderr.readline() == f"whence answers at http://127.0.0.1:{port}/mcp\n"
            for _ in range(200):
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)

            async def talk() -> None:
                async with Client(f"http://127.0.0.1:{port}/mcp", read_timeout_seconds=60) as client:
                    await conversation(client)

            anyio.run(talk)
        finally:
            server.terminate()


def test_what_cannot_be_served_is_named(whence: Run, tmp_path: Path) -> None:
    for given, says in (
        (("--offline", "--desk", "https://desk.example"), "leave one of them out"),
        (("--desk", "desk.example"), "a desk is an http"),
        (("--records", tmp_path / "absent"), "no folder of records"),
    ):
        found = whence("mcp", *given)
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
        assert says in found.stderr


def test_without_the_sdk_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError(\"No module named 'mcp'\", name='mcp')\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "whence", "mcp"], capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (5, "", 1)
    assert "pip install 'whence[mcp]'" in done.stderr
