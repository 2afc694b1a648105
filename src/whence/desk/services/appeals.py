"""Appeals and corrections: an outlet or a person named says what is wrong, a moderator answers, both are public."""

from __future__ import annotations

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from whence.desk import config
from whence.desk.models import Appeal, ModerationAct, Note, Story, User
from whence.desk.services import facts, moderation
from whence.errors import InputError
from whence.ledger.facts import correction_fact, salted

__all__ = ["answer", "appeal"]

_LONGEST = 4000


def appeal(target: Note | Story, *, name: str, contact: str, text: str) -> Appeal:
    """Take an appeal; it becomes public with its answer.

    Args:
        target: what is appealed against.
        name: who appeals, 2 to 200 characters; public.
        contact: mail address for the answer; never public.
        text: what is wrong, and what shows it; 20 to 4,000 characters; public.

    Raises:
        InputError: when a part is missing or too long.
    """
    name, text = " ".join(name.split()), text.strip()
    if not 2 <= len(name) <= 200:
        raise InputError(f"an appeal names who appeals, in 2 to 200 characters: this one in {len(name)}")
    if not 20 <= len(text) <= _LONGEST:
        raise InputError(f"an appeal says what is wrong in 20 to {_LONGEST:,} characters: this one in {len(text):,}")
    note, story = (target, None) if isinstance(target, Note) else (None, target)
    return Appeal.objects.create(note=note, story=story, name=name, contact=contact.strip(), text=text)


@facts.writing()
def answer(by: User, appeal: Appeal, *, upheld: bool, text: str) -> Appeal:
    """Answer an appeal: both texts become public, the log commits to them, and whoever appealed is told.

    Args:
        by: a moderator.
        appeal: one without an answer.
        upheld: whether the moderators agree; what follows (hiding a note) is an act of its own.
        text: the answer, 10 to 4,000 characters; public.

    Raises:
        NotAllowed: when `by` is no moderator.
        InputError: when it was answered before, or the answer is too short or too long.
    """
    text = text.strip()
    if not 10 <= len(text) <= _LONGEST:
        raise InputError(f"an answer has 10 to {_LONGEST:,} characters, this one {len(text):,}")
    appeal = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if appeal.state != Appeal.State.OPEN:
        raise InputError("this appeal has been answered before: the answer stands")
    kind = ModerationAct.Act.UPHOLD if upheld else ModerationAct.Act.DISMISS
    # The log can never forget: it gets neither the name nor the answer, which may repeat it, but commitments to them.
    moderation.record_act(ModerationAct(act=kind, by=by, appeal=appeal, reason=f"answered: appeal {appeal.pk}"))
    appeal.state = Appeal.State.UPHELD if upheld else Appeal.State.DECLINED
    appeal.answer, appeal.answered = text, timezone.now()
    content = salted(bytes(appeal.salt).hex(), {"name": appeal.name, "text": appeal.text, "answer": text})
    target = f"note:{appeal.note_id}" if appeal.note_id else f"story:{appeal.story.key if appeal.story else ''}"
    appeal.entry = facts.append(
        [correction_fact(target, "outlet or person named", content, facts.stamp(appeal.answered), str(appeal.pk))]
    )
    appeal.save()
    transaction.on_commit(lambda: _tell(appeal))
    return appeal


def _tell(appeal: Appeal) -> None:
    settings = config.get()
    target = appeal.note or appeal.story
    if not settings.email or not appeal.contact or target is None:
        return
    subject = _("%(desk)s: your appeal was answered") % {"desk": settings.name}
    body = f"{appeal.get_state_display()}\n\n{appeal.answer}\n\n{settings.url}{target.get_absolute_url()}\n"
    send_mail(subject, body, None, [appeal.contact], fail_silently=True)
