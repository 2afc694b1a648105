"""Lists a page at a time, by the last thing shown rather than by number: page 1,000 costs as much as page 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

__all__ = ["Page", "by_label", "newest_first"]

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some items of a list.

    Attributes:
        items: on this page.
        after: what `after` is in the address of the next page; empty on the last.
        first: whether it is the list's beginning.
    """

    items: list[M]
    after: str
    first: bool


def _page(rows: list[M], size: int, first: bool, cursor: Any) -> Page[M]:
    items = rows[:size]
    return Page(items, str(cursor(items[-1])) if len(rows) > size else "", first)


def newest_first(rows: QuerySet[M], request: HttpRequest, size: int = 30) -> Page[M]:
    """Return a page of rows, the newest first.

    Args:
        rows: any; their order is replaced.
        request: its `after` is the primary key of the last row before; one that is no number is the beginning.
        size: rows a page.
    """
    after = request.GET.get("after", "")
    first = not (after.isascii() and after.isdigit() and len(after) < 19)
    if not first:
        rows = rows.filter(pk__lt=int(after))
    return _page(list(rows.order_by("-pk")[: size + 1]), size, first, lambda row: row.pk)


def by_label(rows: QuerySet[M], request: HttpRequest, label: str, size: int = 40) -> Page[M]:
    """Return a page of rows in order of a label.

    Args:
        rows: with a `slug`; their order is replaced.
        request: its `after` is the slug of the last row before; one that there is not is the beginning.
        label: name of the label's field.
        size: rows a page.
    """
    after = request.GET.get("after", "")[:120]
    last = rows.model._default_manager.filter(slug=after).first() if after else None
    if last is not None:
        here = getattr(last, label)
        rows = rows.filter(Q(**{f"{label}__gt": here}) | Q(**{label: here, "pk__gt": last.pk}))
    return _page(list(rows.order_by(label, "pk")[: size + 1]), size, last is None, lambda row: row.slug)
