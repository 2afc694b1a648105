"""Why a word is evaluative (read/loaded_lexicon.py)."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_noop as _

from whence.desk.telling.forms import Form, either

__all__ = ["LOADED"]

_KINDS = {
    "label": pgettext_lazy("kind of loaded word", "label"),
    "frame": pgettext_lazy("kind of loaded word", "frame"),
    "adjective": pgettext_lazy("kind of loaded word", "adjective"),
    "adverb": pgettext_lazy("kind of loaded word", "adverb"),
    "verb": pgettext_lazy("kind of loaded word", "verb"),
}
_REASONS = frozenset(
    (
        _('is used for one\'s enemies only; "fighters", "gunmen", "attackers" name the act'),
        _('says that a government has no right to govern; "government", "authorities" name the same people'),
        _('says that those who side with somebody do it for no good reason; "supporters", "allies", "aides" do not'),
        _("says that a view is beyond discussion and where the middle lies; what is wanted can be said"),
        _("says that people who decide or inform do so for themselves; their office or trade names them as well"),
        _("passes a moral sentence on a person; what the person did can be said"),
        _("raises a person above criticism; what the person did can be said"),
        _('takes a crowd\'s reason away; "crowd", "protesters", "people" name it'),
        _('takes sides between those who leave and those who stay; "migrants", or the legal status, do not'),
        _("says that a reason given is not the true one, which only the one who gave it knows"),
        _('says that what somebody tells is false or made for effect; "statement", "view", "account" leave that open'),
        _("judges an event by its horror instead of telling it; the number of the dead and hurt tells it"),
        _("says that a deed has no right on its side; the deed can be named"),
        _("judges a policy or its results; what changed can be said"),
        _("praises an event or its maker; what changed can be said"),
        _('takes a stream of people for water, war or disease; "arrivals", "increase" do not'),
        _("condemns morally; what was done can be said"),
        _("says how something was meant or felt, which the outlet cannot see"),
        _("says that something is larger or emptier than it should be; its size and use can be told"),
        _("says that somebody lacks ability or good sense; the failure can be told"),
        _("says that somebody is not to be trusted; the contradiction or the deed can be told"),
        _("says that a claim or an aim has no ground, in the outlet's own voice; who says so, and why, can be told"),
        _("puts a view outside what may be held; what it holds can be told"),
        _("praises; what was done can be told"),
        _("heightens for effect; the size or the facts can be given"),
        _("judges how well something was done"),
        _("praises how something was done"),
        _("tells the reader what to think of the whole sentence"),
        _('takes a plain deed for violence, a crime or a trick; "criticise", "cut", "say", "pass" do not'),
        _('lends somebody glory; "win", "defend", "say" do not'),
        _('says that what is told is known to be false, or was hidden; "say", "deny" leave that open'),
    )
)

LOADED = Form(
    _('"{word}" ({kind}) {why}'),
    {
        "kind": either(lambda name: str(_KINDS.get(name, name)), "|".join(_KINDS)),
        "why": either(lambda why: gettext(why) if why in _REASONS else why, ".+"),
    },
)
"""The rule of a loaded word."""
