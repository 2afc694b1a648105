"""What findings say (docs/reference/findings.md)."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_noop as _

from whence.desk.telling.forms import Form, Forms, Place, either, names, number, quotes

__all__ = ["CONDITIONS", "FINDINGS"]

_NOBODY = {
    "the page itself": lambda: gettext("the page itself"),
    "somebody it does not name": lambda: gettext("somebody it does not name"),
    "somebody it never names": lambda: gettext("somebody it never names"),
}
_who = Place(r".+", lambda said, labels: _NOBODY[said]() if said in _NOBODY else names.say(said, labels))
_FIELDS = {
    "health": pgettext_lazy("field", "health"),
    "sport": pgettext_lazy("field", "sport"),
    "finance": pgettext_lazy("field", "finance"),
    "science": pgettext_lazy("field", "science"),
    "politics": pgettext_lazy("field", "politics"),
    "conflict": pgettext_lazy("field", "conflict"),
    "entertainment": pgettext_lazy("field", "entertainment"),
    "law": pgettext_lazy("field", "law"),
    "technology": pgettext_lazy("field", "technology"),
    "environment": pgettext_lazy("field", "environment"),
    "food": pgettext_lazy("field", "food"),
    "travel": pgettext_lazy("field", "travel"),
}
_field = either(lambda name: str(_FIELDS.get(name, name)), "[a-z]+")
# What is counted, in the page's own word; nothing where the page has no word for it.
_unit = either(str, r"(?: \(.+?\))?")

FINDINGS = Forms(
    forms=(
        Form(_("No source says what the headline says; what comes nearest is attributed to {who}."), {"who": _who}),
        Form(
            lambda n: ngettext(
                "No named source says what the headline says; it rests on one statement by {who}.",
                "No named source says what the headline says; it rests on {n} statements by {who}.",
                n,
            ),
            {"n": number, "who": _who},
        ),
        Form(_("The page carries the line {quotes}, but it links no record of a check."), {"quotes": quotes}),
        Form(_("The page carries the lines {quotes}, but they link no record of a check."), {"quotes": quotes}),
        Form(
            _("Of {total} statements, {n} reached the page through another outlet: {who}."),
            {"total": number, "n": number, "who": names},
        ),
        Form(
            _("Of {total} statements, {n} reached the page through other outlets: {who}."),
            {"total": number, "n": number, "who": names},
        ),
        Form(
            _("Of {total} attributed statements, {n} have one origin: {who}."),
            {"total": number, "n": number, "who": names},
        ),
        Form(
            lambda n: ngettext(
                "One claim is denied on the page: by {denier}, in answer to {claimer}.",
                "{n} claims are denied on the page; the first: by {denier}, in answer to {claimer}.",
                n,
            ),
            {"n": number, "denier": _who, "claimer": _who},
        ),
        Form(
            lambda n: ngettext(
                "In its own voice the page uses evaluative words in one statement: {quotes}.",
                "In its own voice the page uses evaluative words in {n} statements: {quotes}.",
                n,
            ),
            {"n": number, "quotes": quotes},
        ),
        Form(
            _("The page gives {n} figures for what seems to be one quantity{unit}: “{first}” and “{second}”."),
            {"n": number, "unit": _unit},
        ),
        Form(
            lambda n: ngettext(
                "One quotation has no source on the page: {quotes}.",
                "{n} quotations have no source on the page: {quotes}.",
                n,
            ),
            {"n": number, "quotes": quotes},
        ),
        Form(_("The byline says of {name}: “{about}”. The story is about {field}."), {"field": _field}),
        Form(
            lambda n: ngettext(
                "The page gives no date of publication, so one time on it cannot be placed: {quotes}.",
                "The page gives no date of publication, so {n} times on it cannot be placed: {quotes}.",
                n,
            ),
            {"n": number, "quotes": quotes},
        ),
    ),
    tails=(
        Form(
            lambda n: ngettext(
                "{n} of them stands in the page's own voice.", "{n} of them stand in the page's own voice.", n
            ),
            {"n": number},
        ),
        Form(_("It also counts {n} articles by this author."), {"n": number}),
    ),
    sentences=True,
)

CONDITIONS = {
    "headline-rests-on-unnamed": _(
        "Said when no named source says what the headline says, or comes near to it, and somebody unnamed does."
    ),
    "badge-without-record": _("Said when a line says that the story was checked, and links no check."),
    "relay": _("Said when a tenth of the statements or more, and at least two, came through other outlets."),
    "single-source": _(
        "Said when two thirds or more of the attributed statements, of which there are at least three, have one origin."
    ),
    "disputed": _("Said when something that the page says is denied on the page."),
    "own-voice-loaded": _("Said when the outlet's own voice uses words that judge."),
    "numbers-disagree": _("Said when two statements give figures for one quantity that cannot both hold."),
    "quote-unattributed": _("Said when a quotation has no source on the page."),
    "byline-out-of-beat": _(
        "Said when what the byline says of its author shares no field with the subject of the story."
    ),
    "undated": _("Said when times could only be resolved with the day of publication, which the page does not give."),
}
"""When each finding holds."""
