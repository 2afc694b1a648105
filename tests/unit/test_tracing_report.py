"""A report is bounded whatever the archive, says what it left out, and links only to pages that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import whence
from tests.unit.trace.archives import prose
from whence.publish.trace_diff import side_by_side
from whence.records.origins import Derivation
from whence.records.trace_view import StoryLine
from whence.trace import edges, views
from whence.tracing_report import write_report


@pytest.fixture
def traced(tmp_path: Path) -> whence.tracing.Trace:
    rows = []
    for topic in range(3):
        text = prose(90, 10 + topic)
        for k in range(12 - 3 * topic):
            own = prose(12, 100 * topic + k + 500)
            rows.append((f"t{topic}-{k}", f"Outlet {k}", f"2024-03-{k + 1:02}", f"{own}.\n\n{text}"))
    given = tmp_path / "a.jsonl"
    names = ("id", "outlet", "published", "text")
    given.write_text("\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows))
    return whence.trace(str(given), out=tmp_path / "t")


def pages_of(traced: whence.tracing.Trace) -> dict[str, str]:
    pages = {p.name: p.read_text() for p in (traced.folder / "report").iterdir()}
    for name, page in pages.items():
        for target in re.findall(r'href="([^"#]+)"', page):
            assert target in pages, (name, target)
    return pages


def test_all_is_shown_where_it_fits(traced: whence.tracing.Trace) -> None:
    assert [t.pages for t in write_report(traced)] == [12, 9, 6]
    pages = pages_of(traced)
    assert sum(name.startswith("story-") for name in pages) == 27
    assert "in the tables only" not in pages["index.html"]


def test_the_largest_topics_give_up_pages_first_and_it_is_said(
    traced: whence.tracing.Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_MOST_SHOWN", 8)
    monkeypatch.setattr(views, "_MOST_PAGED", 17)
    topics = write_report(traced, pages=2)
    assert [len(t.stories) for t in topics] == [8, 8]
    assert [t.pages for t in topics] == [12, 9]
    pages = pages_of(traced)
    assert sum(name.startswith("story-") for name in pages) == 16
    index = pages["index.html"]
    assert "Shown are the 2 largest topics; 1 more are in the tables." in index
    assert "Of the 21 pages of these topics, 16 are shown in full" in index
    assert "5 are in the tables only" in index
    assert "These are the first 8 pages; 4 later ones are in the tables." in pages[f"topic-{topics[0].topic}.html"]
    # What the topic's head says is said of all its pages.
    assert "12 pages, 1 origin" in pages[f"topic-{topics[0].topic}.html"]


def test_long_passages_are_cut_and_further_ones_counted(
    traced: whence.tracing.Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edges, "_MOST_CHARS", 50)
    write_report(traced)
    assert " […]" in pages_of(traced)["story-1.html"]


def test_further_passages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edges, "_MOST_PASSAGES", 1)
    line = StoryLine(0, "h", "Dam", "Vale Herald", None, None, 6)
    rows = [
        {"a_start": 10 * k, "a_end": 10 * k + 9, "b_start": 10 * k, "b_end": 10 * k + 9, "kind": "prose"}
        for k in range(3)
    ]
    text = "the wall, the road, the water"
    edge = edges.edge_view(Derivation(1, 0, "Vale Herald", "taken"), line, text, text, rows)
    assert (len(edge.passages), edge.more_passages) == (1, 2)
    assert "2 further passages are in the tables only." in side_by_side(edge, "mine", "theirs")
