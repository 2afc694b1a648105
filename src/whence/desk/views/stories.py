"""Stories: the list, adding one, waiting for it, and the story's own page."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from whence.desk import telling
from whence.desk.caching import public
from whence.desk.models import Story, User, Version
from whence.desk.paging import newest_first
from whence.desk.presenting import notes_of, shown
from whence.desk.search import about
from whence.desk.services import stories
from whence.desk.views.lists import narrowed
from whence.errors import InputError

__all__ = ["FILTERS", "add", "index", "readable", "show", "state", "version_of"]

# Name in the address: what it lets through, and what the page calls it.
FILTERS = {
    "unchecked": (Q(checked=0), gettext_lazy("no one has checked")),
    "checked": (Q(notes_shown__gt=0), gettext_lazy("with a note that is shown")),
    "unnamed": (Q(unnamed__gt=0), gettext_lazy("rests on unnamed sources")),
    "disputed": (Q(disputed__gt=0), gettext_lazy("disputed")),
    "single-origin": (Q(single_origin=True), gettext_lazy("single origin")),
}


# One word that begins with a scheme or a domain: nobody means it to be a story's text.
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://|(?:[\w-]{1,63}\.){1,10}[A-Za-z]{2,24}(?=[/?#:]|\Z))\S*")


def readable() -> Any:
    """Return the stories that have been read and that everybody may see."""
    return Story.objects.filter(state=Story.State.READ, hidden=False)


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """All stories, filtered and searched."""
    rows, context = narrowed(readable().select_related("outlet", "byline"), request, FILTERS, about)
    return render(request, "desk/stories.html", context | {"page": newest_first(rows, request)})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a story by its address or text."""
    if request.method != "POST":
        return render(request, "desk/story_add.html", {"given": request.GET.get("story", "")[:2000]})
    given = request.POST.get("story", "").strip()
    outlet = request.POST.get("outlet", "").strip()[:200] or None
    published = request.POST.get("published", "").strip()[:40] or None
    by = request.user if isinstance(request.user, User) else None
    try:
        if _ADDRESS.fullmatch(given):
            story = stories.add_url(given if "://" in given else f"https://{given}", by)
        elif not given:
            raise InputError("there is nothing to read: paste the story’s address or its text")
        else:
            story = stories.add_text(given, outlet=outlet, published=published, by=by)
    except InputError as failure:
        context = {
            "trouble": telling.trouble(str(failure)),
            "given": given,
            "outlet": outlet or "",
            "published": published or "",
        }
        return render(request, "desk/story_add.html", context, status=422)
    return redirect(story)


@require_safe
@public
def show(request: HttpRequest, key: str) -> HttpResponse:
    """A story with its statements and notes; while it waits to be read, a page that says so."""
    story = get_object_or_404(Story.objects.select_related("outlet", "byline"), key=key)
    if story.hidden or story.state == Story.State.REMOVED:
        return render(request, "desk/story_gone.html", {"story": story, "acts": story.acts.order_by("pk")}, status=410)
    if story.state != Story.State.READ:
        response = render(request, "desk/story_waiting.html", {"story": story}, status=202 if _waits(story) else 200)
        response["Cache-Control"] = "no-store"
        return response
    versions = list(story.versions.order_by("-number").defer("text", "reading", "reasons", "snapshot"))
    version, latest = version_of(story, request.GET.get("version", ""))
    context = {
        "story": story,
        "version": version,
        "versions": versions,
        "latest": latest,
        "shown": shown(version, notes_of(version)),
        "appeals": story.appeals.exclude(state="open").order_by(
            "pk"
        ),  # what strangers write is read before it is shown
        "reasons": reverse("reasons", args=[story.key]) + ("" if latest else f"?version={version.number}"),
    }
    return render(request, "desk/story.html", context)


def _waits(story: Story) -> bool:
    return story.state == Story.State.WAITING


def version_of(story: Story, asked: str) -> tuple[Version, bool]:
    """Return a version of a story, and whether it is the latest.

    Args:
        asked: its number, or "" for the latest.

    Raises:
        Http404: there is none.
    """
    rows = story.versions.defer("text", "reasons", "snapshot").select_related("story").order_by("-number")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        raise Http404("there is no such version")
    version = rows.filter(number=int(asked)).first() if asked else rows.first()
    if version is None:
        raise Http404("there is no such version")
    version.story = story
    return version, not story.versions.filter(number__gt=version.number).exists()


@require_safe
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Whether a story has been read, for the page that waits for it."""
    story = get_object_or_404(Story, key=key)
    response = JsonResponse({"state": story.state})
    response["Cache-Control"] = "no-store"
    return response
