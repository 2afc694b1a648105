"""The bulk data: what there is, and the files."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whence.desk.services import exports, facts

__all__ = ["file", "index"]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be taken away, and how it is checked."""
    folder = exports.folder()
    files = []
    for name, about in exports.FILES.items():
        path = folder / name
        if path.is_file():
            found = path.stat()
            files.append(
                {"name": name, "about": about, "size": found.st_size, "at": datetime.fromtimestamp(found.st_mtime, UTC)}
            )
    checkpoint = facts.log().checkpoint()
    context = {"files": files, "log": checkpoint, "key": facts.first_key()}
    return render(request, "desk/data.html", context)


@require_safe
def file(request: HttpRequest, name: str) -> FileResponse:
    """A file of the latest export."""
    if name not in exports.FILES:
        raise Http404("there is no such file")
    try:
        opened = (exports.folder() / name).open("rb")
    except OSError:
        raise Http404("nothing was exported yet") from None
    response = FileResponse(opened, as_attachment=True, filename=name)
    response["Access-Control-Allow-Origin"] = "*"
    return response
