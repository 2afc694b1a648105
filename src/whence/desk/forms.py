"""Forms of contributors: writing and rating a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from whence.desk.models import Note, Rating, Statement
from whence.desk.services import notes
from whence.desk.vocabulary import HELPFUL_TAGS, MISLEADING_REASONS, NOT_HELPFUL_TAGS, NOT_MISLEADING_REASONS

__all__ = ["NoteForm", "RatingForm"]


class NoteForm(forms.Form):
    """A note as it is written; services/notes.py says what may stand in it."""

    statements = forms.MultipleChoiceField(
        label=_("Statements that it is about"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    says = forms.ChoiceField(
        label=_("In the whole, what these statements say is"), widget=forms.RadioSelect, choices=()
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (_("If it is misleading or needs context"), list(MISLEADING_REASONS.items())),
            (_("If it is not misleading"), list(NOT_MISLEADING_REASONS.items())),
        ],
        error_messages={"required": _("Give at least one reason.")},
    )
    text = forms.CharField(
        label=_("Your note"),
        min_length=notes.SHORTEST,
        max_length=notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("What is so, and how you know, in words that somebody who disagrees with you can accept."),
    )
    sources = forms.CharField(
        label=_("Links that bear it out"),
        max_length=20_500,
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url", "spellcheck": "false", "dir": "ltr"}),
        help_text=_("One address a line; at least one. What they say now is kept with the note."),
        error_messages={"required": _("Give at least one link.")},
    )
    verdict = forms.CharField(
        label=_("Rating in a word or two"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text=_("For exchange with other fact-checkers, such as “Missing context”. whence gives none itself."),
    )

    def __init__(self, statements: list[Statement], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        says = self.fields["says"]
        assert isinstance(says, forms.ChoiceField)
        says.choices = [(word, capfirst(str(shown))) for word, shown in Note.Says.choices]
        field = self.fields["statements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(s.pk), f"{s.number}. {Truncator(s.text).chars(220)}") for s in statements]

    def parts(self) -> dict[str, Any]:
        """Return what `services.notes.write` takes; the form must be valid."""
        given = self.cleaned_data
        return {
            **given,
            "statements": [int(key) for key in given["statements"]],
            "sources": given["sources"].splitlines(),
        }


class RatingForm(forms.Form):
    """A rating; services/ratings.py says which reasons go with which level."""

    level = forms.ChoiceField(
        label=_("Is this note helpful?"),
        widget=forms.RadioSelect,
        choices=[
            (Rating.Level.HELPFUL, pgettext_lazy("rating", "Yes, helpful")),
            (Rating.Level.SOMEWHAT, pgettext_lazy("rating", "Somewhat")),
            (Rating.Level.NOT, pgettext_lazy("rating", "No, not helpful")),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )
    helpful = forms.MultipleChoiceField(
        label=_("What is good about it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=list(HELPFUL_TAGS.items()),
    )
    unhelpful = forms.MultipleChoiceField(
        label=_("What is not"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=list(NOT_HELPFUL_TAGS.items()),
    )

    @classmethod
    def of(cls, rating: Rating | None) -> RatingForm:
        """Return a form that shows a rating as it is."""
        if rating is None:
            return cls()
        return cls(
            initial={
                "level": rating.level,
                "helpful": [tag for tag in rating.tags if tag in HELPFUL_TAGS],
                "unhelpful": [tag for tag in rating.tags if tag in NOT_HELPFUL_TAGS],
            }
        )

    def tags(self) -> list[str]:
        """Return the tags of a valid form."""
        return [*self.cleaned_data["helpful"], *self.cleaned_data["unhelpful"]]
