"""Search and kept pages as readers meet them, on SQLite and on PostgreSQL."""

from __future__ import annotations

import gzip
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from tests.functional.desk.conftest import Desk, Member

HARBOUR = """Harbour board weighs a closure

The harbour will close on Monday, the board said. "We have no choice," said Mira Okonjo, who chairs it.

Dockers dispute that. "Nobody asked us," said Teo Brandt of the dockers' union, who denied that the pier is unsafe."""
MILL = """Mill bridge to reopen

The old mill bridge will reopen on Friday, the council said."""


def get(url: str, **headers: str) -> tuple[int, Any, bytes]:
    """Status, headers and body of an answer."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def add(member: Member, text: str) -> str:
    """Add a story and wait until it is read; its address comes back."""
    member.send("/stories/add/", story=text)
    title = text.splitlines()[0]
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if found := re.search(rf'href="(/story/\w+/)"><bdi>{title}', member.page("/stories/")):
            return found[1]
        time.sleep(0.3)
    raise AssertionError(f"{title} was not read")


def test_search_and_kept_pages(desk: Desk) -> None:
    member = Member(desk, "quiet-otter")
    harbour, mill = add(member, HARBOUR), add(member, MILL)

    def found(query: str, where: str = "/statements/") -> set[str]:
        status, _, body = get(f"{desk.url}{where}?q={urllib.parse.quote(query)}")
        assert status == 200, body[:300]
        return {path for path in (harbour, mill) if f'href="{path}' in body.decode()}

    for query, wanted in {
        "harbour": {harbour},
        "HARBOUR monday": {harbour},
        "reop": {mill},
        "will": {harbour, mill},
        '"asked us"': {harbour},
        '"us asked"': set(),
        "will zeppelin": set(),
        "okonjo": set(),
        "' OR 1=1 --": set(),
        "& | ! <-> :*": set(),
        "%": set(),
        "\\": set(),
    }.items():
        assert found(query) == wanted, query
    assert found("okonjo", "/search/") == set()
    assert b"Mira Okonjo" in get(f"{desk.url}/search/?q=okonjo")[2]
    assert found("reopen", "/stories/") == {mill}

    _, headers, packed = get(desk.url + harbour, accept_encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert b"Mira Okonjo" in gzip.decompress(packed)
    status, _, _ = get(desk.url + harbour, accept_encoding="gzip", if_none_match=headers["ETag"])
    assert status == 304
    assert "Set-Cookie" not in headers
