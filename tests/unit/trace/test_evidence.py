"""Credits in text: what is found, and what is not."""

from __future__ import annotations

import pytest

from whence.trace.evidence import credits_in
from whence.trace.outlet_names import Outlets, outlet_key


def sure(text: str) -> list[tuple[str, str]]:
    return [(c.kind, c.name) for c in credits_in(text) if c.sure]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Crack\n\nPORT AUREL, March 3 (Northwire) — A crack was found.", [("dateline", "Northwire")]),
        ("It is bad, Lena Orr told the Middle East Eye.", [("told", "Middle East Eye")]),
        ("The find was first reported by the Vale Herald.", [("first", "Vale Herald")]),
        ("According to Kestrel News, repairs begin in May.", [("citing", "Kestrel News")]),
        ("The mayor had known, Radio Tessal reported on Monday.", [("reported", "Radio Tessal")]),
        ("In an interview with broadcaster Lumo, she denied it.", [("told", "Lumo")]),
        ("Documents seen by the Straits Monitor show it.", [("seen", "Straits Monitor")]),
        ("Head\n\nA text of its own.\n\n(Reuters)", [("signed", "Reuters")]),
        (
            "Head\n\nA text.\n\n© 2024 Agence France-Presse. All rights reserved.",
            [("copyright", "Agence France-Presse")],
        ),
        ("Lumo TV reports:\n\nA thing happened.", [("reported", "Lumo TV")]),
        ("He told Dana Frey of Meridian News that it was over.", [("told", "Meridian News")]),
        ("She told reporters in Tessal.", []),
        ("She told the Security Council in Tessal.", []),
        ("She told Mike Miller about it.", []),
        ("According to the Pew Research Center, few did.", []),
    ],
)
def test_credits(text: str, found: list[tuple[str, str]]) -> None:
    assert sure(text) == found


def test_who_told_is_kept() -> None:
    (credit,) = credits_in("The wall moved, Lena Orr of Port Aurel told the Vale Herald.")
    assert credit.speaker == "Lena Orr"


@pytest.mark.parametrize(
    "name", ["The Vale Herald", "Vale Herald", "Vale Herald's", "www.valeherald.com", "https://valeherald.com/news"]
)
def test_one_outlet_has_one_key(name: str) -> None:
    assert outlet_key(name) == "valeherald"


def test_an_archive_knows_acronyms_and_short_forms_where_they_are_of_one_outlet() -> None:
    names = Outlets(["Middle East Eye", "Vale Herald", "Orrin Post", "Tessal Post"], ["Herald", "Post", "MEE"])
    assert names.key("MEE") == names.key("Middle East Eye")
    assert names.key("the Herald") == names.key("Vale Herald")
    assert names.key("the Post") not in (names.key("Orrin Post"), names.key("Tessal Post"))


def test_a_hostile_text_takes_linear_time() -> None:
    for piece in ("A ", "told the A ", "reported ", "X reported by ", "(A) - ", "first reported by the "):
        credits_in(piece * 20_000)
