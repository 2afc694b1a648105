"""What the lists of stories, statements, sources and notes have in common: filters by name, and a search."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from whence.desk.search import LONGEST

__all__ = ["asked", "narrowed"]


def asked(request: HttpRequest) -> str:
    """Return the words that a reader looks for, "" for none."""
    return " ".join(request.GET.get("q", "").split())[:LONGEST]


def narrowed(
    rows: Any,
    request: HttpRequest,
    filters: Mapping[str, tuple[Q, Any]],
    found: Callable[[str], Q],
    otherwise: str = "",
) -> tuple[Any, dict[str, Any]]:
    """Narrow a list to what its address asks for: `only`, the name of a filter, and `q`, words.

    Args:
        rows: of the list.
        filters: name in the address: what it lets through, and what the page calls it.
        found: what holds the words of a query; it raises ValueError for a query without a word.
        otherwise: the filter where none is named.

    Returns:
        The rows that are left, and what desk/_filters.html shows: `filters`, `only` and `q`.
    """
    only = request.GET.get("only", "")
    only = only if only in filters else otherwise
    if only:
        rows = rows.filter(filters[only][0])
    query = asked(request)
    if query:
        try:
            rows = rows.filter(found(query))
        except ValueError:
            rows = rows.none()
    return rows, {"filters": [(name, words) for name, (_q, words) in filters.items()], "only": only, "q": query}
