"""The public log's files, as they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from whence.desk.services.facts import LogStorage
from whence.ledger.paths import CHECKPOINT

__all__ = ["file"]


@require_safe
def file(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a file of the log (C2SP tlog-tiles)."""
    data = LogStorage().get(path)
    if data is None:
        raise Http404("the log has no such file")
    text = path == CHECKPOINT
    response = HttpResponse(data, content_type="text/plain; charset=utf-8" if text else "application/octet-stream")
    # Full tiles never change; the checkpoint and partial tiles do.
    last = path.endswith(".p") or "/" not in path or ".p/" in path
    response["Cache-Control"] = "no-cache" if text or last else "public, max-age=31536000, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    return response
