"""One's own record, and closing one's account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from whence.desk.models import Note, Rating
from whence.desk.services import accounts, standing
from whence.desk.views.people import contributors, person

__all__ = ["close", "me"]

_A_PAGE = 25


@contributors
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What one has written and rated, what became of it, and what one may do."""
    user = person(request)
    notes = (
        Note.objects.filter(author=user)
        .select_related("author", "story", "score")
        .prefetch_related("evidence", "anchors__statement")
        .order_by("-pk")
    )
    ratings = Rating.objects.filter(rater=user).select_related("note__story", "note__score").order_by("-changed", "-pk")
    context = {
        "standing": {
            "may_write": user.may_write or user.is_staff,
            "blocked": user.blocked,
            "discounted": standing.why_discounted(user),
            "rating_impact": user.rating_impact,
            "writing_impact": user.writing_impact,
            "needed": standing.needed(user.writing_impact),
            "left": max(0, standing.left_today(user)),
            "a_day": max(user.notes_a_day, standing.limit(user.writing_impact)),
        },
        "notes": Paginator(notes, _A_PAGE).get_page(request.GET.get("notes")),
        "ratings": Paginator(ratings, _A_PAGE).get_page(request.GET.get("ratings")),
    }
    return render(request, "desk/people/me.html", context)


@contributors
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close one's account, after one has typed one's alias."""
    user = person(request)
    trouble = ""
    if request.method == "POST":
        if request.POST.get("alias", "").strip() == user.alias:
            accounts.close(user)
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("front")
        trouble = _("That is not your alias: nothing was changed.")
    context = {"trouble": trouble}
    return render(request, "desk/people/close.html", context, status=422 if trouble else 200)
