"""What is shown when something cannot be done: a page for people, problem+json (RFC 9457) for programs."""

from __future__ import annotations

import sys
from typing import Any

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from whence.desk.models import User

__all__ = [
    "bad_request",
    "blocked",
    "broken",
    "csrf",
    "forbidden",
    "not_found",
    "problem",
    "too_often",
    "unavailable",
]


def problem(status: int, title: str, detail: str = "", **more: Any) -> JsonResponse:
    """Return an error for a program.

    Args:
        status: of HTTP, 400 or more.
        title: what kind of problem, a few words.
        detail: what is wrong this time, and the remedy.
        more: further members.
    """
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {}), **more}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, title, text)
    # Without request: a page that must not fail asks neither for the session nor for the database.
    response = render(None, "desk/failure.html", {"heading": title, "text": text, "status": status}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: somebody did something too often."""
    response = _answer(
        request,
        429,
        _("Too often"),
        _("This was done too often from here. Nothing is lost: try again in %(seconds)s seconds.")
        % {"seconds": seconds},
    )
    response["Retry-After"] = str(seconds)
    return response


def blocked(request: HttpRequest, person: User) -> HttpResponse:
    """403: a moderator's block is in force."""
    until = date_format(person.blocked_until, "DATETIME_FORMAT") if person.blocked_until else ""
    text = _("A moderator has blocked this account until %(until)s (UTC), for this reason: %(reason)s") % {
        "until": until,
        "reason": person.blocked_reason,
    }
    return _answer(request, 403, _("Blocked"), text)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database cannot be used now."""
    response = _answer(
        request,
        503,
        _("Not now"),
        _("The desk cannot write just now, so nothing of what you sent was kept. Go back, and try again in a minute."),
    )
    response["Retry-After"] = "60"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _answer(request, 400, _("Not understood"), _("The desk could not make sense of this request."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    said = str(exception) if exception is not None and str(exception) else ""
    return _answer(request, 403, _("Not allowed"), said or _("This is not yours to do."))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that did not come from one of our pages."""
    text = _(
        "This form has expired, or was not sent from the desk’s own page. Go back, load the page again and send it."
    )
    return _answer(request, 403, _("Not sent"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _answer(request, 404, _("Nothing here"), _("There is no such page. It may have been moved or removed."))


def broken(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours; or 503, where the database or the disk under it failed."""
    if _storage_failed(sys.exc_info()[1]):
        return unavailable(request)
    return _answer(
        request, 500, _("Our mistake"), _("Something went wrong here, and it has been logged. Please try again later.")
    )


def _storage_failed(failure: BaseException | None) -> bool:
    """Whether a database is full, read-only, locked or away, rather than asked for something that it cannot do."""
    if isinstance(failure, OperationalError):
        return True
    return isinstance(failure, DatabaseError) and any(word in str(failure) for word in ("disk", "readonly", "full"))
