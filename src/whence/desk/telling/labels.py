"""The labels of explanations ("act=deny") in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from whence.desk import words

__all__ = ["Label", "label"]

_NAMES = {
    "voice": _("Voice"),
    "content": _("Words"),
    "source": _("Source"),
    "act": _("Act"),
    "quote": _("Quoted"),
    "hedges": _("Hedged"),
    "distancing": _("Kept at a distance"),
    "loaded": _("Loaded"),
    "figures": _("Figure"),
    "times": _("Time"),
    "relay": _("Passed on by"),
    "chain": _("Way to this page"),
    "denies": _("Denies"),
    "headline": pgettext_lazy("label", "Headline"),
    "naming": pgettext_lazy("label", "Named"),
    "kind": pgettext_lazy("label", "Kind"),
}
_QUOTES = {"direct": _("word for word"), "indirect": _("in other words"), "mixed": _("in part")}
_SAME = "same as "


@dataclass(frozen=True, slots=True)
class Label:
    """A label in words.

    Attributes:
        name: what is told.
        value: what it is, "" where the evidence says it.
        own: whether the value is the story's own words.
        statement: id of the statement that it points to, or "".
    """

    name: str
    value: str = ""
    own: bool = False
    statement: str = ""


def label(written: str) -> Label:
    """Put a label into words.

    Args:
        written: as an explanation has it: a name, "name=value", or "same as" and a name.
    """
    if written.startswith(_SAME):
        return Label(gettext("Same as"), written.removeprefix(_SAME), own=True)
    name, _equals, value = written.partition("=")
    said = str(_NAMES.get(name, name))
    if name == "denies":
        return Label(said, statement=value)
    if name == "voice":
        return Label(said, words.voice("own") if value == "own" else gettext("attributed"))
    if name == "act":
        return Label(said, words.act(value))
    if name == "quote":
        return Label(said, str(_QUOTES.get(value, value)))
    if name == "naming":
        return Label(said, words.naming(value))
    if name == "kind":
        return Label(said, words.kind(value))
    if name == "headline":
        return Label(said, gettext("supports it") if value == "supports" else value)
    if name == "source" and value == "unspecified":
        return Label(said, words.say("nobody in particular"))
    if name == "chain":
        return Label(said, value.replace(" > ", " → "), own=True)
    return Label(said, value, own=bool(value))
