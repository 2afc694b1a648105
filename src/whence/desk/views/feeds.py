"""What is new, for feed readers: Atom and JSON, filtered by outlet, source or topic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from whence.desk import config
from whence.desk.caching import public
from whence.desk.models import Outlet, Source
from whence.desk.services import changes
from whence.desk.services.records import absolute
from whence.publish.feed_atom import to_atom
from whence.publish.feed_json import to_json_feed
from whence.publish.json import dump
from whence.records.change import ChangeKind

__all__ = ["feed", "offer"]

_KINDS: dict[str, tuple[ChangeKind, ...]] = {
    "all": (),
    "statements": ("statement",),
    "notes": ("note",),
    "statuses": ("status",),
    "corrections": ("correction",),
}


@require_safe
@public
def feed(request: HttpRequest, kind: str = "all", form: str = "atom") -> HttpResponse:
    """A feed; `?outlet=`, `?source=` (slugs) and `?topic=` (words of a headline or statement) filter it."""
    if kind not in _KINDS:
        raise Http404(f"a feed is one of {', '.join(_KINDS)}")
    given = _given(request)
    wanted = changes.Wanted(_KINDS[kind], **given, before=_time(request.GET.get("before", "")))
    found = changes.latest(wanted)
    asked = _asked(given)
    base = absolute(request.path)
    url = f"{base}?{urlencode(asked)}" if asked else base
    older = f"{base}?{urlencode({**asked, 'before': found[-1].at})}" if len(found) == changes.MOST else ""
    settings = config.get()
    title = " · ".join([settings.name, _TITLES[kind](), *asked.values()])
    if form == "json":
        values = to_json_feed(
            found, title=title, url=url, page=settings.url + "/", author=settings.name, next_url=older
        )
        response = HttpResponse(dump(values, None) + "\n", content_type="application/feed+json")
    else:
        text = to_atom(found, title=title, url=url, page=settings.url + "/", author=settings.name, next_url=older)
        response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return response


_TITLES: dict[str, Callable[[], str]] = {
    "all": lambda: _("what is new"),
    "statements": lambda: _("new statements"),
    "notes": lambda: _("new notes"),
    "statuses": lambda: _("what is shown, and what no longer"),
    "corrections": lambda: _("appeals and corrections"),
}


@require_safe
@public
def offer(request: HttpRequest) -> HttpResponse:
    """Which feeds there are, of everything or of what the address names, and how to choose."""
    given = _given(request)
    outlet = Outlet.objects.filter(slug=given["outlet"]).first() if given["outlet"] else None
    source = Source.objects.filter(slug=given["source"]).first() if given["source"] else None
    if (given["outlet"] and outlet is None) or (given["source"] and source is None):
        raise Http404("there is no such outlet or source")
    asked = _asked(given)
    context = {
        "outlet": outlet,
        "source": source,
        "topic": given["topic"],
        "query": f"?{urlencode(asked)}" if asked else "",
        "kinds": [(kind, words()) for kind, words in _TITLES.items()],
    }
    return render(request, "desk/feeds.html", context)


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\x00", "")[:100].strip() for name in ("outlet", "source", "topic")}


def _asked(given: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}


def _time(given: str) -> datetime | None:
    if not given:
        return None
    try:
        found = datetime.fromisoformat(given[:40])
    except ValueError:
        raise Http404("before is a time in ISO 8601") from None
    if found.tzinfo is None:
        raise Http404("before is a time with its zone")
    return found
