"""The client of a desk's API: follows pages, and nothing else that a desk says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from whence import client as module
from whence.client import DeskClient
from whence.errors import FormatError, InputError, RefusedError, UnreachableError


class Served:
    """A desk that answers as it is told: a path and query, and what comes back; 404 for everything else."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[int, bytes]]] = {}
        self.asked: list[str] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.asked.append(self.path)
                given = served.answers.get(self.path, [(404, b"{}")])
                status, body = given.pop(0) if len(given) > 1 else given[0]
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def give(self, path: str, answer: Any, status: int = 200) -> None:
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.answers.setdefault("/api/v1/" + path, []).append((status, body))


@pytest.fixture
def served() -> Iterator[Served]:
    desk = Served()
    yield desk
    desk.server.shutdown()
    desk.server.server_close()


def test_a_list_is_followed_to_its_end_on_this_desk_alone(served: Served) -> None:
    served.give(
        "statements?checked=false&limit=200", {"items": [{"id": "1"}], "next": "http://other.example/x?cursor=a"}
    )
    served.give("statements?cursor=a", {"items": [{"id": "2"}, {"id": "3"}], "next": None})
    found = DeskClient(served.url + "/", private=True).all("statements", checked=False)
    assert [item["id"] for item in found] == ["1", "2", "3"]


def test_pages_are_asked_for_as_they_are_needed(served: Served) -> None:
    served.give("notes?limit=200", {"items": [{"id": "1"}], "next": "?cursor=b"})
    assert next(DeskClient(served.url, private=True).all("notes")) == {"id": "1"}
    assert [path for path in served.asked if path.startswith("/api")] == ["/api/v1/notes?limit=200"]


def test_one_thing(served: Served) -> None:
    served.give("notes/12/status", {"status": "helpful"})
    assert DeskClient(served.url, private=True).one("notes/12/status") == {"status": "helpful"}
    with pytest.raises(UnreachableError, match=r"has no .*/notes/13: check path"):
        DeskClient(served.url, private=True).one("notes/13")


def test_a_busy_desk_is_asked_again(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BUSY", (0, 0))
    served.give("log", {}, 429)
    served.give("log", {}, 429)
    served.give("log", {"size": 3})
    assert DeskClient(served.url, private=True).one("log") == {"size": 3}
    served.give("notes/1", {}, 429)
    served.asked.clear()
    with pytest.raises(UnreachableError, match="429"):
        DeskClient(served.url, private=True, patient=False).one("notes/1")
    assert len([path for path in served.asked if path.startswith("/api")]) == 1
    with pytest.raises(UnreachableError, match="429"):
        DeskClient(served.url, private=True).one("notes/1")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<html>", id="a page"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param([], id="a list"),
        pytest.param({"items": "x"}, id="items that are none"),
        pytest.param({"items": ["x"]}, id="an item that is none"),
        pytest.param({"next": None}, id="no items"),
        pytest.param({"items": [], "next": "?limit=200"}, id="a circle"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(served: Served, page: object) -> None:
    served.give("notes?limit=200", page)
    with pytest.raises(FormatError):
        list(DeskClient(served.url, private=True).all("notes"))


def test_what_the_desk_does_not_understand(served: Served) -> None:
    served.give("notes?status=loved&limit=200", {}, 422)
    with pytest.raises(InputError, match=r"does not understand .*status=loved.*openapi\.json"):
        list(DeskClient(served.url, private=True).all("notes", status="loved"))


def test_what_is_asked_wrongly_is_refused_before_anything_is_fetched(served: Served) -> None:
    desk = DeskClient(served.url, private=True)
    with pytest.raises(InputError, match="stories, statements, sources, outlets, notes; there is no 'votes'"):
        desk.all("votes")
    with pytest.raises(InputError, match="filtered by story, author, status; there is no 'naming'"):
        desk.all("notes", naming="named")
    for path in ("../admin", "notes/../..", "/notes", "notes?x", "http://a.example", "notes/1#x", "a/b/c/d/e", ""):
        with pytest.raises(InputError, match="a path is like"):
            desk.one(path)
    for address in ("desk.example", "ftp://desk.example", "http://", "file:///etc/passwd"):
        with pytest.raises(InputError, match="a desk is an http"):
            DeskClient(address)
    assert served.asked == []


def test_a_desk_on_this_machine_is_reached_only_when_that_is_allowed(served: Served) -> None:
    with pytest.raises(RefusedError, match="only ports 80, 443 "):
        DeskClient(served.url).one("log")
    assert served.asked == []
