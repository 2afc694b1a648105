"""Which pronoun goes with which person, from the story itself: no list of first names is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.read.referent import Mention, Referent
from whence.read.source_lexicon import PRONOUNS
from whence.read.spotting import Ground

__all__ = ["learn_genders"]

_HE_SHE = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)


def learn_genders(ground: Ground, referents: Sequence[Referent], names: Sequence[Mention]) -> None:
    """Give a gender to those whose titles, roles or pronouns show one.

    A name that is the only person's in its sentence votes with the pronoun that follows it there, or that opens the
    next sentence. Four votes in five have to agree.

    Args:
        ground: the document.
        referents: those known by name; changed in place.
        names: all mentions with a name, in text order.
    """
    sentences = ground.doc.sentences
    at: dict[int, list[Mention]] = {}
    for m in names:
        if m.referent is not None and m.referent.person:
            at.setdefault(m.sentence, []).append(m)
    votes: dict[Referent, list[int]] = {}
    for i, here in at.items():
        referent = here[0].referent
        if referent is None or any(m.referent is not referent for m in here) or not 0 <= i < len(sentences):
            continue
        start, end = here[0].span[1], sentences[i][1]
        if i + 1 not in at and i + 1 < len(sentences):
            end = min(sentences[i + 1][0] + len("She "), len(ground.text))
        found = (m for m in _HE_SHE.finditer(ground.text, start, end) if not ground.quoted(m.start()))
        first = next(found, None)
        if first is not None:
            male = PRONOUNS[first.group().lower()][0] == "m"
            votes.setdefault(referent, [0, 0])[0 if male else 1] += 1
    for referent in referents:
        referent.gender = referent.gender_shown
        he, she = votes.get(referent, (0, 0))
        if referent.gender is None and max(he, she) >= 4 * min(he, she) + 1:
            referent.gender = "m" if he > she else "f"
