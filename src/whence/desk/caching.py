"""Pages that are the same for everybody, kept as they were sent until something on them changes.

Readers without a session get the very bytes that an earlier reader got, compressed once, with an entity tag. Services
mark what changes (`bump`, in their own transaction); a page is kept under the marks that it was made under, so that no
reader sees it after the change, in whichever process it was kept.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

__all__ = ["PublicPages", "bump", "marks", "public", "remembered"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_LARGEST = 64 * 1024 * 1024  # bytes of kept pages in a process
_OLDEST = 60.0  # seconds: dates in words, and whatever a service forgot to mark, are never staler than this
_LONGEST_QUERY = 300  # characters: nobody fills the memory with searches
_OURS = frozenset({"content-length", "etag", "vary"})  # headers that each answer gets anew


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    packed: bytes
    tag: str
    headers: tuple[tuple[str, str], ...]
    until: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 500


class _Kept:
    """Pages by key, the one not asked for longest the first to go."""

    def __init__(self, largest: int) -> None:
        self._pages: OrderedDict[tuple[str, ...], _Page] = OrderedDict()
        self._lock = threading.Lock()
        self._size = 0
        self._largest = largest
        self._making: dict[tuple[str, ...], threading.Lock] = {}

    def get(self, key: tuple[str, ...]) -> _Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until < time.monotonic():
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: _Page) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._size > self._largest:
                _, gone = self._pages.popitem(last=False)
                self._size -= gone.size

    @contextlib.contextmanager
    def making(self, key: tuple[str, ...]) -> Iterator[None]:
        """Let one thread at a time make a page: those who ask meanwhile wait for it, and take it."""
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        try:
            with lock:
                yield
        finally:
            with self._lock:
                self._making.pop(key, None)


def public(view: View[P]) -> View[P]:
    """Say of a view that readers without a session all get the same page from it, which may be kept.

    The view answers for what it shows: it sets no cookie and holds no form that changes anything.
    """

    view.public = True  # type: ignore[attr-defined]  # functools.wraps carries it through other decorators.
    return view


def _is_public(path: str) -> bool:
    try:
        return bool(getattr(resolve(path).func, "public", False))
    except Resolver404:
        return False


def bump(story: str | None = None) -> None:
    """Mark that something shown has changed, within the transaction that changes it.

    Args:
        story: key of the story on whose page it is shown; None where it may be shown on any page.
    """
    from whence.desk.models import Generation
    from whence.desk.services.facts import LogStorage

    names = ["all"] if story is None else ["desk", f"story:{story}"]
    rows = [Generation(name=name, mark=secrets.token_hex(8)) for name in names]
    # The log's lock first (PostgreSQL): two transactions never wait for each other's marks.
    with transaction.atomic(), LogStorage().writing():
        Generation.objects.bulk_create(rows, update_conflicts=True, update_fields=["mark"], unique_fields=["name"])


def marks(path: str) -> tuple[str, str]:
    """Return the marks under which a page is shown now: they differ from those before the last change to it.

    Args:
        path: of its address.
    """
    parts = path.split("/", 3)
    scope = f"story:{parts[2]}" if parts[1] == "story" and len(parts) > 2 else "desk"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, mark FROM desk_generation WHERE name IN ('all', %s)", [scope])
        found = dict(cursor.fetchall())
    return found.get("all", ""), found.get(scope, "")


_fragments: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_fragments_lock = threading.Lock()


def remembered(key: tuple[Any, ...], make: Callable[[], Any], most: int = 200) -> Any:
    """Return what `make` returned for this key before, or call it.

    Args:
        key: names everything that the value depends on: it is never made anew.
        make: makes the value.
        most: values kept in this process.
    """
    with _fragments_lock:
        if key in _fragments:
            _fragments.move_to_end(key)
            return _fragments[key]
    value = make()
    with _fragments_lock:
        _fragments[key] = value
        while len(_fragments) > most:
            _fragments.popitem(last=False)
    return value


class PublicPages:
    """Middleware: answers from what was kept, and keeps what views say may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response
        self._kept = _Kept(_LARGEST)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if (
            request.method not in ("GET", "HEAD")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
            or "messages" in request.COOKIES
            or len(query) > _LONGEST_QUERY
            or request.path.startswith(("/static/", "/accounts/", "/staff/", "/log/", "/api/"))
        ):
            return self._next(request)
        language = translation.get_language_from_request(request)
        # The host is in it, since pages hold absolute addresses.
        key = (request.get_host(), request.path, query, language, *marks(request.path))
        page = self._kept.get(key)
        if page is not None:
            return _answer(request, page)
        if request.method == "HEAD" or not _is_public(request.path_info):
            return self._next(request)
        with self._kept.making(key):
            page = self._kept.get(key)
            if page is None:
                response = self._next(request)
                if response.status_code != 200 or response.cookies:
                    return response
                page = _page(response)
                self._kept.put(key, page)
        return _answer(request, page)


def _page(response: HttpResponse) -> _Page:
    body = bytes(response.content)
    packed = gzip.compress(body, 6, mtime=0)
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    headers = tuple((name, value) for name, value in response.items() if name.lower() not in _OURS)
    return _Page(body, packed, tag, headers, time.monotonic() + _OLDEST)


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f'"{page.tag}{"-gzip" if zipped else ""}"'
    asked = request.headers.get("If-None-Match", "")
    same = asked == "*" or tag in (part.strip().removeprefix("W/") for part in asked.split(","))
    response = HttpResponse(status=304) if same else HttpResponse(page.packed if zipped else page.body)
    for name, value in page.headers:
        response[name] = value
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.headers.setdefault("Cache-Control", "no-cache")  # Asking again costs next to nothing: a 304.
    if same:
        del response["Content-Type"]
    else:
        response["Content-Length"] = str(len(response.content))
        if zipped:
            response["Content-Encoding"] = "gzip"
        if request.method == "HEAD":
            response.content = b""
    return response
