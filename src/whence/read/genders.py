"""Which pronoun goes with which person, from the story itself: no list of first names is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whence.read.referent import Mention, Referent
from whence.read.source_lexicon import PRONOUNS, gender_of
from whence.read.spotting import Ground

__all__ = ["learn_genders"]

_KIN = re.compile(r"\b(?:(?:his|her|their)|\w+['’]s)(?: \w+)? (?P<kin>[a-z]+),? $")
_HE_SHE = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)


def learn_genders(ground: Ground, referents: Sequence[Referent], names: Sequence[Mention]) -> None:
    """Give a gender to those whose titles, roles or pronouns show one.

    A name that is the first person's in its sentence votes with the pronoun that follows it there before anybody else
    is named, or that opens the next sentence. Four votes in five have to agree. "His wife, Jane Doe" shows her own.

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
        if referent is None or not 0 <= i < len(sentences):
            continue
        start, end = here[0].span[1], sentences[i][1]
        other = next((m for m in here if m.referent is not referent), None)
        if other is not None:
            # Of two in one sentence its subject is meant where the other is kin: "Jane Doe spoke to her son, Ian".
            opens = here[0].span[0] - sentences[i][0] <= 1
            end = other.span[0] if opens and _KIN.search(ground.text, start, other.span[0]) else start
        elif i + 1 not in at and i + 1 < len(sentences):
            end = min(sentences[i + 1][0] + len("She "), len(ground.text))
        found = (m for m in _HE_SHE.finditer(ground.text, start, end) if not ground.quoted(m.start()))
        first = next(found, None)
        if first is not None:
            male = PRONOUNS[first.group().lower()][0] == "m"
            votes.setdefault(referent, [0, 0])[0 if male else 1] += 1
    for m in names:
        kin = _KIN.search(ground.text, max(0, m.span[0] - 40), m.span[0])
        if kin and m.referent is not None and m.referent.person and (shown := gender_of(kin["kin"].lower())):
            votes.setdefault(m.referent, [0, 0])[0 if shown == "m" else 1] += 1
    for referent in referents:
        referent.gender = referent.gender_shown
        he, she = votes.get(referent, (0, 0))
        if referent.gender is None and max(he, she) >= 4 * min(he, she) + 1:
            referent.gender = "m" if he > she else "f"
