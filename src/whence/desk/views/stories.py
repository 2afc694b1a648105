"""Stories: the list, adding one, waiting for it, and the story's own page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from whence.desk.caching import public
from whence.desk.models import Statement, Story, User, Version
from whence.desk.paging import newest_first
from whence.desk.presenting import notes_of, shown
from whence.desk.search import LONGEST, matching
from whence.desk.services import stories
from whence.errors import InputError

__all__ = ["FILTERS", "add", "index", "readable", "show", "state"]

# Name in the address: what it lets through, and what the page calls it.
FILTERS = {
    "unchecked": (Q(checked=0), gettext_lazy("no one has checked")),
    "checked": (Q(notes_shown__gt=0), gettext_lazy("with a note that is shown")),
    "unnamed": (Q(unnamed__gt=0), gettext_lazy("rests on unnamed sources")),
    "disputed": (Q(disputed__gt=0), gettext_lazy("disputed")),
    "single-origin": (Q(single_origin=True), gettext_lazy("single origin")),
}


def readable() -> Any:
    """Return the stories that have been read and that everybody may see."""
    return Story.objects.filter(state=Story.State.READ, hidden=False)


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """All stories, filtered and searched."""
    rows = readable().select_related("outlet", "byline")
    name = request.GET.get("only", "")
    if name in FILTERS:
        rows = rows.filter(FILTERS[name][0])
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    if query:
        try:
            said = Statement.objects.filter(current=True, pk__in=matching("statement", query)).values("story_id")
            rows = rows.filter(Q(pk__in=matching("story", query)) | Q(pk__in=said))
        except ValueError:
            rows = rows.none()
    page = newest_first(rows, request)
    chosen = name if name in FILTERS else ""
    context = {
        "page": page,
        "filters": [(key, words) for key, (_q, words) in FILTERS.items()],
        "only": chosen,
        "q": query,
    }
    return render(request, "desk/stories.html", context)


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
        if given.startswith(("http://", "https://")) and len(given.split()) == 1:
            story = stories.add_url(given, by)
        elif not given:
            raise InputError(_("there is nothing to read: paste the story’s address or its text"))
        else:
            story = stories.add_text(given, outlet=outlet, published=published, by=by)
    except InputError as failure:
        context = {"trouble": str(failure), "given": given, "outlet": outlet or "", "published": published or ""}
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
    versions = list(story.versions.order_by("-number").defer("text", "reading", "snapshot"))
    version = _version(story, request.GET.get("version", ""))
    context = {
        "story": story,
        "version": version,
        "versions": versions,
        "latest": version.number == versions[0].number,
        "shown": shown(version, notes_of(version)),
    }
    return render(request, "desk/story.html", context)


def _waits(story: Story) -> bool:
    return story.state == Story.State.WAITING


def _version(story: Story, asked: str) -> Version:
    rows = story.versions.defer("text", "snapshot").select_related("story")
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
            raise Http404("there is no such version")
        return get_object_or_404(rows, number=int(asked))
    version = rows.order_by("-number").first()
    if version is None:
        raise Http404("nothing of this story is kept")
    version.story = story
    return version


@require_safe
def state(request: HttpRequest, key: str) -> HttpResponse:
    """Whether a story has been read, for the page that waits for it."""
    story = get_object_or_404(Story, key=key)
    response = JsonResponse({"state": story.state})
    response["Cache-Control"] = "no-store"
    return response
