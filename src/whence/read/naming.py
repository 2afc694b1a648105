"""Whether a reader can tell who a source is: named or unnamed.

Named is whoever the story calls by a proper name, a body that a name fixes ("the Syrian government", "Leeds police"),
a public body that a bare noun means ("the government", "police"), and the holder of a post that one person holds ("the
mayor of Leeds"). Everybody else is unnamed, a spokesman too, however well known the body for which he speaks.
"""

from __future__ import annotations

import re

from whence.read.metonymy import demonym
from whence.read.public_bodies import is_office_of_a_post, is_public
from whence.read.referent import Referent
from whence.read.source_lexicon import classes
from whence.records import Naming

__all__ = ["naming"]

_ONE_HOLDER = frozenset(
    "president prime-minister premier chancellor king queen pope emperor emir sultan monarch mayor governor ceo chair "
    "chairman chairwoman chairperson captain speaker coach head-coach manager headteacher headmaster headmistress "
    "secretary-general attorney-general ombudsman vice-president vice-chancellor executive minister secretary".split()
)
_THROUGH = re.compile(
    r"\b(?:seen|obtained|leaked|reviewed|viewed|provided|shared|shown|given|sent|handed|passed|read|examined) "
    r"(?:to|by|with)\b"
)
"""Behind a document, before whom it came to: their name does not tell which document it is."""

_AMBIGUOUS_POSTS = frozenset("executive minister secretary manager coach speaker captain chair".split())


def naming(referent: Referent, story_text: str, author: bool = False) -> tuple[Naming, str]:
    """Whether a source is named, and the rule that decided.

    Args:
        referent: with all its mentions joined.
        story_text: the text in which the spans of the mentions stand.
        author: whether it is the writer of a story whose byline gives a name.
    """
    if author:
        return "named", "the writer, named in the byline"
    if referent.metonym is not None:
        return "named", "a government or its seat"
    if referent.names:
        return "named", "a proper name"
    phrases = [link.mention.phrase for link in referent.links if link.mention.phrase.form in ("definite", "bare")]
    for phrase in phrases:
        known = classes(phrase.head)
        words = _THROUGH.split(story_text[phrase.span[0] : phrase.span[1]], maxsplit=1)[0]
        proper = any(w[:1].isupper() for w in words.replace("-", " ").split()[1:])
        if phrase.form == "bare" and words[:1].isupper():
            # "Gloss magazine" inside a sentence: its capital is a name's.
            proper = proper or story_text[: phrase.span[0]][-3:].rstrip(' \u00a0“"‘')[-1:].isalnum()
        if phrase.plural and phrase.head not in ("police", "authorities"):
            continue
        public = is_public(phrase.head, phrase.mods) or is_office_of_a_post(phrase.head, phrase.mods)
        if public and phrase.form == "definite" and not phrase.owner:
            return "named", "a public body of which there is one"
        if {"unique"} & known and (phrase.form == "definite" or phrase.head == "police"):
            return "named", "a public body that its noun means"
        if known & {"body", "state", "outlet"} and not known & {"person"} and (proper or _placed(phrase.mods)):
            return "named", "a body that a name fixes"
        if known & {"document"} and proper:
            return "named", "a document that a name fixes"
        post = phrase.head in _ONE_HOLDER and phrase.form == "definite" and not phrase.owner
        if post and (phrase.head not in _AMBIGUOUS_POSTS or proper or phrase.affiliation is not None):
            return "named", "a post that one person holds"
    for link in referent.links:
        phrase = link.mention.phrase
        later = _THROUGH.split(story_text[phrase.span[0] : phrase.span[1]], maxsplit=1)[0].split()[1:]
        if classes(phrase.head) & {"document"} and any(w[:1].isupper() for w in later):
            return "named", "a document that a name fixes"
    return "unnamed", "nobody is identified"


def _placed(mods: frozenset[str]) -> bool:
    return any(demonym(m.title()) for m in mods)
