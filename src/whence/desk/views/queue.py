"""Notes that need one's rating."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whence.desk.models import Rating
from whence.desk.services import standing, wanted
from whence.desk.views.people import contributors, person

__all__ = ["queue"]

_A_PAGE = 10


@contributors
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The notes on which one's rating adds the most."""
    user = person(request)
    standing.check_may_act(user)
    context = {
        "wanted": wanted.for_rater(user, _A_PAGE),
        "levels": Rating.Level.choices,
        "needed": max(0, standing.needed(user.writing_impact) - user.rating_impact),
        "may_write": user.may_write or user.is_staff,
    }
    return render(request, "desk/people/queue.html", context)
