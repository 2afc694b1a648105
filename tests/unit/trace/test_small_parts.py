"""Dates as intervals, components and circles of graphs against plain twins, quotations across stories."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.trace.histories import DAM, FERRY, QUOTE, Page, story, trace
from whence.trace.clock import DAY, intervals
from whence.trace.components import components
from whence.trace.cycles import strongly_connected

GRAPHS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=30)


def test_a_date_is_as_wide_as_it_is_vague() -> None:
    found = intervals(
        ["2024-03-05T08:00", "2024-03-05T08:00+00:00", "2024-03-05", "2024-03", "2024", None, "soon", "2024-W10"]
    )
    width = found[:, 1] - found[:, 0]
    assert width[:5].tolist() == [0, 0, DAY, 31 * DAY, 366 * DAY]
    assert found[0, 0] == found[1, 0] == found[2, 0] + 8 * 3600
    assert np.isnan(found[5:7]).all()
    assert width[7] == 7 * DAY


def reach(edges: list[tuple[int, int]]) -> np.ndarray:
    out = np.eye(12, dtype=bool)
    for a, b in edges:
        out[a, b] = True
    for k in range(12):
        out |= out[:, k : k + 1] & out[k : k + 1, :]
    return out


@given(GRAPHS)
def test_components_are_what_can_be_reached(edges: list[tuple[int, int]]) -> None:
    a, b = np.array(edges, dtype=np.int64).reshape(-1, 2).T
    both = reach([*edges, *((y, x) for x, y in edges)])
    assert components(12, a, b).tolist() == [int(np.flatnonzero(row)[0]) for row in both]


@given(GRAPHS)
def test_circles_are_what_reaches_itself_through_others(edges: list[tuple[int, int]]) -> None:
    ways = reach(edges)
    circles = ways & ways.T
    expected = {n: int(np.flatnonzero(circles[n])[0]) for n in range(12) if circles[n].sum() > 1}
    assert strongly_connected(edges) == expected


def test_a_quotation_is_one_in_all_stories_and_copied_only_where_prose_came_along() -> None:
    said = f"{QUOTE} said Lena Orr."
    pages = [
        Page("Vale Herald", "2024-03-05T08:00", story("Crack", *DAM[:3], said)),
        Page("Lumo News", "2024-03-05T09:00", story("Dam", *DAM[:3], said)),
        Page("Orrin Post", "2024-03-05T10:00", story("Wall", FERRY[0], said, FERRY[1])),
    ]
    facts, _, meaning = trace(pages)
    q = meaning.quotations
    assert q.quotation.tolist() == [0, 0, 0]
    assert q.story.tolist() == [0, 1, 2]
    assert q.copied.tolist() == [True, True, False]
    assert facts.quotes.quote(2, 0).source == "Lena Orr"
