"""What is new, for feed readers: Atom and JSON, filtered by outlet, source or topic."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from whence.desk import config
from whence.desk.caching import public
from whence.desk.services import changes
from whence.desk.services.records import absolute
from whence.publish.feed_atom import to_atom
from whence.publish.feed_json import to_json_feed
from whence.publish.json import dump
from whence.records.change import ChangeKind

__all__ = ["feed"]

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
    """A feed; `?outlet=`, `?source=` (slugs) and `?topic=` (words of a headline) filter it."""
    if kind not in _KINDS:
        raise Http404(f"a feed is one of {', '.join(_KINDS)}")
    given = {name: request.GET.get(name, "").replace("\x00", "")[:100] for name in ("outlet", "source", "topic")}
    wanted = changes.Wanted(_KINDS[kind], **given, before=_time(request.GET.get("before", "")))
    found = changes.latest(wanted)
    asked = {name: value for name, value in given.items() if value}
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


_TITLES = {
    "all": lambda: _("what is new"),
    "statements": lambda: _("new statements"),
    "notes": lambda: _("new notes"),
    "statuses": lambda: _("what is shown, and what no longer"),
    "corrections": lambda: _("appeals and corrections"),
}


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
