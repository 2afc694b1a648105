"""What the meaning of a trace rests on besides shared text: each story's outlet, date, credits and salient words."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.clock import intervals
from whence.trace.evidence import WEIGHTS, WHOLE, Credit, credits_in
from whence.trace.outlet_names import Outlets
from whence.trace.speakers import Quote, quotes_in

__all__ = ["Facts", "Known", "Scan", "facts_of", "scan"]

# A capital inside a sentence is a name's; a number of three digits or more is seldom a coincidence.
_SALIENT = re.compile(r"(?<=[a-z,;] )(?:the )?([A-Z][\w’'-]{2,30})|\b(\d[\d.,]{1,12}\d)\b")
_OPENING = 1500
"""Characters in which a story says what it is about."""
_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class Scan:
    """What a light scan finds in one text; it can be made in any process and in any order.

    Args:
        credits: the outlets it credits.
        salient: hashes of names and numbers of its first paragraphs, sorted, uint32.
        head: its first line, cut to a headline's length.
        quotes: its quotations of `LEAST_QUOTE` words or more.
    """

    credits: tuple[Credit, ...]
    salient: NDArray[np.uint32]
    head: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A credit whose name this archive knows to be an outlet's.

    Args:
        key: the outlet's key (`outlet_names.outlet_key`).
        own: it is the outlet that published the story itself.
        lead: it stands where the story says what it rests on: at its beginning, or as a line of its own.
    """

    credit: Credit
    key: str
    own: bool
    lead: bool


@dataclass(frozen=True)
class Facts:
    """Stories by number.

    Args:
        ids: as given.
        outlets: each story's outlet's key; empty where it is not known.
        when: first and last second of publication, shape (stories, 2), NaN where not known.
        words: words without boilerplate, int64.
        chars: characters without boilerplate, int64.
        heads: first lines.
        credits: the credits of those stories that have any.
        salient: of each story, as in `Scan`.
        quotes: of each story, as in `Scan`.
        names: the outlets of the archive.
    """

    ids: Sequence[str]
    outlets: Sequence[str]
    when: NDArray[np.float64]
    words: NDArray[np.int64]
    chars: NDArray[np.int64]
    heads: Sequence[str]
    credits: Mapping[int, tuple[Known, ...]]
    salient: Sequence[NDArray[np.uint32]]
    quotes: Sequence[tuple[Quote, ...]]
    names: Outlets

    def __len__(self) -> int:
        return len(self.ids)

    def named(self, story: int, key: str) -> float:
        """How strongly a story credits an outlet (log odds), 0 where it does not."""
        return max((WEIGHTS[k.credit.kind] for k in self.credits.get(story, ()) if k.key == key), default=0.0)


def scan(text: str, credits: Iterable[Credit] | None = None, quotes: Iterable[Quote] | None = None) -> Scan:
    """Scan one text.

    Args:
        text: a story's text.
        credits, quotes: those that a reading found; by default they are looked for here.
    """
    words = {m[1] or m[2] for m in _SALIENT.finditer(text, 0, _OPENING)}
    hashes = np.array(sorted({zlib.crc32(w.casefold().encode()) for w in words}), dtype=np.uint32)
    line = text.lstrip()[: 4 * _HEADLINE].split("\n", 1)[0].strip()
    return Scan(
        credits=tuple(credits_in(text) if credits is None else credits),
        salient=hashes,
        head=line if len(line) <= _HEADLINE else line[:_HEADLINE].rsplit(" ", 1)[0] + " …",
        quotes=tuple(quotes_in(text) if quotes is None else quotes),
    )


def facts_of(
    scans: Sequence[Scan],
    *,
    ids: Sequence[str],
    outlets: Sequence[str | None],
    published: Sequence[str | None],
    words: NDArray[np.int64],
    chars: NDArray[np.int64],
) -> Facts:
    """Put together what is known of all stories of an archive.

    A name that its wording does not show to be an outlet's counts as one where the archive has stories of it, or where
    some credit line bears it.

    Args:
        scans: one a story, in the order of their numbers.
        ids, outlets, published: as given.
        words: words without boilerplate.
        chars: characters without boilerplate.
    """
    credited: list[str] = []
    defined: dict[str, str] = {}
    for found in scans:
        for credit in found.credits:
            if credit.sure:
                credited.append(credit.name)
                if credit.short:
                    defined.setdefault(credit.short, credit.name)
    names = Outlets((o for o in outlets if o), credited, defined)
    keys = [names.key(o) if o else "" for o in outlets]
    known: dict[int, tuple[Known, ...]] = {}
    for story, found in enumerate(scans):
        kept = tuple(
            Known(c, key, key == keys[story] or names.short_of(key, keys[story]), _leads(c, int(chars[story])))
            for c in found.credits
            if (key := names.key(c.name)) and (c.sure or c.name in names)
        )
        if kept:
            known[story] = kept
    return Facts(
        ids=ids,
        outlets=keys,
        when=intervals(published),
        words=words,
        chars=chars,
        heads=[s.head for s in scans],
        credits=known,
        salient=[s.salient for s in scans],
        quotes=[s.quotes for s in scans],
        names=names,
    )


def _leads(credit: Credit, length: int) -> bool:
    return credit.kind in WHOLE or credit.span[0] < max(600, length // 3)
