"""What pages for contributors have in common: who asks, and what is answered when they may not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from whence.desk.models import User
from whence.desk.services.standing import Refused

__all__ = ["contributors", "next_page", "person"]

View = Callable[..., HttpResponse]


def contributors(view: View) -> View:
    """Show a page to those who are signed in alone, keep it out of caches, and say why something is refused."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        try:
            return view(request, *args, **values)
        except Refused as refusal:
            return render(request, "desk/people/refused.html", {"reason": str(refusal)}, status=403)

    return never_cache(login_required(checked))


def person(request: HttpRequest) -> User:
    """Return who asks; the page is for those who are signed in."""
    assert isinstance(request.user, User)
    return request.user


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours to which somebody wants to go on.

    Args:
        request: with `next` in its form or query.
        otherwise: the address where there is none, or one elsewhere.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else otherwise
