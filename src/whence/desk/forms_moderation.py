"""Forms with which people turn to the moderators, and those in which moderators give their reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

__all__ = ["COMPLAINTS", "AppealForm", "ReasonForm", "ReportForm"]

COMPLAINTS = {
    "abuse": _("It insults, threatens or harasses somebody"),
    "private": _("It gives away somebody’s private life"),
    "law": _("It breaks the law"),
    "spam": _("It advertises, or has nothing to do with the story"),
    "other": _("Something else"),
}
"""Why something may be reported, in words."""


class ReportForm(forms.Form):
    """Why something is reported."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=list(COMPLAINTS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Details"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class AppealForm(forms.Form):
    """What somebody a story or note speaks of has to say."""

    name = forms.CharField(
        label=_("Who you are"),
        help_text=_("Your name, or your outlet’s and yours. It becomes public with the answer."),
        min_length=2,
        max_length=200,
    )
    contact = forms.EmailField(
        label=_("E-mail address for the answer"), help_text=_("It is never shown to anybody but the moderators.")
    )
    text = forms.CharField(
        label=_("What is wrong, and what shows it"),
        help_text=_("It becomes public with the answer. Give links to what bears it out."),
        min_length=20,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    website = forms.CharField(required=False, label=_("Leave this empty"), widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Refuse what a program filled in that no reader sees."""
        value: str = self.cleaned_data["website"]
        if value:
            raise forms.ValidationError(_("This was filled in by a program."))
        return value


class ReasonForm(forms.Form):
    """Why a moderator acts: public, for ever.

    Args:
        days: whether a number of days is asked for.
        longest: characters of the reason.
    """

    reason = forms.CharField(
        label=_("Reason, which stays public"), min_length=3, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=3650, initial=7)

    def __init__(self, *args: Any, days: bool = False, longest: int = 500, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not days:
            del self.fields["days"]
        field = self.fields["reason"]
        assert isinstance(field, forms.CharField)
        field.max_length = longest
        field.widget.attrs["maxlength"] = str(longest)
