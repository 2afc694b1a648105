"""What happens to every request: a line in the log, a content security policy, limits."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from whence.desk import config
from whence.desk.models import User
from whence.desk.services import limits
from whence.desk.views import failures, health

__all__ = ["ContentSecurityPolicy", "Limits", "RequestLog", "client_address"]

_log = logging.getLogger("whence.desk.requests")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Next = Callable[[HttpRequest], HttpResponse]

# What somebody who is blocked may still do: leave, keep their account in order, and appeal.
_OPEN_TO_BLOCKED = ("account_", "mfa_", "appeal-", "close-account", "language", "openid_connect")


class RequestLog:
    """A line a request: method, path, status, milliseconds. No address and no name: reading leaves no trace here."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        head = request.method == "HEAD"
        response = self._next(request)
        if head and not response.streaming:
            response.content = b""  # its length stays as it would be
        seconds = time.perf_counter() - begin
        health.count(response.status_code, seconds)
        if _log.isEnabledFor(logging.DEBUG):
            fields = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            }
            _log.debug("%(method)s %(path)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
        return response


class ContentSecurityPolicy:
    """No scripts, styles, frames or connections but our own; a view may set a policy of its own."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hollow = "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path
        if hollow and not request.path.startswith("/api/"):  # which says so in its own way
            response = failures.bad_request(request)  # PostgreSQL has no such character, and no page asks for one.
        else:
            response = self._next(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class Limits:
    """Nobody does anything too often, and somebody who is blocked changes nothing."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer 429 or 403 in the view's stead, where a rule says so."""
        match = request.resolver_match
        if match is None:
            return None
        reading = request.method in ("GET", "HEAD", "OPTIONS")
        name = "api" if "api" in match.app_names or match.namespace == "api" else match.url_name or ""
        if not reading and not name.startswith(_OPEN_TO_BLOCKED):
            person = request.user
            if isinstance(person, User) and person.blocked and not person.is_superuser:
                return failures.blocked(request, person)
        if name not in limits.RULES:
            return None
        # A visitor without a session is asked for none: pages without a cookie stay the same for everybody.
        person_key = request.user.pk if not reading and request.user.is_authenticated else None
        try:
            limits.check(name, person_key, client_address(request), reading=reading)
        except limits.Limited as failure:
            return failures.too_often(request, failure.seconds)
        return None


def client_address(request: HttpRequest) -> str:
    """Return a visitor's address: the connection's, or what the operator's own proxies say (WHENCE_PROXIES)."""
    given = request.headers.get("x-forwarded-for", "")
    proxies = config.get().proxies
    if not proxies:
        if given:
            _warn_of_proxies()
        return str(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in given.split(",")]
    return hops[-proxies] if given and len(hops) >= proxies else str(request.META.get("REMOTE_ADDR", ""))


_warned = False


def _warn_of_proxies() -> None:
    global _warned  # noqa: PLW0603 (once a process is enough)
    if not _warned:
        _warned = True
        _log.warning(
            "a proxy names visitors' addresses, and WHENCE_PROXIES is 0: all visitors share the proxy's limits"
        )
