"""Statements across stories."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from whence.desk.caching import public
from whence.desk.models import Statement, Story
from whence.desk.paging import newest_first
from whence.desk.presenting import statement_state
from whence.desk.search import matching
from whence.desk.templatetags.desk import state
from whence.desk.views.lists import narrowed

__all__ = ["FILTERS", "index", "told", "with_states"]

FILTERS = {
    "unchecked": (Q(checked=False), _("no one has checked")),
    "unnamed": (Q(voice="attributed") & ~Q(naming="named"), _("unnamed source")),
    "own": (Q(voice="own"), _("own voice")),
    "disputed": (Q(disputed=True), _("disputed")),
    "single-origin": (Q(story__single_origin=True), _("single origin")),
}


def told() -> Any:
    """Return the statements of the latest versions of stories that everybody may see."""
    # Few stories are kept from readers: looked up by what to leave out, the newest statements are found without a sort.
    gone = Story.objects.filter(Q(hidden=True) | ~Q(state=Story.State.READ)).values("pk")
    return (
        Statement.objects.filter(current=True)
        .exclude(story_id__in=gone)
        .select_related("story", "story__outlet")
        .prefetch_related("sources", "anchors__note__score")
    )


def with_states(statements: list[Statement]) -> list[tuple[Statement, str]]:
    """Return statements, each with its state.

    Args:
        statements: of `told`.
    """
    return [
        (statement, statement_state(state(anchor.note) for anchor in statement.anchors.all() if not anchor.orphaned))
        for statement in statements
    ]


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """All statements, filtered and searched."""
    rows, context = narrowed(told(), request, FILTERS, lambda query: Q(pk__in=matching("statement", query)))
    page = newest_first(rows, request)
    return render(request, "desk/statements.html", context | {"page": page, "statements": with_states(page.items)})
