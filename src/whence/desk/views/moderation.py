"""Reporting, and the public page of what moderators did."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from whence.desk.caching import public
from whence.desk.forms_moderation import ReportForm
from whence.desk.models import Appeal, ModerationAct, Note, Story, User
from whence.desk.services import moderation

__all__ = ["acts", "report_note", "report_story"]

_PAGE = 50


@require_safe
@public
def acts(request: HttpRequest) -> HttpResponse:
    """What moderators did and why, and which appeals they answered how."""
    found = ModerationAct.objects.select_related("by", "note", "story", "person", "appeal__note", "appeal__story")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    answered = Appeal.objects.exclude(state=Appeal.State.OPEN).select_related("note", "story")[:20]
    return render(request, "desk/moderation.html", {"page": page, "appeals": answered})


@require_http_methods(["GET", "HEAD", "POST"])
def report_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a note."""
    return _report(request, get_object_or_404(Note, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def report_story(request: HttpRequest, key: str) -> HttpResponse:
    """Report a story."""
    return _report(request, get_object_or_404(Story, key=key))


def _report(request: HttpRequest, target: Note | Story) -> HttpResponse:
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by = request.user if isinstance(request.user, User) else None
        moderation.report(by, target, form.cleaned_data["reason"], form.cleaned_data["text"])
        messages.success(request, _("Thank you. The moderators have been told."))
        return redirect(target)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/report.html", {"form": form, "target": target}, status=status)
