"""One search over stories, statements, sources and notes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whence.desk.caching import public
from whence.desk.search import matching
from whence.desk.views.lists import asked
from whence.desk.views.notes_list import standing
from whence.desk.views.sources import counted, heard
from whence.desk.views.statements import told, with_states
from whence.desk.views.stories import readable

__all__ = ["search"]


@require_safe
@public
def search(request: HttpRequest) -> HttpResponse:
    """What was found of each kind, the newest first."""
    query = asked(request)
    context: dict[str, object] = {"q": query}
    try:
        if query:
            sources = heard().filter(pk__in=matching("source", query)).order_by("label", "pk")
            statements = told().filter(pk__in=matching("statement", query))
            context |= {
                "stories": readable()
                .select_related("outlet")
                .filter(pk__in=matching("story", query))
                .order_by("-pk")[:8],
                "sources": counted(sources[:12]),
                "statements": with_states(list(statements.order_by("-pk")[:12])),
                "notes": standing().filter(score__status="helpful", pk__in=matching("note", query)).order_by("-pk")[:5],
            }
    except ValueError:
        context["nothing"] = True
    return render(request, "desk/search.html", context)
