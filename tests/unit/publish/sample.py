"""A reading made by hand: invented people and outlets, and one of everything that a display must cope with."""

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
    Role,
    Source,
    Span,
    Statement,
    Story,
    Time,
)

BLOCKS: tuple[tuple[Role, str], ...] = (
    ("headline", "Harbour crane ‘was never inspected’ before collapse in Veldhaven"),
    ("badge", "Fact checked by the Clearwater Desk"),
    (
        "body",
        "A dockside crane came down in Veldhaven on Tuesday, killing at least three people 🏗️ and closing the port.",
    ),
    ("body", "“The crane,” harbour master Mara Ilves said, “had not been inspected since 2016.”"),
    ("body", "Radio Kestrel reports:"),
    (
        "body",
        "Two dock workers said the operator had told them the cable was likely to snap. The disastrous decision to "
        "keep loading was taken on Monday night.",
    ),
    ("body", "The company, Norvik Lifting, denied that the crane was never inspected."),
    ("body", "It was also claimed that between 12 and 15 so-called “safety officers” had left the site."),
    ("body", "“We heard it crack."),
    ("body", "Then it fell,” a survivor told Radio Kestrel."),
    ("body", "Port spokesman سامي حداد said: “سنفتح الميناء يوم الخميس”, or: we will open the port on Thursday."),
    ("byline", "By Ada Lindqvist, gardening writer, 412 articles"),
    ("furniture", "Read next: Ten bridges to see this summer"),
)

TEXT = "\n\n".join(words for _, words in BLOCKS) + "\n"


def at(words: str, nth: int = 0) -> Span:
    """Where some words stand in the sample's text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def _story() -> Story:
    paragraphs = tuple(Paragraph(at(words), role, quoted=words.startswith("“We")) for role, words in BLOCKS)
    byline = at(BLOCKS[11][1])
    return Story(
        text=TEXT,
        headline=at(BLOCKS[0][1]),
        paragraphs=paragraphs,
        outlet="The Northern Courier",
        url="https://courier.example/2024/crane?a=1&b=2",
        published="2024-03-14",
        language="en",
        byline=Byline("Ada Lindqvist", "gardening writer", 412, byline),
        badges=(Badge(at(BLOCKS[1][1]), "the Clearwater Desk"),),
        links=(
            Link(at("Norvik Lifting"), "https://norvik.example/about"),
            Link(at("closing the port"), "javascript:alert(1)"),
        ),
        id="crane.txt",
    )


MASTER = Source("s1", "Mara Ilves", "named", "person", "harbour master", None, (at("harbour master Mara Ilves"),))
KESTREL = Source("s2", "Radio Kestrel", "named", "outlet", None, None, (at("Radio Kestrel"), at("Radio Kestrel", 1)))
WORKERS = Source("s3", "Two dock workers", "unnamed", "group", None, None, (at("Two dock workers"), at("them")))
OPERATOR = Source("s4", "the operator", "unnamed", "person", None, None, (at("the operator"),))
NORVIK = Source("s5", "Norvik Lifting", "named", "organisation", None, None, (at("The company, Norvik Lifting"),))
RUMOUR = Source("s6", "nobody in particular", "unspecified")
SURVIVOR = Source("s7", "a survivor", "unnamed", "person", None, None, (at("a survivor"),))
SPOKESMAN = Source("s8", "سامي حداد", "named", "person", "Port spokesman", "Port", (at("Port spokesman سامي حداد"),))


def _statements() -> tuple[Statement, ...]:
    return (
        Statement(
            "st1", (at("Harbour crane ‘was never inspected’ before collapse in Veldhaven"),), "attributed",
            (RUMOUR,), quote="mixed", confidence=0.24,
        ),
        Statement(
            "st2",
            (at(BLOCKS[2][1]),),
            figures=(Figure(at("at least three people"), 3, "at-least", "people"),),
            times=(Time(at("Tuesday"), "2024-03-12"),),
            confidence=0.97,
        ),
        Statement(
            "st3", (at("“The crane,”"), at("“had not been inspected since 2016.”")), "attributed", (MASTER,),
            cue=at("said"), quote="direct", act="accuse", chain=(MASTER,), times=(Time(at("2016"), "2016"),),
            confidence=0.93,
        ),
        Statement(
            "st4", (at("the operator had told them the cable was likely to snap"),), "attributed", (WORKERS,),
            cue=at("said", 1), quote="indirect", chain=(WORKERS, KESTREL), confidence=0.81,
        ),
        Statement(
            "st5", (at("the cable was likely to snap"),), "attributed", (OPERATOR,), cue=at("had told"),
            quote="indirect", act="warn", chain=(OPERATOR, WORKERS, KESTREL), hedges=(at("likely"),), parent="st4",
            confidence=0.72,
        ),
        Statement(
            "st6", (at("The disastrous decision to keep loading was taken on Monday night."),),
            chain=(KESTREL,), loaded=(at("disastrous"),), times=(Time(at("Monday night"), "2024-03-11"),),
            confidence=0.9,
        ),
        Statement(
            "st7", (at("that the crane was never inspected"),), "attributed", (NORVIK,), cue=at("denied"),
            quote="indirect", act="deny", chain=(NORVIK,), confidence=0.88,
        ),
        Statement(
            "st8", (at("that between 12 and 15 so-called “safety officers” had left the site"),), "attributed",
            cue=at("It was also claimed"), quote="mixed",
            figures=(Figure(at("between 12 and 15"), (12, 15), "between", "safety officers"),),
            distancing=(at("so-called"),), confidence=0.66,
        ),
        Statement(
            "st9", (at("“We heard it crack.\n\nThen it fell,”"),), "attributed", (SURVIVOR,), cue=at("told", 1),
            quote="direct", chain=(SURVIVOR, KESTREL), confidence=0.91,
        ),
        Statement(
            "st10", (at("“سنفتح الميناء يوم الخميس”, or: we will open the port on Thursday"),), "attributed",
            (SPOKESMAN,), cue=at("said", 2), quote="mixed", act="promise", chain=(SPOKESMAN,),
            times=(Time(at("on Thursday"), None),), confidence=0.85,
        ),
    )  # fmt: skip


def sample() -> Reading:
    """The sample reading, the same each time."""
    return Reading(
        story=_story(),
        sources=(MASTER, KESTREL, WORKERS, OPERATOR, NORVIK, RUMOUR, SURVIVOR, SPOKESMAN),
        statements=_statements(),
        disputes=(Dispute("st3", "st7"),),
        findings=(
            Finding(
                "headline-rests-on-unnamed",
                "The headline quotes somebody whom it does not name.",
                (at("‘was never inspected’"),),
                ("st1",),
            ),
            Finding(
                "badge-without-record",
                "A line says that the story was fact checked and links no check.",
                (at(BLOCKS[1][1]),),
            ),
            Finding(
                "relay",
                "Four statements reached this page through Radio Kestrel.",
                (at("Radio Kestrel reports:"), at("a survivor told Radio Kestrel")),
                ("st4", "st5", "st6", "st9"),
            ),
            Finding("disputed", "Norvik Lifting denies what Mara Ilves says.", (at("denied"),), ("st3", "st7")),
        ),
        explanations=(
            Explanation("st3", "act=accuse", "acts", "negated duty", None, (at("had not been inspected"),)),
            Explanation("st3", "voice=attributed", "tagger", "attribution-1", 0.93),
            Explanation("s1", "naming=named", "sources", "a proper name"),
            Explanation("relay", "finding=relay", "findings", "two or more statements with a relay"),
        ),
        reader="whence 0.1 (weights 0f3a)",
    )
