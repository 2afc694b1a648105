"""The staff's pages: what needs a moderator, and acts with a public reason; what the log speaks of is read-only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from whence.desk.forms_moderation import COMPLAINTS, ReasonForm
from whence.desk.models import Appeal, ModerationAct, Note, Report, ScoringRun, Story, User, Webhook
from whence.desk.services import appeals, moderation
from whence.errors import InputError

# Password, second factor and limits are the same for staff as for everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Staff")
admin.site.index_title = _("What needs a moderator")

_Act = Callable[[User, Any, ReasonForm], object]


class Seen(admin.ModelAdmin[Any]):
    """Rows that staff see and do not edit: what can be done is done by actions, which go through the services."""

    list_per_page = 50
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Every member of staff sees it."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Every member of staff sees it."""
        return isinstance(request.user, User) and request.user.is_active and request.user.is_staff

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody adds rows by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody edits rows by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes: what the law wants removed is removed by an action, and the log says so."""
        return False


def _with_reason(label: Any, do: _Act, *, days: bool = False, longest: int = 500) -> Any:
    """Make an action that asks for a public reason, then acts on each row that was chosen."""

    def action(page: Seen, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        assert isinstance(request.user, User)
        form = ReasonForm(request.POST if "reason" in request.POST else None, days=days, longest=longest)
        if form.is_valid():
            done = 0
            for row in rows:
                try:
                    do(request.user, row, form)
                    done += 1
                except InputError as failure:
                    page.message_user(request, f"{row}: {failure}", messages.ERROR)
            if done:
                page.message_user(request, _t("Done: %(count)d.") % {"count": done}, messages.SUCCESS)
            return None
        context = {
            **admin.site.each_context(request),
            "title": label,
            "form": form,
            "rows": rows,
            "action": request.POST["action"],
            "checkbox": ACTION_CHECKBOX_NAME,
            "opts": page.opts,
        }
        return TemplateResponse(request, "admin/desk/reason.html", context)

    action.short_description = label  # type: ignore[attr-defined]
    action.__name__ = do.__name__.strip("_")
    return action


def _reason(form: ReasonForm) -> str:
    return str(form.cleaned_data["reason"])


def hide_notes(by: User, note: Note, form: ReasonForm) -> None:
    """Hide a note, and settle what was reported of it."""
    moderation.hide_note(by, note, _reason(form))
    for report in note.reports.filter(settled=None):
        moderation.settle(by, report)


def show_notes(by: User, note: Note, form: ReasonForm) -> None:
    """Show a note again."""
    moderation.show_note(by, note, _reason(form))


def remove_notes(by: User, note: Note, form: ReasonForm) -> None:
    """Delete a note's text."""
    moderation.remove_note(by, note, _reason(form))


def hide_stories(by: User, story: Story, form: ReasonForm) -> None:
    """Hide a story, and settle what was reported of it."""
    moderation.hide_story(by, story, _reason(form))
    for report in story.reports.filter(settled=None):
        moderation.settle(by, report)


def show_stories(by: User, story: Story, form: ReasonForm) -> None:
    """Show a story again."""
    moderation.show_story(by, story, _reason(form))


def remove_stories(by: User, story: Story, form: ReasonForm) -> None:
    """Delete a story's text."""
    moderation.remove_story(by, story, _reason(form))


def block_people(by: User, person: User, form: ReasonForm) -> None:
    """Block a contributor."""
    until = timezone.now() + timedelta(days=form.cleaned_data["days"])
    moderation.block(by, person, until, _reason(form))


def unblock_people(by: User, person: User, form: ReasonForm) -> None:
    """Lift a block."""
    moderation.unblock(by, person, _reason(form))


def discount_people(by: User, person: User, form: ReasonForm) -> None:
    """Set a contributor's ratings aside."""
    moderation.discount(by, person, _reason(form))


def recount_people(by: User, person: User, form: ReasonForm) -> None:
    """Count a contributor's ratings again."""
    moderation.recount(by, person, _reason(form))


def hide_reported(by: User, report: Report, form: ReasonForm) -> None:
    """Hide what a report is about."""
    if report.note is not None:
        hide_notes(by, report.note, form)
    elif report.story is not None:
        hide_stories(by, report.story, form)


def uphold_appeals(by: User, appeal: Appeal, form: ReasonForm) -> None:
    """Agree with an appeal."""
    appeals.answer(by, appeal, upheld=True, text=_reason(form))


def decline_appeals(by: User, appeal: Appeal, form: ReasonForm) -> None:
    """Disagree with an appeal."""
    appeals.answer(by, appeal, upheld=False, text=_reason(form))


class Open(admin.SimpleListFilter):
    """Rows that still need somebody."""

    title = _("state")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the choices beside the open ones, which are shown at first."""
        return [("yes", _("settled"))]

    def choices(self, changelist: Any) -> Any:
        """Name what is shown at first."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _t("open")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of a choice."""
        return queryset.filter(settled__isnull=self.value() != "yes")


@admin.register(Report)
class ReportAdmin(Seen):
    """What people complained of, open ones first."""

    list_display = ("created", "complaint", "subject", "by", "text", "settled")
    list_filter = (Open, "reason")
    list_select_related = ("note", "story", "by")
    actions = ("settle_reports", _with_reason(_("Hide what was reported…"), hide_reported))

    @admin.display(description=_("reason"), ordering="reason")
    def complaint(self, report: Report) -> str:
        """What is wrong with it, in words."""
        return str(COMPLAINTS.get(report.reason, report.reason))

    @admin.display(description=_("reported"))
    def subject(self, report: Report) -> str:
        """What was reported."""
        return str(report.note or report.story)

    @admin.action(description=_("Settle without acting"))
    def settle_reports(self, request: HttpRequest, rows: QuerySet[Report]) -> None:
        """Close reports."""
        assert isinstance(request.user, User)
        for report in rows:
            moderation.settle(request.user, report)


@admin.register(Appeal)
class AppealAdmin(Seen):
    """What those who are spoken of have to say."""

    list_display = ("created", "state", "name", "subject", "contact", "text")
    list_filter = ("state",)
    list_select_related = ("note", "story")
    search_fields = ("name", "text")
    actions = (
        _with_reason(_("Uphold, with a public answer…"), uphold_appeals, longest=4000),
        _with_reason(_("Decline, with a public answer…"), decline_appeals, longest=4000),
    )

    @admin.display(description=_("against"))
    def subject(self, appeal: Appeal) -> str:
        """What is appealed against."""
        return str(appeal.note or appeal.story)


@admin.register(Note)
class NoteAdmin(Seen):
    """Notes."""

    list_display = ("pk", "text", "author", "says", "status", "reported", "hidden", "withdrawn", "created")
    list_filter = ("hidden", "says", "score__status", "created")
    list_select_related = ("author", "score")
    search_fields = ("text", "author__username", "story__title")
    date_hierarchy = "created"
    exclude = ("salt",)
    actions = (
        _with_reason(_("Hide…"), hide_notes),
        _with_reason(_("Show again…"), show_notes),
        _with_reason(_("Remove the text, as the law demands…"), remove_notes),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Note]:
        """Return notes with the number of their reports."""
        found: QuerySet[Note] = super().get_queryset(request)
        return found.annotate(number_of_reports=Count("reports"))

    @admin.display(description=_("status"))
    def status(self, note: Note) -> str:
        """The status of the last scoring."""
        return note.score.get_status_display() if hasattr(note, "score") else "–"

    @admin.display(description=_("reports"), ordering="number_of_reports")
    def reported(self, note: Any) -> int:
        """How often it was reported."""
        return int(note.number_of_reports)


@admin.register(Story)
class StoryAdmin(Seen):
    """Stories."""

    list_display = ("title", "outlet", "state", "statements", "checked", "notes_all", "hidden", "added", "added_by")
    list_filter = ("state", "hidden", "added")
    list_select_related = ("outlet", "added_by")
    search_fields = ("title", "url", "key")
    date_hierarchy = "added"
    actions = (
        "read_again",
        _with_reason(_("Hide…"), hide_stories),
        _with_reason(_("Show again…"), show_stories),
        _with_reason(_("Remove the text, as the law demands…"), remove_stories),
    )

    @admin.action(description=_("Fetch and read again"))
    def read_again(self, request: HttpRequest, rows: QuerySet[Story]) -> None:
        """Let the worker look whether pages have changed."""
        from whence.desk import tasks

        for story in rows.exclude(state=Story.State.REMOVED):
            tasks.read_story.enqueue(story.pk)


@admin.register(User)
class ContributorAdmin(Seen, UserAdmin):  # type: ignore[type-arg]
    """Contributors; administrators also say who is a moderator."""

    list_display = (
        "username",
        "may_write",
        "notes_a_day",
        "rating_impact",
        "writing_impact",
        "blocked_until",
        "discounted",
        "is_staff",
    )
    list_filter = ("is_staff", "discounted", "is_active", "may_write", "date_joined")
    search_fields = ("username",)
    ordering = ("-date_joined",)
    fieldsets = (
        (None, {"fields": ("username", "email", "date_joined", "last_login")}),
        (_("Standing"), {"fields": ("may_write", "notes_a_day", "rating_impact", "writing_impact")}),
        (_("Block"), {"fields": ("blocked_until", "blocked_reason", "discounted")}),
        (_("Staff"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    filter_horizontal = ()
    actions = (
        _with_reason(_("Block…"), block_people, days=True),
        _with_reason(_("Lift the block…"), unblock_people),
        _with_reason(_("Set their ratings aside…"), discount_people),
        _with_reason(_("Count their ratings again…"), recount_people),
    )

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Administrators change whether somebody is a moderator."""
        return isinstance(request.user, User) and request.user.is_active and request.user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return all but what administrators change."""
        return [
            str(name)
            for _title, options in self.fieldsets or ()
            for name in options["fields"]
            if name not in ("is_active", "is_staff", "is_superuser", "email")
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Return a form without fields for passwords."""
        return super(UserAdmin, self).get_form(request, obj, change=change, form=forms.ModelForm, **kwargs)


@admin.register(ModerationAct)
class ActAdmin(Seen):
    """What moderators did."""

    list_display = ("at", "act", "target", "by", "reason", "entry")
    list_filter = ("act", "at")
    list_select_related = ("by", "note", "story", "person", "appeal")
    search_fields = ("reason", "by__username")


@admin.register(ScoringRun)
class RunAdmin(Seen):
    """Scorings."""

    list_display = ("pk", "started", "finished", "ratings", "raters", "divided", "scorer")


@admin.register(Webhook)
class WebhookAdmin(Seen):
    """Addresses that are told of changes."""

    list_display = ("url", "owner", "failures", "last_trouble", "created")
    exclude = ("secret",)
