"""The library's words as the desk's pages say them: English ones are the keys under which catalogues translate them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, ngettext, pgettext_lazy

from whence.publish.dates import starts
from whence.publish.facts import ACT_WORDS, SHADE_WORDS, Counts, finding_title

__all__ = ["STATES", "act", "finding", "kind", "naming", "say", "sentence", "state_words", "voice", "when"]

STATES = {
    "helpful": gettext_noop("Shown: people who disagree found it helpful"),
    "not-helpful": gettext_noop("Not shown"),
    "needs-more-ratings": gettext_noop("Needs more ratings"),
    "none": gettext_noop("No one has checked"),
    "hidden": gettext_noop("Hidden by a moderator"),
    "withdrawn": gettext_noop("Withdrawn by its author"),
}
"""What is said of a note, and of a statement without one."""

_KINDS = {
    "person": pgettext_lazy("kind of source", "person"),
    "group": pgettext_lazy("kind of source", "group of people"),
    "organisation": pgettext_lazy("kind of source", "organisation"),
    "state": pgettext_lazy("kind of source", "state"),
    "outlet": pgettext_lazy("kind of source", "news outlet"),
    "document": pgettext_lazy("kind of source", "document"),
    "unknown": pgettext_lazy("kind of source", "kind not known"),
}

# Words that come out of the library as they are; listed, so that catalogues hold them.
_LIBRARY = (
    gettext_noop("named source"),
    gettext_noop("unnamed source"),
    gettext_noop("attributed to nobody in particular"),
    gettext_noop("the outlet’s own voice"),
    gettext_noop("nobody in particular"),
    gettext_noop("this page"),
    gettext_noop("asserts"),
    gettext_noop("denies"),
    gettext_noop("accuses"),
    gettext_noop("condemns"),
    gettext_noop("praises"),
    gettext_noop("demands"),
    gettext_noop("warns"),
    gettext_noop("promises"),
    gettext_noop("predicts"),
    gettext_noop("asks"),
    gettext_noop("declines"),
    gettext_noop("named"),
    gettext_noop("unnamed"),
    gettext_noop("unspecified"),
    gettext_noop("The headline rests on unnamed sources"),
    gettext_noop("A badge without a record"),
    gettext_noop("Told through another outlet"),
    gettext_noop("One source carries the story"),
    gettext_noop("Disputed"),
    gettext_noop("Loaded words in the outlet’s own voice"),
    gettext_noop("Numbers disagree"),
    gettext_noop("A quotation without a speaker"),
    gettext_noop("Byline outside its beat"),
    gettext_noop("Times that cannot be dated"),
    gettext_noop("Statement {number}: {voice}"),
    gettext_noop("Statement {number}: {voice}, low confidence"),
    gettext_noop("badge · links no check"),
    gettext_noop("badge · links {n} check"),
    gettext_noop("badge · links {n} checks"),
    gettext_noop("byline"),
    gettext_noop("furniture"),
    gettext_noop("The story from first word to last, by voice: the taller, the more is known of who speaks."),
    gettext_noop("clear of one half, on both sides"),
    gettext_noop("fewer than 5 ratings"),
    gettext_noop("one side has hardly spoken"),
    gettext_noop("the sides differ"),
    gettext_noop("its interval spans one half"),
    gettext_noop("one more rating could turn it"),
    gettext_noop("notes, in Community Notes’ public format"),
    gettext_noop("ratings, in Community Notes’ public format"),
    gettext_noop("statuses, in Community Notes’ public format"),
    gettext_noop("contributors, in Community Notes’ public format"),
    gettext_noop("stories: address, headline, outlet, counts"),
    gettext_noop("statements of the latest version of each story, and whom they come from"),
    gettext_noop("notes with their statements, sources, statuses and scores"),
    gettext_noop("light"),
    gettext_noop("dark"),
    gettext_noop("text"),
)


def say(words: str) -> str:
    """Return words of the library in the page's language; words that no catalogue holds as they are."""
    return gettext(words) if words else ""


def voice(shade: str) -> str:
    """Return whose voice a shade is: named, unnamed, nobody or own."""
    return say(SHADE_WORDS[shade])  # type: ignore[index]


def act(name: str) -> str:
    """Return a speech act as a verb."""
    return say(ACT_WORDS.get(name, name))  # type: ignore[call-overload]


def kind(name: str) -> str:
    """Return what a source is."""
    return str(_KINDS.get(name, name))


def naming(name: str) -> str:
    """Return whether a source is named."""
    return say(name)


def finding(id: str) -> str:
    """Return a finding's heading."""
    return say(finding_title(id))


def state_words(state: str) -> str:
    """Return what readers are told of a state."""
    return say(STATES.get(state, state))


def sentence(counts: Counts) -> list[tuple[str, str]]:
    """Return the parts of a reading's counts: shade and words of each voice that there is.

    Args:
        counts: of whence.publish.facts.count.
    """
    parts = {
        "named": ngettext(
            "%(n)d attributed to a named source", "%(n)d attributed to named sources", counts.shades["named"]
        ),
        "unnamed": ngettext("%(n)d to an unnamed source", "%(n)d to unnamed sources", counts.shades["unnamed"]),
        "nobody": ngettext("%(n)d to nobody in particular", "%(n)d to nobody in particular", counts.shades["nobody"]),
        "own": ngettext("%(n)d in the outlet’s own voice", "%(n)d in the outlet’s own voice", counts.shades["own"]),
    }
    return [(shade, text % {"n": counts.shades[shade]}) for shade, text in parts.items() if counts.shades[shade]]  # type: ignore[index]


def when(iso: str) -> str:
    """Return an ISO 8601 time of any precision as the page's language writes it; what is no date as it is.

    Args:
        iso: a day, month, year, week, clock time or interval (docs/reference/times.md).
    """
    first, interval, last = iso.partition("/")
    if interval:
        return gettext("%(first)s to %(last)s") % {"first": when(first), "last": when(last)}
    begin = starts(iso)
    if begin is None:
        return iso
    if "W" in iso:
        return gettext("week %(week)d of %(year)d") % {"week": int(iso[6:8]), "year": int(iso[:4])}
    day, _, clock = iso.partition("T")
    written = date_format(begin, {4: "Y", 7: "F Y"}.get(len(day), "DATE_FORMAT"))
    return f"{written}, {clock[:5]}" if clock else written
