"""Why labels are what they are: the rules that `whence read --explain` names."""

from __future__ import annotations

from ast import literal_eval

from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_noop as _

from whence.desk.telling.forms import Form, Forms, either
from whence.desk.telling.loaded import LOADED
from whence.desk.words import when

__all__ = ["REASONS"]

_COMPARATORS = {
    "exactly": pgettext_lazy("figure", "exactly"),
    "more": pgettext_lazy("figure", "more than"),
    "less": pgettext_lazy("figure", "less than"),
    "at-least": pgettext_lazy("figure", "at least"),
    "at-most": pgettext_lazy("figure", "at most"),
    "about": pgettext_lazy("figure", "about"),
    "nearly": pgettext_lazy("figure", "nearly"),
    "between": pgettext_lazy("figure", "between"),
}
_OUTLETS = frozenset(
    (
        _("name in an outlet's place"),
        _("well-known name"),
        _("well-known name with an addition"),
        _("named as an outlet elsewhere in the story"),
        _("last word of the name"),
        _("first word of the name"),
        _("article and a newspaper's word"),
        _("form of the word"),
        _("domain"),
        _("class noun"),
        _("class noun and name"),
    )
)
_FRAMES = frozenset(
    (
        _("told"),
        _("in an interview with"),
        _("in an interview in"),
        _("speaking to"),
        _("in comments to"),
        _("in an op-ed for"),
        _("said on"),
        _("asked by"),
        _("seen by"),
        _("relay line"),
        _("an outlet cites the source"),
        _("wire credit in the dateline"),
        _("signed by an outlet"),
        _("taken from an outlet"),
        _("contributed to the story"),
        _("byline of an agency"),
    )
)


def _amount(written: str) -> str:
    """A figure's value as the language writes it; two bounds as "3 and 5"."""
    try:
        value = literal_eval(written)
    except (ValueError, SyntaxError):
        return written
    if isinstance(value, tuple):
        return pgettext("bounds", "{low} and {high}").format(low=_grouped(value[0]), high=_grouped(value[1]))
    return _grouped(value) if isinstance(value, int | float) else written


def _grouped(value: float) -> str:
    return number_format(int(value) if value == int(value) else value, force_grouping=True)


_value = either(_amount, r"\(?[-\d.,e+ ]+\)?")
_comparator = either(lambda name: str(_COMPARATORS.get(name, name)), "|".join(_COMPARATORS))
_outlet = either(lambda rule: gettext(rule) if rule in _OUTLETS else rule, "|".join(sorted(_OUTLETS)))
_frame = either(lambda rule: gettext(rule) if rule in _FRAMES else rule, "|".join(sorted(_FRAMES)))
_time = either(lambda iso: gettext("not known") if iso == "not known" else when(iso), r"[-\d:TZW/+.]+|not known")

REASONS = Forms(
    fixed=frozenset(
        (
            # voice
            _("a quotation without a cue"),
            _("a proposition behind an unlisted cue"),
            _("an estimate: 'puts … at'"),
            _("passive cue without an agent"),
            _("the layout shows who says it"),
            _("a sentence without an attribution, but with words in quotation marks"),
            _("a sentence without an attribution, but with a word that could be a cue"),
            _("a sentence without an attribution, and without a word that could be a cue"),
            _("the rest of a sentence with an attribution, but with words in quotation marks"),
            _("the rest of a sentence with an attribution, but with a word that could be a cue"),
            _("the rest of a sentence with an attribution, and without a word that could be a cue"),
            _("the headline says behind the words who says them"),
            _("the headline ends with who says so"),
            _("the headline quotes behind a name and a colon"),
            _("the headline says it behind a speaker and a colon"),
            _("the quotation begins in a paragraph above"),
            _("the quotation runs on in the next paragraph"),
            # act
            _("the outlet's own voice asserts"),
            _("no word of cue or content says otherwise"),
            _("a rule says what holds, not what will be"),
            _("it is claimed that somebody did wrong"),
            _("whoever brings charges says that somebody did wrong"),
            _("it says that there is none of what was spoken of"),
            _('the cue is "call" with "for" or "on"'),
            _("the cue says what is wanted of others"),
            _("a claim is called untrue"),
            _("it is called by a name that neither praises nor condemns"),
            _("it says that nothing will be said"),
            _("it says that something is not so"),
            _("it puts somebody to shame"),
            _("it says what ought to be done"),
            _("it finds something to be very bad"),
            _("it lays the blame on somebody"),
            _("it finds something to be very good"),
            _("it is a question"),
            _("the speaker says what the speaker will do"),
            _("it tells somebody what to do"),
            _("it tells what the speaker expects"),
            _("its main clause is about the future"),
            # quotation, hedges, headline
            _("all of the content stands in quotation marks"),
            _("no word of the content stands in quotation marks"),
            _("part of the content stands in quotation marks"),
            _("words that weaken commitment"),
            _("words that withhold the outlet's commitment"),
            _("says what the headline says"),
            # naming
            _("the writer, named in the byline"),
            _("a government or its seat"),
            _("a proper name"),
            _("a public body of which there is one"),
            _("a public body that its noun means"),
            _("a body that a name fixes"),
            _("a document that a name fixes"),
            _("a post that one person holds"),
            _("nobody is identified"),
            # kind
            _("a story came through it"),
            _("a story came through it, and it is called an outlet"),
            _("metonym: country"),
            _("metonym: capital"),
            _("metonym: seat"),
            _("words for one person"),
            _("first person"),
            _("an office of government"),
            _("an outlet's name"),
            _("a name for a body"),
            _("a place that speaks"),
            _("a name for a person"),
            _("a name of unknown kind"),
            _("the police"),
            _("authorities"),
            _("a noun for several people"),
            _("a noun for documents, and no outlet's name"),
            _("no word tells"),
            _("a noun for a person"),
            _("a noun for a body"),
            _("a noun for a state"),
            _("a noun for an organisation"),
            _("a noun for an outlet"),
            _("a noun for a document"),
            _("a noun for a group"),
            _("a noun for documents"),
            _("several of them"),
            # who is the same
            _("pronoun"),
            _("relative pronoun"),
            _("definite description"),
            _("named later"),
            _("same words"),
            _("same modifiers"),
            _("age, trade or family"),
            _("same name"),
            _("same institution"),
            _("part of the name"),
            _("surname"),
            _("first name"),
            _("acronym"),
            _("synonym"),
            _("general noun for a body"),
            _("first person in a quotation"),
            _("the writer"),
            _("government of a country"),
            _("metonym: a country that the story shows"),
            # way to the page
            _("source, then outlets, then whoever reports it"),
            _("the same speaker goes on"),
            _("cited by an outlet"),
            _("a document that an outlet has seen"),
            _("agencies contributed to the story"),
            # denials
            _("said with a negation"),
            _("it stands in the denial"),
            _("the denial takes it up by 'such'"),
            _("the denial repeats its words"),
            _("it is said of the one who denies"),
            _("it says that nobody did so"),
            _("the denial goes on"),
            _("the denial points to it"),
            _("the denial points to what follows"),
        )
    ),
    forms=(
        Form(_("refusing cue '{word}'"), {}),
        Form(_("speech cue '{word}'"), {}),
        Form(_("judging cue '{word}'"), {}),
        Form(_("belief cue '{word}' with a proposition"), {}),
        Form(_("attitude '{word}' in quoted words"), {}),
        Form(_('the cue is "{word}"'), {}),
        Form(_('the cue holds "{word}"'), {}),
        Form(_('"{word}" is negated in the cue'), {}),
        Form(_('it is called "{word}"'), {}),
        Form(_("“{words}” is {comparator} {value}"), {"comparator": _comparator, "value": _value}),
        Form(_("“{words}” is {time}"), {"time": _time}),
        Form(_("{how}, in the sentence before ({outlet})"), {"how": _frame, "outlet": _outlet}),
        Form(_("{how} ({outlet})"), {"how": _frame, "outlet": _outlet}),
        LOADED,
    ),
)
