"""Each planted history comes out as it was planted."""

from __future__ import annotations

from tests.unit.trace.histories import DAM, FERRY, QUOTE, Page, story, trace
from whence.records.origins import Derivation
from whence.trace.meaning import Meaning


def edges(meaning: Meaning, *kinds: str) -> set[tuple[int, int | None]]:
    return {(d.story, d.parent) for d in meaning.derivations if d.kind in (kinds or ("taken",))}


def edge(meaning: Meaning, story: int, parent: int | None) -> Derivation:
    return next(d for d in meaning.derivations if (d.story, d.parent) == (story, parent))


def main(meaning: Meaning, story: int) -> str:
    return meaning.origins[story][0].origin


def test_a_story_through_five_outlets_has_one_origin() -> None:
    own = "The Tessal Courier adds that buses to the coast leave from the market square until further notice."
    pages = [
        Page("Vale Herald", "2024-03-05T08:00", story("Crack in the dam", *DAM)),
        Page("Tessal Courier", "2024-03-05T12:00", story("Dam wall cracked", *DAM[:7], own)),
        Page("Orrin Post", "2024-03-05T19:00", story("Fear below the dam", *DAM[:6], own)),
        Page("Lumo News", "2024-03-06T07:00", story("Dam: families flee", *DAM[:5], own)),
        Page("The Dockside", "2024-03-06T15:00", story("Dam builder gone", *DAM[:4], own)),
    ]
    _, _, meaning = trace(pages)
    assert edges(meaning) == {(1, 0), (2, 1), (3, 2), (4, 3)}
    assert {main(meaning, s) for s in range(5)} == {"story:0"}
    assert [(len(t.stories), t.origins, t.outlets) for t in meaning.topics] == [(5, 1, 5)]
    assert "earlier" in edge(meaning, 1, 0).reasons


def test_two_reports_of_one_event_that_share_a_quotation_are_two_origins() -> None:
    said = f"{QUOTE} said Lena Orr, who measures the wall for the district."
    pages = [
        Page("Vale Herald", "2024-03-05T08:00", story("Crack in the dam", DAM[0], DAM[1], said, DAM[3])),
        Page("Lumo News", "2024-03-05T09:00", story("Wall was moving", FERRY[0], said, FERRY[2], FERRY[3])),
    ]
    _, _, meaning = trace(pages)
    assert edges(meaning, "taken", "credited", "rests-on", "unknown") == set()
    (topic,) = meaning.topics
    assert (topic.stories, topic.origins, topic.quotations) == ((0, 1), 2, 1)
    assert not meaning.quotations.copied.any()


def test_a_merged_story_has_both_parents() -> None:
    pages = [
        Page("Vale Herald", "2024-03-05", story("Crack in the dam", *DAM[:4])),
        Page("Orrin Post", "2024-03-06", story("Ferry out of service", *FERRY)),
        Page("The Dockside", "2024-03-08", story("A bad week by the water", *DAM[:3], *FERRY[:2])),
    ]
    _, _, meaning = trace(pages)
    assert edges(meaning) == {(2, 0), (2, 1)}
    assert main(meaning, 2) == "story:0"
    assert {o.origin for o in meaning.origins[2]} == {"story:0", "story:1"}


def test_a_circular_pair_is_shown_as_a_circle_with_one_origin() -> None:
    pages = [
        Page(
            "Vale Herald",
            "2024-03-05T08:00",
            story("Crack in the dam", *DAM[:4], "Lumo News reported the crack first."),
        ),
        Page(
            "Lumo News", "2024-03-05T10:00", story("Dam cracked", *DAM[:4], "The Vale Herald reported the crack first.")
        ),
    ]
    _, _, meaning = trace(pages)
    assert all(d.circular for d in meaning.derivations)
    assert {main(meaning, 0), main(meaning, 1)} == {"circular:0"}
    (topic,) = meaning.topics
    assert topic.circular
    assert topic.origins == 1


def test_a_credit_outweighs_a_clock_that_runs_wrong() -> None:
    pages = [
        Page("Vale Herald", "2024-03-06T08:00", story("Crack in the dam", *DAM[:6])),
        Page(
            "Lumo News",
            "2024-03-05T10:00",
            story("Dam cracked", *DAM[:6], "The crack was first reported by the Vale Herald."),
        ),
    ]
    _, _, meaning = trace(pages)
    assert edges(meaning) == {(1, 0)}
    found = edge(meaning, 1, 0)
    assert "credits" in found.reasons
    assert found.against == ("earlier",)
    assert main(meaning, 1) == "story:0"


def test_undated_copies_have_one_origin_and_nobody_knows_which() -> None:
    pages = [Page("Vale Herald", None, story("Crack", *DAM[:5])), Page("Lumo News", None, story("Dam", *DAM[:5]))]
    _, _, meaning = trace(pages)
    assert edges(meaning) == set()
    assert edges(meaning, "unknown") == {(1, 0)}
    assert main(meaning, 0) == main(meaning, 1) == "unknown:0"
    assert [t.origins for t in meaning.topics] == [1]


def test_a_credit_decides_where_there_are_no_dates() -> None:
    pages = [
        Page("Lumo News", None, story("Dam", *DAM[:5], "This story was first published by the Vale Herald.")),
        Page("Vale Herald", None, story("Crack", *DAM[:5])),
    ]
    _, _, meaning = trace(pages)
    assert edges(meaning) == {(0, 1)}


def test_pages_that_sign_one_agency_have_that_agency_as_their_origin() -> None:
    pages = [
        Page("Vale Herald", "2024-03-05T08:00", story("Crack", f"PORT AUREL (Northwire) - {DAM[0]}", *DAM[1:5])),
        Page("Lumo News", "2024-03-05T09:00", story("Dam", f"PORT AUREL (Northwire) - {DAM[0]}", *DAM[1:5])),
        Page("Orrin Post", "2024-03-05T07:00", story("Wall", *DAM[:5])),
    ]
    _, _, meaning = trace(pages)
    assert {main(meaning, s) for s in range(3)} == {"outlet:northwire#0"}
    assert [t.origins for t in meaning.topics] == [1]
    assert edge(meaning, 2, None).reasons == ("signed-elsewhere",)


def test_pages_that_share_no_sentence_and_rest_on_one_interview_have_one_origin() -> None:
    pages = [
        Page("Vale Herald", "2024-03-05", story(
            "Whistleblower speaks on Selwyn dam",
            "The wall of the Selwyn dam was known to be moving, Lena Orr of Port Aurel told the Middle East Eye.",
            "Readings from the Selwyn wall were sent to Minister Halden and to the Tessal office, she added.")),
        Page("Lumo News", "2024-03-06", story(
            "Ministry ignored warnings",
            "Minister Halden's office in Tessal did nothing for a year, by what Lena Orr told the Middle East Eye.",
            "Her figures on the Selwyn wall near Port Aurel show a drift of nine millimetres.")),
        Page("Orrin Post", "2024-03-06", story(
            "Chess champion retires",
            "The champion Ada Brandt will play no more tournaments, she told the Middle East Eye in Caldera.",
            "Brandt won the Kestrel Cup in Norrland four times and lost it to Ivo Stern twice.")),
    ]  # fmt: skip
    _, _, meaning = trace(pages)
    assert main(meaning, 0) == main(meaning, 1) == "outlet:middleeasteye#0"
    assert main(meaning, 2) != main(meaning, 0)
    assert [(t.stories, t.origins) for t in meaning.topics] == [((0, 1), 1)]


def test_two_outlets_that_each_rest_on_the_other_are_a_circle() -> None:
    pages = [
        Page("Vale Herald", "2024-03-05", story(
            "Halden to resign over Selwyn",
            "Minister Halden will resign over the Selwyn dam this week, Lumo News reported from Port Aurel.",
            "An heir to Halden has been found in Tessal, it is said.")),
        Page("Lumo News", "2024-03-05", story(
            "Minister on his way out",
            "The career of Minister Halden ends with the Selwyn wall, the Vale Herald reported.",
            "People in Port Aurel and in Tessal had called for Halden to go.")),
    ]  # fmt: skip
    _, _, meaning = trace(pages)
    assert edges(meaning, "rests-on") == {(0, 1), (1, 0)}
    assert all(d.circular for d in meaning.derivations)
    assert main(meaning, 0) == main(meaning, 1) == "circular:0"


def test_names_of_outlets_change_nothing_but_names() -> None:
    def pages(first: str, second: str) -> list[Page]:
        return [
            Page(first, "2024-03-06T08:00", story("Crack in the dam", *DAM[:6])),
            Page(
                second,
                "2024-03-05T10:00",
                story("Dam cracked", *DAM[:6], f"The crack was first reported by the {first}."),
            ),
        ]

    one = trace(pages("Vale Herald", "Lumo News"))[2]
    two = trace(pages("Lumo News", "Vale Herald"))[2]
    assert [(d.story, d.parent, d.kind, d.confidence, d.reasons) for d in one.derivations] == [
        (d.story, d.parent, d.kind, d.confidence, d.reasons) for d in two.derivations
    ]
