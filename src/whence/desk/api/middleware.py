"""Around the API: other sites' pages may read it, unchanged answers are not sent again, errors are problem+json."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware

from whence.desk.views.failures import problem

__all__ = ["OpenData"]

_PREFIX = "/api/"
_WORDS = {404: "Not found", 405: "Only reading", 406: "Not acceptable"}


class OpenData:
    """CORS, entity tags and errors of everything under /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response
        self._conditional = ConditionalGetMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_PREFIX):
            return self._next(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in ("GET", "HEAD"):
            response = problem(405, "Only reading", "this API only reads: use GET")
        else:
            head = request.method == "HEAD"
            request.method = "GET"  # A HEAD is a GET whose answer is not sent.
            response = self._next(request)
            kind = response.get("Content-Type", "")
            if response.status_code >= 400 and not kind.startswith("application/problem+json"):
                response = problem(response.status_code, _WORDS.get(response.status_code, "Problem"))
            elif response.status_code == 200:
                response["Cache-Control"] = "public, max-age=0, must-revalidate"
                checked = self._conditional.process_response(request, response)
                assert isinstance(checked, HttpResponse)
                response = checked
            if head:
                response.content = b""
        if request.method in ("OPTIONS",) or response.status_code == 405:
            response["Allow"] = "GET, HEAD, OPTIONS"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response
