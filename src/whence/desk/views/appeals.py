"""Appeals and corrections by an outlet or a person named."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from whence.desk import telling
from whence.desk.forms_moderation import AppealForm
from whence.desk.models import Note, Story
from whence.desk.services import appeals
from whence.errors import InputError

__all__ = ["appeal_note", "appeal_story"]


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a note."""
    return _appeal(request, get_object_or_404(Note, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def appeal_story(request: HttpRequest, key: str) -> HttpResponse:
    """Appeal against what is shown of a story."""
    return _appeal(request, get_object_or_404(Story, key=key))


def _appeal(request: HttpRequest, target: Note | Story) -> HttpResponse:
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            appeals.appeal(target, name=given["name"], contact=given["contact"], text=given["text"])
        except InputError as failure:
            form.add_error(None, telling.trouble(str(failure)).words)
        else:
            messages.success(request, _("Thank you. A moderator will answer; the answer and your text become public."))
            return redirect(target)
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/appeal.html", {"form": form, "target": target}, status=status)
