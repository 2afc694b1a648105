"""A note: its record, writing one, withdrawing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from whence.desk.caching import public
from whence.desk.forms import NoteForm
from whence.desk.models import Evidence, Note, NoteScore, Rating, Statement, Story, User
from whence.desk.services import anchors, known_checks, notes, standing
from whence.desk.services.scoring import THRESHOLD
from whence.desk.views.people import contributors, person
from whence.errors import InputError

__all__ = ["show", "withdraw", "write"]


@require_safe
@public
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A note's record: what it says, why it has its state, and what became of it."""
    note = get_object_or_404(
        Note.objects.select_related("author", "story").prefetch_related("evidence", "anchors__statement"), pk=pk
    )
    score = NoteScore.objects.filter(note=note).select_related("run").first()
    user = request.user if isinstance(request.user, User) else None
    sides = score.sides if score else []
    context = {
        "note": note,
        "score": score,
        "run": score.run if score else None,
        "sides": [side | {"total": side["ratings"]} for side in sides],
        "threshold": THRESHOLD,
        "history": note.history.all(),
        "acts": note.acts.select_related("by").order_by("pk"),
        "appeals": note.appeals.exclude(state="open").order_by("pk"),  # what strangers write is read before it is shown
        "anchors": note.anchors.all(),
        "may_rate": user is not None and user.pk != note.author_id and not note.hidden and note.withdrawn is None,
        "may_withdraw": user is not None and user.pk == note.author_id and note.withdrawn is None,
        "rating": Rating.objects.filter(note=note, rater=user).first() if user else None,
    }
    status = 404 if note.story.hidden and not (user and user.is_staff) else 200
    if status == 404:
        return render(request, "desk/people/gone.html", {"story": note.story}, status=404)
    return render(request, "desk/note.html", context)


@contributors
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str) -> HttpResponse:
    """Write a note: the form, a preview of it, and the note itself."""
    story = get_object_or_404(Story.objects.select_related("outlet"), key=key, hidden=False)
    user = person(request)
    standing.check_may_write(user)
    statements = list(story.all_statements.filter(current=True).order_by("number"))
    if request.method != "POST":
        chosen = [str(s.pk) for s in statements if s.mark in request.GET.getlist("statement")]
        form = NoteForm(statements, initial={"statements": chosen})
        return _form(request, story, statements, form, set(chosen))
    form = NoteForm(statements, request.POST)
    chosen = request.POST.getlist("statements")
    if not form.is_valid():
        return _form(request, story, statements, form, set(chosen), status=422)
    try:
        if "write" in request.POST:
            note = notes.write(user, story=story, **form.parts())
            messages.success(request, _("Your note is written. It needs ratings now, from people who disagree."))
            return redirect(note)
        draft = notes.check(story=story, **form.parts())
    except standing.Refused:
        raise
    except InputError as failure:
        form.add_error(None, str(failure))
        return _form(request, story, statements, form, set(chosen), status=422)
    return _form(request, story, statements, form, set(chosen), preview=_preview(user, story, draft))


def _form(
    request: HttpRequest,
    story: Story,
    statements: list[Statement],
    form: NoteForm,
    chosen: set[str],
    *,
    status: int = 200,
    preview: Note | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "chosen": [s for s in statements if str(s.pk) in chosen],
        "rows": [(s, str(s.pk) in chosen) for s in statements],
        "preview": preview,
        "left": standing.left_today(person(request)),
        "have_checks": known_checks.store_path() is not None,
        "shortest": notes.SHORTEST,
        "longest": notes.LONGEST,
    }
    return render(request, "desk/people/write.html", context, status=status)


def _preview(author: User, story: Story, draft: notes.Draft) -> Note:
    """A note that is in no table, for the template that shows notes."""
    note = Note(
        pk=0,
        story=story,
        author=author,
        says=draft.says,
        reasons=draft.reasons,
        text=draft.text,
        verdict=draft.verdict,
        created=timezone.now(),
    )
    # What the template asks for would be looked up in tables: it is here.
    note._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "evidence": [Evidence(note=note, url=url) for url in draft.sources],
        "anchors": [anchors.on_statement(statement) for statement in draft.statements],
    }
    return note


@contributors
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own note."""
    note = get_object_or_404(Note, pk=pk)
    notes.withdraw(person(request), note)
    messages.success(request, _("Your note is withdrawn. Its record stays."))
    return redirect(note)
