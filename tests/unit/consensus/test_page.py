"""The page: self-contained, escaped, and the same for the same run; and the package loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

from whence.publish.consensus_page import page
from whence.records.rating import FitLine, NotePoint, RunSummary

HOSTILE = '<script>alert("x")</script>'
SUMMARY = RunSummary(
    title=HOSTILE, mode="optimum", made="2026-01-01T00:00:00+00:00", ratings=10, notes=2, raters=3,
    statuses={"CURRENTLY_RATED_HELPFUL": 1, "FIRM_REJECT": 1}, rules={"InitialNMR": 2, HOSTILE: 1},
    shown={"CURRENTLY_RATED_HELPFUL": 1, "NEEDS_MORE_RATINGS": 1},
    changes={("NEEDS_MORE_RATINGS", "CURRENTLY_RATED_HELPFUL"): 1, ("NEEDS_MORE_RATINGS", "NEEDS_MORE_RATINGS"): 1},
    points=(NotePoint("1", 0.45, 0.1, 9, "CURRENTLY_RATED_HELPFUL"), NotePoint("2", -0.3, 0.9, 9, "FIRM_REJECT")),
    scored=2, edges=(-0.5, 0.0, 0.5), heard=(1, 1), unheard=(0, 1), fits=(FitLine("first", 10, 2, 3, 0.1, None, 4),),
    repairs={HOSTILE: 3}, remarks=(HOSTILE,),
    thresholds={"helpful": 0.4, "not_helpful": -0.05, "slope": -0.8, "factor": 0.5},
)  # fmt: skip


class _Checker(HTMLParser):
    VOID = frozenset({"meta", "path", "circle", "rect", "polygon", "polyline"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "img", "iframe"}
        self.links += [v or "" for k, v in attrs if k in {"href", "src", "xlink:href"}]
        assert not any(k.startswith("on") for k, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_self_contained_and_escaped() -> None:
    text = page(SUMMARY)
    checker = _Checker()
    checker.feed(text)
    assert checker.open == []
    assert checker.links == []
    assert HOSTILE not in text
    assert "http" not in text.replace("http-equiv", "")
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert text == page(SUMMARY)


def test_an_empty_run_makes_a_page_too() -> None:
    empty = RunSummary("none", "small", "", 0, 0, 0, {}, {}, {}, {}, (), 0, (0.0, 1.0), (0,), (0,), ())
    assert "<h1>none</h1>" in page(empty)


def test_importing_consensus_loads_nothing_heavy() -> None:
    code = (
        "import sys, whence.consensus; print([m for m in ('numba', 'polars', 'pandas', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_unknown_names_are_attribute_errors() -> None:
    import whence.consensus

    assert not hasattr(whence.consensus, "nothing_of_the_kind")
    assert callable(whence.consensus.score)
    assert all(hasattr(whence.consensus, name) for name in whence.consensus.__all__)
