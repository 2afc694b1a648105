"""The annotated stories are sound: spans, references, and findings that follow from the rows."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.stories import build
from whence.records import ACTS, COMPARATORS, KINDS, NAMINGS

FINDINGS = {
    "headline-rests-on-unnamed",
    "badge-without-record",
    "relay",
    "single-source",
    "disputed",
    "own-voice-loaded",
    "numbers-disagree",
    "quote-unattributed",
    "byline-out-of-beat",
    "undated",
}
OPENING = '"\u201c\u2018'
CLOSING = '"\u201d\u2019'
ISO_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-W\d{2})?")
NOT_STATEMENTS = re.compile(
    r"By |Published: |\(Reporting |Politics live |[✔\d]|That.s all |Lena Baptiste|Marta Quill|Ormsay Rovers 1-1"
    r"|Reader Olu|Do you have|EXCLUSIVE by|Halford Wick Courier|CLOSED: |Have you been|Do YOU"
)
"""Blocks of the stories that hold no statement: bylines, credits, subheads, invitations to write in."""

EACH = pytest.mark.parametrize("folder", build.stories(), ids=lambda p: p.name)


def load(folder: Path) -> tuple[str, dict[str, Any]]:
    text = (folder / "story.txt").read_text(encoding="utf-8")
    return text, json.loads((folder / "gold.json").read_text(encoding="utf-8"))


def pieces(row: dict[str, Any]) -> list[list[int]]:
    found: list[list[int]] = row.get("pieces", [row["content"]])
    return found


def test_there_are_stories_of_both_groups() -> None:
    groups = Counter(p.name.startswith("heldout-") for p in build.stories())
    assert groups[True] >= 3
    assert groups[False] >= 5


@EACH
def test_gold_is_what_the_annotation_says(folder: Path) -> None:
    built = build.to_json(build.build(folder))
    assert (folder / "gold.json").read_text(encoding="utf-8") == built, "run python tests/stories/build.py"


@EACH
def test_spans_lie_in_the_text_and_hold_whole_words(folder: Path) -> None:
    text, gold = load(folder)
    spans = [gold["headline"]["span"], *(b["span"] for b in gold["badges"])]
    spans += [m for s in gold["sources"].values() for m in s["mentions"]]
    spans += [p for row in gold["statements"] for p in pieces(row)]
    spans += [row["cue"] for row in gold["statements"] if row["cue"]]
    spans += [gold["byline"]["span"]] if gold["byline"] else []
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not (text[start - 1 : start].isalnum() and text[start].isalnum())
        assert not (text[end - 1].isalnum() and text[end : end + 1].isalnum())


@EACH
def test_headline_is_the_first_block_and_the_byline_says_the_name(folder: Path) -> None:
    text, gold = load(folder)
    start, end = gold["headline"]["span"]
    assert text[start:end] == text.split("\n\n")[0]
    assert gold["byline"] is None or text[slice(*gold["byline"]["span"])] == gold["byline"]["name"]


@EACH
def test_rows_use_the_vocabulary(folder: Path) -> None:
    _, gold = load(folder)
    date.fromisoformat(gold["published"])
    for row in gold["statements"]:
        assert row["kind"] in ({"direct", "indirect", "mixed"} if row["source"] else {"own-voice"})
        assert row.get("act", "assert") in ACTS
        assert row["source"] or not row["cue"]
        assert "figure" not in row or row["figure"]["comparator"] in COMPARATORS
        assert "time" not in row or ISO_TIME.fullmatch(row["time"]["value"])
    for source in gold["sources"].values():
        assert source["naming"] in NAMINGS
        assert source.get("kind", "unknown") in KINDS
    assert {f["id"] for f in gold["findings"]} <= FINDINGS


@EACH
def test_references_resolve(folder: Path) -> None:
    _, gold = load(folder)
    rows, sources = gold["statements"], gold["sources"]
    ids = [row["id"] for row in rows if "id" in row]
    assert len(set(ids)) == len(ids)
    for row in rows:
        assert row.get("denies") in {None, *ids}
        named = [*row["source"], *row.get("chain_has", [])]
        for name in named if row["required"] else ():
            allowed = [name, *sources[name].get("same_as_allowed", [])]
            assert name == "unspecified" or any(sources[n]["mentions"] for n in allowed), f"{name} has no mention"
    assert len({json.dumps(pieces(row)) for row in rows if row["required"]}) == sum(row["required"] for row in rows)


@EACH
def test_words_of_a_row_stand_in_its_sentence(folder: Path) -> None:
    text, gold = load(folder)
    for row in gold["statements"]:
        words = " ".join(text[a:b] for a, b in pieces(row))
        for key in ("hedges", "distancing", "loaded"):
            for phrase in row.get(key, []):
                assert phrase in words
        paragraph = text[: row["content"][1]].rsplit("\n\n", 1)[-1] + text[row["content"][1] :].split("\n\n", 1)[0]
        for key in ("figure", "time"):
            assert key not in row or row[key]["text"] in paragraph
        if row["cue"]:
            cue = row["cue"]
            assert all(cue[1] <= a or b <= cue[0] for a, b in pieces(row))


@EACH
def test_quote_kinds_follow_the_marks(folder: Path) -> None:
    text, gold = load(folder)
    for row in gold["statements"]:
        if not row["source"]:
            continue
        words = [text[a:b] for a, b in pieces(row)]
        wholly = all(w[0] in OPENING and w[-1] in CLOSING for w in words)
        partly = any(re.search(rf"(?<!\w)[{OPENING}]", w) for w in words)
        assert row["kind"] == ("direct" if wholly else "mixed" if partly else "indirect"), words


@EACH
def test_findings_follow_from_the_rows(folder: Path) -> None:
    _, gold = load(folder)
    must = {f["id"] for f in gold["findings"] if f["must"]}
    rows = [row for row in gold["statements"] if row["required"]]
    assert ("disputed" in must) == any("denies" in row for row in rows)
    assert ("own-voice-loaded" in must) == any(row.get("loaded") and not row["source"] for row in rows)
    assert ("badge-without-record" in must) == any(not b["evidence"] for b in gold["badges"])
    assert "headline-rests-on-unnamed" not in must or gold["headline"]["named_support"] == 0
    attributed = [row["source"] for row in rows if row["source"]]
    share = Counter(name for names in attributed for name in names).most_common(1)[0][1] / len(attributed)
    assert ("single-source" in must) == (share >= 2 / 3)


@EACH
def test_every_paragraph_of_the_body_has_a_row(folder: Path) -> None:
    text, gold = load(folder)
    at = 0
    touched = [p for row in gold["statements"] for p in pieces(row)]
    for block in text.rstrip("\n").split("\n\n")[1:]:
        at = text.index(block, at)
        end = at + len(block)
        assert NOT_STATEMENTS.match(block) or any(a < end and at < b for a, b in touched), block


def test_a_phrase_must_stand_once() -> None:
    text = "The mayor said no. The clerk said yes, and the mayor left."
    assert build.only(text, "said#2") == (29, 33)
    assert build.only(text, "clerk [said]") == (29, 33)
    assert build.only(text, "The clerk ... left") == (19, 57)
    for wrong in ("said", "mayo", "said#3"):
        with pytest.raises(build.AnnotationError):
            build.only(text, wrong)


def test_a_cue_is_the_nearest_one_outside_the_content() -> None:
    text = "He said she said so, he said."
    content = build.only(text, "she said so,")
    assert build.nearest(text, "said", [content], [content]) == (3, 7)
    with pytest.raises(build.AnnotationError):
        build.nearest("said: x said", "said", [(6, 6)], [])
    assert all(a < b for a, b in pairwise(s[0] for s in build.occurrences(text, "said")))
