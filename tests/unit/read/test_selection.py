from __future__ import annotations

import pytest

from whence.read.selection import cue_class, decide


@pytest.mark.parametrize(
    ("cue", "kind", "word"),
    [
        ("said", "speech", "say"),
        ("has repeatedly told", "speech", "tell"),
        ("according to", "speech", "accord"),
        ("refused to say", "speech", "say"),
        ("denied", "speech", "deny"),
        ("has denounced", "judgement", "denounce"),
        ("blames", "judgement", "blame"),
        ("believes", "belief", "believe"),
        ("supports", "attitude", "support"),
        ("issued a warning", "speech", "warn"),
        ("'s claim", "speech", "claim"),
        ("the denial", "speech", "denial"),
        (":", "speech", ":"),
        ("walked past", "other", ""),
    ],
)
def test_a_cue_has_the_class_of_its_deciding_word(cue: str, kind: str, word: str) -> None:
    got, lemma = cue_class(cue)
    assert got == kind
    assert lemma == word


CASES = [
    # source, cue, content, carries a statement
    ("The minister", "said", "the dam would hold", True),
    ("The minister", "denied", "the claims", True),
    ("The minister", "rejected", "any suggestion of wrongdoing", True),
    ("The minister", "declined", "to comment", True),
    ("The minister", "denied", "interference", True),
    ("The minister", "rejected", "Lind", False),
    ("The minister", "attacked", "Lind", False),
    ("The minister", "condemned", "the raid as a “cowardly act”", True),
    ("The minister", "blamed", "the rebels for the shortage", True),
    ("The minister", "likes", "the plan", False),
    ("The minister", "wants", "the dam to be closed", False),
    ("The minister", "loves", "the “grand old wall”", True),
    ("Engineers", "believe", "the dam is safe until spring", True),
    ("Engineers", "fear", "floods", False),
    ("you", "think", "the dam is safe until spring", False),
    ("", "", "“The dam is safe until spring,”", True),
    ("", "", "the dam is safe", False),
    ("The report", "showed", "that the wall had moved", True),
    ("The firm", "visited", "the wall", False),
]


@pytest.mark.parametrize(("source", "cue", "content", "taken"), CASES)
def test_an_attribution_carries_a_statement_or_not(source: str, cue: str, content: str, taken: bool) -> None:
    text = f"{source} {cue} {content}"
    a, b = len(source), len(source) + 1 + len(cue)
    got, rule = decide(text, [(0, a)] if source else [], [(a + 1, b)] if cue else [], [(b + 1, len(text))])
    assert got is taken, rule
    assert rule
