"""Outlets' names: one key for the ways in which a name is written, and the signs by which a name is an outlet's.

Nothing here says anything about what an outlet prints; an outlet nobody has heard of is found like a famous one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

__all__ = ["Outlets", "initials", "outlet_key", "wording"]

_AGENCIES: Mapping[str, str] = {
    "associatedpress": "ap",
    "agencefrancepresse": "afp",
    "pressassociation": "pa",
    "pamedia": "pa",
    "unitedpressinternational": "upi",
    "deutschepresseagentur": "dpa",
    "britishbroadcastingcorporation": "bbc",
    "australianassociatedpress": "aap",
    "presstrustofindia": "pti",
    "anadoluagency": "anadolu",
    "anadoluajansı": "anadolu",
    "thomsonreuters": "reuters",
    "canadianpress": "thecanadianpress",
}
"""Names of agencies that are signed in two ways: the long key to the short one."""

_KNOWN = frozenset(
    "reuters ap afp upi dpa efe ansa tass xinhua kyodo yonhap bloomberg ians pti ani aap interfax anadolu belga ritzau"
    " ntb apa lusa antara bernama pa sana irna wam kuna ukrinform belta thecanadianpress bbc cnn nbc cbs abc cnbc msnbc"
    " pbs npr itv rte cbc sbs zdf ard nhk dw rfi rferl aljazeera alarabiya dowjonesnewswires rianovosti axios politico"
    " theintercept bellingcat propublica meduza theguardian".split()
)
"""Agencies and broadcasters that nothing in their names gives away; the wording below finds the others."""

_STRONG = frozenset(
    "herald gazette times post tribune chronicle courier journal telegraph observer mirror express echo argus examiner"
    " sentinel dispatch globe news radio tv television fm broadcasting inquirer enquirer bulletin ledger advertiser"
    " weekly daily magazine newspaper newspapers insider guardian newswire newsletter podcast digest spectator"
    " intelligencer newsroom broadcaster shimbun zeitung tageblatt press wire mercury reporter standard register"
    " newspress".split()
)
_WEAK = frozenset(
    "star sun mail network review monitor record independent world eye channel agency republic banner pilot leader"
    " outlook age service today online beacon bee messenger recorder report media site website relay desk".split()
)
_FIRST = frozenset("daily radio channel agence agencia sunday evening télé tele weekly".split())
_OTHER = frozenset(
    "court congress parliament senate committee council police ministry department union bank party university"
    " commission assembly federation association society hospital school college club company corporation corp inc ltd"
    " plc group fund foundation institute force forces army navy government authority board conference summit rights"
    " embassy church treasury house cabinet office bureau tribunal nations states league forum convention commons lords"
    " kremlin knesset duma inquiry jury hearing meeting rally prison crowd coalition alliance front movement"
    " administration congressmen lawmakers reporters journalists nato eu un fbi cia mps msps meps twitter facebook"
    " instagram telegram youtube tiktok x".split()
)
_NOT_A_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december he she it they we i you his her their our there that this these those the a"
    " an mr mrs ms dr sir lord lady president prime minister senator secretary judge justice king queen prince princess"
    " pope professor gen general col sgt capt officials police some many several sources".split()
)
_GLUED = re.compile(r"[A-Z]\w{1,30}(?:News|TV|FM|Radio|Online|Post|Times|Wire|wire|Press|Herald|Insider|Media)$")
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,60}\.){1,3})(?:com|org|net|co\.uk|news|tv|info|io|eu|[a-z]{2}|example)(?:[/:].*)?$",
    re.IGNORECASE,
)
_SHORTEST = 4
"""Letters that a short form has at least."""
_SIGNS = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def outlet_key(name: str) -> str:
    """One key for a name however it is written: "The Vale Herald", "Vale Herald’s", "www.valeherald.com".

    Returns:
        Letters and digits in lower case; empty where the name has none.
    """
    text = name.strip()
    domain = _DOMAIN.fullmatch(text)
    if domain:
        text = domain[1]
    text = re.sub(r"['’]s?$", "", text)
    text = re.sub(r"^(?:the|The|THE)\s+(?=\w)", "", text)
    text = re.sub(r"\s+(?:news agency|agency)$", "", text)
    key = _SIGNS.sub("", text.casefold())
    return _AGENCIES.get(key, key)


def initials(name: str) -> str:
    """The acronym that a name of three words or more would have ("mee"), or an empty string."""
    words = [w for w in re.findall(r"[^\W_]+", name) if w.lower() not in ("the", "of", "and", "for")]
    return "".join(w[0] for w in words).casefold() if len(words) >= 3 else ""


def wording(name: str, *, article: bool = False, relayed: bool = False, loose: bool = True) -> bool:
    """Whether a name by its own words is an outlet's.

    Args:
        article: "the" stands before it; people's names have none.
        relayed: it stands where English names an outlet ("told …", "in an interview with …"): then weaker signs do.
        loose: "the" and several capitals suffice where it is relayed, if no word is another body's.
    """
    words = [w.lower().strip(".'’") for w in name.replace("-", " ").split()]
    if not words or words[0] in _NOT_A_NAME:
        return False
    if outlet_key(name) in _KNOWN or _DOMAIN.fullmatch(name):
        return True
    if any(w in _OTHER for w in words):
        return False
    if _GLUED.fullmatch(name.rsplit(maxsplit=1)[-1]):
        return True
    named = len(words) > 1
    if words[-1] in _STRONG and (named or article):
        return True
    if named and words[0] in _FIRST:
        return True
    return relayed and ((words[-1] in _WEAK and (named or article)) or (loose and article and 2 <= len(words) <= 4))


class Outlets:
    """The outlets of an archive: those that published its stories, and those that its credit lines name.

    Args:
        published: the stories' own outlets, as given.
        credited: names that stand in credit lines, where nothing but an outlet stands.
        defined: acronyms that texts explain ("Middle East Eye (MEE)"), to the long name.
    """

    def __init__(
        self, published: Iterable[str], credited: Iterable[str] = (), defined: Mapping[str, str] | None = None
    ) -> None:
        given = {outlet_key(name): name for name in reversed(list(published)) if outlet_key(name)}
        self._label = dict(given)
        for name in credited:
            self._label.setdefault(outlet_key(name), name)
        self._label.pop("", None)
        self._other: dict[str, str] = {}
        for key, name in self._label.items():
            short = initials(name)
            if short and short not in given:
                # An acronym of two outlets stands for neither.
                self._other[short] = key if self._other.get(short, key) == key else short
        for short, name in (defined or {}).items():
            self._other.setdefault(outlet_key(short), outlet_key(name))
        for key in self._label:
            # "the Herald", where the archive has one Herald only.
            longer = [g for g in given if g != key and g.endswith(key)] if len(key) >= _SHORTEST else []
            if len(longer) == 1 and key not in given:
                self._other[key] = longer[0]

    def key(self, name: str) -> str:
        """The key under which this archive knows a name, its acronym or its short form included."""
        key = outlet_key(name)
        return self._other.get(key, key)

    def __contains__(self, name: str) -> bool:
        return self.key(name) in self._label

    def label(self, key: str) -> str:
        """The name as the archive first writes it, or the key."""
        return self._label.get(key, key)

    def short_of(self, key: str, own: str) -> bool:
        """Whether a name is a page's way of naming its own outlet: "the Herald" on the Vale Herald's page."""
        return len(key) >= _SHORTEST and key != own and own.endswith(key)
