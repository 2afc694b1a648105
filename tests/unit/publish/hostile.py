"""A reading in which every field that can hold text tries to break out of its place."""

from __future__ import annotations

from whence.records import (
    Badge,
    Byline,
    Dispute,
    Explanation,
    Figure,
    Finding,
    Link,
    Paragraph,
    Reading,
    Source,
    Statement,
    Story,
    Time,
)

ATTACK = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover='alert(1)' x=\""
CONTROLS = "\x00\x07\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066\u2028\ud83d"


def hostile() -> Reading:
    """The hostile reading."""
    words = ATTACK + CONTROLS
    text = f"{words}\n\n{words}"
    half = len(words)
    source = Source("s1", words, "named", "person", words, words, ((0, 4), (half + 2, half + 6)))
    return Reading(
        Story(
            text,
            headline=(0, half),
            paragraphs=(Paragraph((0, half), "headline"), Paragraph((half + 2, len(text)), "body")),
            outlet=words,
            url="javascript:alert(1)",
            published=words,
            language=words,
            byline=Byline(words, words, 3),
            badges=(Badge((0, 5), words, ("javascript:alert(1)", "https://ok.example/" + ATTACK)),),
            links=(
                Link((half + 2, half + 8), "javascript:alert(1)"),
                Link((half + 9, half + 12), "https://ok.example/?q=\"'<>&"),
            ),
            id=words,
            warnings=(words,),
        ),
        (source,),
        (
            Statement(
                "st1", ((0, half),), "attributed", (source,), (0, 3), "direct", "accuse", (source,),
                hedges=((1, 9),), figures=(Figure((0, 9), 3, "exactly", words),), times=(Time((0, 9), words),),
            ),
            Statement("st2", ((half + 2, len(text)),), parent="st1"),
        ),
        (Dispute("st1", "st2"),),
        (Finding(words, words, ((3, 12),), ("st1", words)),),
        (Explanation("st1", words, words, words, 0.5, ((0, 9),)),),
        reader=words,
    )  # fmt: skip
