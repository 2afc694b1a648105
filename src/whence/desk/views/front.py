"""The front page: paste a story, what was checked last, what needs ratings; and how the desk works."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from whence.desk.caching import marks, public, remembered
from whence.desk.views.notes_list import standing
from whence.desk.views.stories import readable

__all__ = ["about", "front", "language"]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page. It holds a form, so it is made for everybody anew; its lists are not."""
    now = marks(request.path)
    lists = remembered(("front", now, get_language()), _lists, most=8) if any(now) else _lists()
    return render(request, "desk/front.html", {"lists": lists})


def _lists() -> SafeString:
    context = {
        "stories": readable().select_related("outlet").order_by("-pk")[:12],
        "shown": standing().filter(score__status="helpful").order_by("-pk")[:3],
        "waiting": standing().exclude(score__status__in=("helpful", "not-helpful")).order_by("-pk")[:6],
    }
    return render_to_string("desk/_front.html", context)


@require_safe
@public
def about(request: HttpRequest) -> HttpResponse:
    """How the desk works."""
    return render(request, "desk/about.html")


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember a language, and go back to where the reader was."""
    if code not in dict(settings.LANGUAGES):
        raise Http404("the desk does not speak this language")
    back = request.GET.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)  # never the name of a view, as redirect() would take it
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE
    )
    return response
