"""Sources: whoever statements are attributed to, across stories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from whence.desk.caching import public
from whence.desk.models import Source, Statement, Story
from whence.desk.paging import by_label, newest_first
from whence.desk.search import matching
from whence.desk.views.lists import narrowed
from whence.desk.views.statements import told, with_states

__all__ = ["FILTERS", "counted", "heard", "index", "show"]

FILTERS = {
    "named": (Q(naming="named"), _("named")),
    "unnamed": (~Q(naming="named"), _("unnamed")),
}
_SHOWN = Q(statements__current=True, statements__story__hidden=False, statements__story__state=Story.State.READ)


def heard() -> Any:
    """Return the sources of statements that everybody may see."""
    said = Statement.objects.filter(
        sources=OuterRef("pk"), current=True, story__hidden=False, story__state=Story.State.READ
    )
    return Source.objects.filter(Exists(said))


def counted(sources: Iterable[Source]) -> list[Any]:
    """Return sources with `said` and `stories`: how many statements they made, in how many stories.

    Args:
        sources: a page of them; counting all would look at every statement.
    """
    keys = [source.pk for source in sources]
    found = Source.objects.filter(pk__in=keys).annotate(
        said=Count("statements", filter=_SHOWN, distinct=True),
        stories=Count("statements__story", filter=_SHOWN, distinct=True),
    )
    by_key = {source.pk: source for source in found}
    return [by_key[key] for key in keys if key in by_key]


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """All sources, filtered and searched, each with how much it said."""
    rows, context = narrowed(heard(), request, FILTERS, lambda query: Q(pk__in=matching("source", query)))
    page = by_label(rows, request, "label")
    return render(request, "desk/sources.html", context | {"page": page, "sources": counted(page.items)})


@require_safe
@public
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What a source said, and where."""
    source = get_object_or_404(Source, slug=slug)
    rows = told().filter(sources=source)
    page = newest_first(rows, request)
    counts = Source.objects.filter(pk=source.pk).aggregate(
        said=Count("statements", filter=_SHOWN, distinct=True),
        stories=Count("statements__story", filter=_SHOWN, distinct=True),
        outlets=Count("statements__story__outlet", filter=_SHOWN, distinct=True),
        disputed=Count("statements", filter=_SHOWN & Q(statements__disputed=True), distinct=True),
        word_for_word=Count("statements", filter=_SHOWN & Q(statements__quote="direct"), distinct=True),
    )
    context = {
        "source": source,
        "counts": counts,
        "page": page,
        "statements": with_states(page.items),
        "others": Source.objects.filter(label=source.label).exclude(pk=source.pk)[:10],
    }
    return render(request, "desk/source.html", context)
