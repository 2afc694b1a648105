"""A contributor's own webhooks: list, add, delete."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from whence.desk import telling
from whence.desk.models import User
from whence.desk.services import webhooks
from whence.errors import WhenceError

__all__ = ["delete", "index"]


class HookForm(forms.Form):
    """An address, and of what it is told."""

    url = forms.URLField(label=_("Address"), max_length=2000, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=_("Tell it of"),
        choices=[("note", _("new notes")), ("status", _("changes of status"))],
        widget=forms.CheckboxSelectMultiple,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The contributor's webhooks, and a form for one more."""
    assert isinstance(request.user, User)
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhooks.add(request.user, form.cleaned_data["url"], form.cleaned_data["events"])
        except WhenceError as failure:
            form.add_error("url", telling.trouble(str(failure)).words)
        else:
            messages.success(
                request, _t("It will be told. Check each message with its secret, as Standard Webhooks says.")
            )
            return redirect("webhooks")
    status = 422 if request.method == "POST" else 200
    hooks = request.user.webhooks.order_by("pk")
    return render(request, "desk/webhooks.html", {"form": form, "hooks": hooks}, status=status)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of one's own."""
    assert isinstance(request.user, User)
    try:
        webhooks.drop(request.user, pk)
    except WhenceError as failure:
        return render(
            request,
            "desk/failure.html",
            {"heading": _t("Not yours"), "text": telling.trouble(str(failure)).words},
            status=404,
        )
    return redirect("webhooks")
