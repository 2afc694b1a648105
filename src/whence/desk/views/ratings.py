"""Rating a note, and withdrawing a rating."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from whence.desk.forms import RatingForm
from whence.desk.models import Note, Rating
from whence.desk.services import ratings, standing
from whence.desk.views.people import contributors, next_page, person
from whence.errors import InputError

__all__ = ["rate", "unrate"]


@contributors
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate a note, or change one's rating."""
    notes = Note.objects.select_related("author", "story", "score")
    if request.method != "POST":  # A rating is kept without a look at what the form shows.
        notes = notes.prefetch_related("evidence", "anchors__statement")
    note = get_object_or_404(notes, pk=pk, story__hidden=False)
    user = person(request)
    standing.check_may_act(user)
    if note.author_id == user.pk:
        raise standing.Refused(_("Nobody rates their own notes."))
    rating = Rating.objects.filter(note=note, rater=user).first()
    form = RatingForm.of(rating) if request.method != "POST" else RatingForm(request.POST)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                ratings.rate(user, note, form.cleaned_data["level"], form.tags())
            except standing.Refused:
                raise
            except InputError as failure:
                form.add_error(None, str(failure))
            else:
                messages.success(request, _("Your rating is counted at the next scoring. You can change it."))
                return redirect(next_page(request, reverse("queue")))
    context = {"note": note, "form": form, "rating": rating, "next": next_page(request, "")}
    return render(request, "desk/people/rate.html", context, status=status)


@contributors
@require_POST
def unrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's rating."""
    note = get_object_or_404(Note, pk=pk)
    if ratings.withdraw(person(request), note):
        messages.success(request, _("Your rating is withdrawn."))
    return redirect(next_page(request, reverse("me")))
