"""Of a text that stands in more stories than are compared, the earliest page is everybody's parent."""

from __future__ import annotations

import json
from pathlib import Path

import whence
from tests.unit.trace.archives import prose
from whence.trace.settings import Settings


def crowd(tmp_path: Path, dates: list[str | None]) -> tuple[list[dict[str, object]], dict[int, str]]:
    text = prose(80, 3)
    given = tmp_path / "a.jsonl"
    rows = [
        {"id": f"s{k}", "outlet": f"Outlet {k}", "published": date, "text": f"{text}. {prose(4, 900 + k)}"}
        for k, date in enumerate(dates)
    ]
    given.write_text("\n".join(json.dumps(row) for row in rows))
    found = whence.trace(str(given), out=tmp_path / "t", settings=Settings(crowd=6))
    began = {row["story"]: row["origin"] for row in found.table("origins").to_pylist() if row["main"]}
    return found.table("derivations").to_pylist(), began


def test_the_earliest_page_of_a_crowd_is_where_all_began(tmp_path: Path) -> None:
    dates = [f"2024-03-{20 + k % 7:02}" for k in range(24)]
    dates[17] = "2024-03-02"
    derivations, began = crowd(tmp_path, dates)
    assert set(began.values()) == {"story:17"}
    assert {d["story"] for d in derivations} == set(range(24)) - {17}
    far = [d for d in derivations if "crowd" in d["reasons"]]  # type: ignore[operator]
    assert far
    assert {d["parent"] for d in far} == {17}
    assert all("earlier" in d["reasons"] for d in far)  # type: ignore[operator]


def test_a_crowd_without_dates_has_one_origin_that_nobody_knows(tmp_path: Path) -> None:
    derivations, began = crowd(tmp_path, [None] * 12)
    assert {d["kind"] for d in derivations} == {"unknown"}
    assert len(set(began.values())) == 1
    assert began[0].startswith("unknown:")


def test_a_crowd_of_one_day_has_one_origin(tmp_path: Path) -> None:
    derivations, began = crowd(tmp_path, ["2024-03-05"] * 20)
    assert {d["kind"] for d in derivations} == {"unknown"}
    assert len(set(began.values())) == 1
