"""Lists, page by page: a cursor says after which row to go on, so that new rows shift nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Query, Schema
from ninja.errors import HttpError
from pydantic import Field

from whence.desk.services.records import absolute

__all__ = ["Filter", "Page", "Words", "narrowed", "page_of"]

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")

Words = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
"""A name in a path: a short text without control characters."""

Filter = Annotated[str, Query("", max_length=200, pattern=r"^[^\x00-\x1f]*$")]
"""A filter in a query, of the same kind; it may be left out."""


class Page(Schema):
    """Which page is asked for."""

    cursor: Annotated[
        str, Field("", max_length=60, pattern=r"^[\w-]*$", description="As `next` gives it; empty for the first page.")
    ]
    limit: Annotated[int, Field(50, ge=1, le=200, description="Items a page.")]


def narrowed(rows: QuerySet[M], **wanted: str | bool | None) -> QuerySet[M]:
    """Return the rows that are as asked for.

    Args:
        wanted: lookups and their values; "" and None ask for nothing.
    """
    return rows.filter(**{name: value for name, value in wanted.items() if value not in ("", None)})


def page_of(
    request: HttpRequest, rows: QuerySet[Any], page: Page, show: Callable[[Any], Row], *, ascending: bool = False
) -> dict[str, object]:
    """Return a page of rows, by primary key, the latest first.

    Args:
        request: whose address the next page's is made of.
        rows: filtered; their order is set here.
        page: as asked for.
        show: makes an item of a row.
        ascending: the earliest first.

    Raises:
        HttpError: 404 when the cursor is none of ours.
    """
    after = _decoded(page.cursor)
    if after is not None:
        rows = rows.filter(pk__gt=after) if ascending else rows.filter(pk__lt=after)
    found: list[Any] = list(rows.order_by("pk" if ascending else "-pk")[: page.limit + 1])
    more = len(found) > page.limit
    found = found[: page.limit]
    following = _address(request, found[-1].pk) if more else None
    return {"items": [show(row) for row in found], "next": following}


def _address(request: HttpRequest, last: int) -> str:
    kept: Iterable[tuple[str, str]] = [(k, str(v)) for k, v in request.GET.items() if k != "cursor"]
    return f"{absolute(request.path)}?{urlencode([*kept, ('cursor', _encoded(last))])}"


def _encoded(key: int) -> str:
    return base64.urlsafe_b64encode(f"k{key}".encode()).rstrip(b"=").decode()


def _decoded(cursor: str) -> int | None:
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    number = text[1:]
    if not (text.startswith("k") and number.isdigit() and len(number) <= 18):
        raise HttpError(404, "the cursor is none of this desk's: begin without one")
    return int(number)
