"""What happens to every request: a line in the log, a content security policy, pages that are the same for all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

__all__ = ["ContentSecurityPolicy", "PublicPages", "RequestLog"]

_log = logging.getLogger("whence.desk.requests")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Next = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """A line a request: method, path, status, milliseconds. No address and no name: reading leaves no trace here."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = self._next(request)
        fields = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.perf_counter() - begin) * 1000, 1),
        }
        _log.debug("%(method)s %(path)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
        return response


class ContentSecurityPolicy:
    """No scripts, styles, frames or connections but our own; a view may set a policy of its own."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._next(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class PublicPages:
    """Placeholder order in the chain for the cache of pages that are the same for everybody (caching.py)."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._next(request)
