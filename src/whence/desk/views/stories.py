"""Stories: the front page, the list, adding one, and the story's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from whence.desk.models import Story, User
from whence.desk.services import stories
from whence.errors import InputError

__all__ = ["add", "front", "index", "show"]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page: paste a story, and what was checked last."""
    return render(request, "desk/front.html", {"stories": Story.objects.filter(hidden=False)[:20]})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All stories."""
    return render(request, "desk/stories.html", {"stories": Story.objects.filter(hidden=False)[:50]})


def add(request: HttpRequest) -> HttpResponse:
    """Add a story by its address or text."""
    if request.method != "POST":
        return render(request, "desk/story_add.html")
    given = request.POST.get("story", "").strip()
    by = request.user if isinstance(request.user, User) else None
    try:
        if given.startswith(("http://", "https://")) and len(given.split()) == 1:
            story = stories.add_url(given, by)
        else:
            story = stories.add_text(given, by=by)
    except InputError as failure:
        return render(request, "desk/story_add.html", {"trouble": str(failure), "given": given}, status=422)
    return redirect(story)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    """A story with its statements and notes."""
    story = get_object_or_404(Story, key=key)
    return render(request, "desk/story.html", {"story": story, "statements": story.all_statements.filter(current=True)})
