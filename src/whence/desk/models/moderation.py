"""Reports, acts of moderators, and appeals of those a story or note speaks of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from whence.desk.models.note import Note
from whence.desk.models.story import Story, new_salt

__all__ = ["Appeal", "ModerationAct", "Report"]


class Report(models.Model):
    """Somebody's complaint about a note or story, for moderators."""

    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="reports")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="reports")
    by = models.ForeignKey("desk.User", models.SET_NULL, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=30)
    text = models.TextField(_("details"), max_length=2000, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    settled = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.reason}: {self.note or self.story}"


class ModerationAct(models.Model):
    """What a moderator did, and why: public, and in the public log."""

    class Act(models.TextChoices):
        """What can be done."""

        HIDE_NOTE = "hide-note", _("hid a note")
        SHOW_NOTE = "show-note", _("showed a note again")
        HIDE_STORY = "hide-story", _("hid a story")
        SHOW_STORY = "show-story", _("showed a story again")
        BLOCK = "block", _("blocked a contributor")
        UNBLOCK = "unblock", _("lifted a block")
        DISCOUNT = "discount", _("set a contributor’s ratings aside")
        RECOUNT = "recount", _("counted a contributor’s ratings again")
        REMOVE = "remove", _("removed a text because the law demands it")
        UPHOLD = "uphold", _("upheld an appeal")
        DISMISS = "dismiss", _("dismissed an appeal")

    act = models.CharField(_("act"), max_length=12, choices=Act.choices)
    by = models.ForeignKey("desk.User", models.PROTECT, related_name="acts")
    note = models.ForeignKey(Note, models.SET_NULL, null=True, blank=True, related_name="acts")
    story = models.ForeignKey(Story, models.SET_NULL, null=True, blank=True, related_name="acts")
    person = models.ForeignKey("desk.User", models.SET_NULL, null=True, blank=True, related_name="acts_upon")
    appeal = models.ForeignKey("desk.Appeal", models.SET_NULL, null=True, blank=True, related_name="acts")
    reason = models.CharField(_("reason, which stays public"), max_length=500)
    at = models.DateTimeField(_("time"), auto_now_add=True, db_index=True)
    entry = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.reason[:60]}"

    @property
    def target(self) -> str:
        """What was acted upon, as the public log names it."""
        if self.appeal_id:
            return f"appeal:{self.appeal_id}"
        if self.note_id:
            return f"note:{self.note_id}"
        if self.story is not None:
            return f"story:{self.story.key}"
        return f"contributor:{self.person.alias if self.person else 'deleted'}"


class Appeal(models.Model):
    """An appeal or correction by an outlet or a person named."""

    class State(models.TextChoices):
        """Where an appeal stands."""

        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DECLINED = "declined", _("declined")

    note = models.ForeignKey(Note, models.CASCADE, null=True, blank=True, related_name="appeals")
    story = models.ForeignKey(Story, models.CASCADE, null=True, blank=True, related_name="appeals")
    name = models.CharField(_("who appeals"), max_length=200)
    contact = models.EmailField(_("address for an answer"))  # never public
    text = models.TextField(_("what is wrong, and what shows it"), max_length=4000)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    answer = models.TextField(_("answer, which is public"), max_length=4000, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    answered = models.DateTimeField(_("answered"), null=True, blank=True)
    salt = models.BinaryField(default=new_salt)
    entry = models.PositiveBigIntegerField(null=True)  # place of the correction in the public log

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"
