"""The API put together: its resources, and how it says that something is wrong."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from whence._version import __version__
from whence.desk.api import badges, log, notes, outlets, sources, statements, stories
from whence.desk.views.failures import problem

__all__ = ["api"]

_ABOUT = """What this desk has found, read-only and without a key.

Lists come in pages: follow `next` until it is null. Every answer has an ETag: send it back as If-None-Match and an
unchanged answer costs nothing. Errors are problem+json (RFC 9457). The limit is 600 requests a minute from one address;
for everything at once take the bulk data under /data/.
"""


class _Api(NinjaAPI):
    """An API whose description names the media type of its errors."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the description; errors are problem+json."""
        found = super().get_openapi_schema(**options)
        for path in found["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    content = response.get("content", {})
                    if int(status) >= 400 and "application/json" in content:
                        content["application/problem+json"] = content.pop("application/json")
        return found


api = _Api(
    title="whence desk",
    version="1",
    description=_ABOUT,
    urls_namespace="api",
    docs_url=None,  # Its pages load scripts from elsewhere; ours do not.
    openapi_extra={"info": {"license": {"name": "Apache-2.0"}, "x-whence": __version__}},
)
api.add_router("/stories", stories.router, tags=["stories"])
api.add_router("/statements", statements.router, tags=["statements"])
api.add_router("/sources", sources.router, tags=["sources"])
api.add_router("/outlets", outlets.router, tags=["outlets"])
api.add_router("/notes", notes.router, tags=["notes"])
api.add_router("/badges", badges.router, tags=["badges"])
api.add_router("/log", log.router, tags=["log"])


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, failure: ValidationError) -> HttpResponse:
    errors = [{"where": list(map(str, one.get("loc", ()))), "what": str(one.get("msg", ""))} for one in failure.errors]
    first = errors[0] if errors else {"where": [], "what": ""}
    return problem(422, "Not understood", f"{'.'.join(first['where'][1:])}: {first['what']}", errors=errors)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, failure: Http404) -> HttpResponse:
    return problem(404, "Not found", "there is no such thing on this desk")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, failure: HttpError) -> HttpResponse:
    return problem(failure.status_code, "Not found" if failure.status_code == 404 else "Not understood", str(failure))
