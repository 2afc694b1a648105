"""What the meaning of a trace rests on besides shared text: each story's outlet, date, credits and salient words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whence.trace.clock import intervals
from whence.trace.evidence import WEIGHTS, WHOLE, Credit
from whence.trace.outlet_names import Outlets
from whence.trace.scanned import Quotes, Ragged, Scanned

__all__ = ["Facts", "Known", "facts_of"]


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
        salient: of each story, as in `Scanned`.
        quotes: of each story, as in `Scanned`.
        names: the outlets of the archive.
    """

    ids: Sequence[str]
    outlets: Sequence[str]
    when: NDArray[np.float64]
    words: NDArray[np.int64]
    chars: NDArray[np.int64]
    heads: Sequence[str]
    credits: Mapping[int, tuple[Known, ...]]
    salient: Ragged
    quotes: Quotes
    names: Outlets

    def __len__(self) -> int:
        return len(self.ids)

    def named(self, story: int, key: str) -> float:
        """How strongly a story credits an outlet (log odds), 0 where it does not."""
        return max((WEIGHTS[k.credit.kind] for k in self.credits.get(story, ()) if k.key == key), default=0.0)


def facts_of(
    scanned: Scanned,
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
        scanned: what was found in the stories.
        ids, outlets, published: as given.
        words: words without boilerplate.
        chars: characters without boilerplate.
    """
    credited: list[str] = []
    defined: dict[str, str] = {}
    for found in scanned.credits.values():
        for credit in found:
            if credit.sure:
                credited.append(credit.name)
                if credit.short:
                    defined.setdefault(credit.short, credit.name)
    names = Outlets((o for o in outlets if o), credited, defined)
    keys = [names.key(o) if o else "" for o in outlets]
    known: dict[int, tuple[Known, ...]] = {}
    for story, found in scanned.credits.items():
        kept = tuple(
            Known(c, key, key == keys[story] or names.short_of(key, keys[story]), _leads(c, int(chars[story])))
            for c in found
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
        heads=scanned.heads,
        credits=known,
        salient=scanned.salient,
        quotes=scanned.quotes,
        names=names,
    )


def _leads(credit: Credit, length: int) -> bool:
    return credit.kind in WHOLE or credit.span[0] < max(600, length // 3)
