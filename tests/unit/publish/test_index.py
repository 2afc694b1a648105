from __future__ import annotations

from dataclasses import replace

import pytest

from whence.publish.index import Index
from whence.records import Dispute, Reading


def test_what_rests_on_a_source_and_what_came_through_it(reading: Reading) -> None:
    rows = Index(reading).resting_on()
    found = {s.label: ([x.id for x in says], [x.id for x in passed]) for s, says, passed in rows}
    assert found["Radio Kestrel"] == ([], ["st4", "st5", "st6", "st9"])
    assert found["Two dock workers"] == (["st4"], ["st5"])
    assert len(rows) == len(reading.sources)
    weights = [(len(says), len(passed)) for _, says, passed in rows]
    assert weights == sorted(weights, reverse=True)


def test_it_agrees_with_the_reading(reading: Reading) -> None:
    index = Index(reading)
    for source in reading.sources:
        assert tuple(index.says.get(source.id, ())) == reading.said_by(source)
    for statement in reading.statements:
        assert index.statement(statement.id) is reading.statement(statement.id)
        assert index.why(statement.id) == reading.explain(statement.id)
    assert [s.id for s in index.inner["st4"]] == ["st5"]
    with pytest.raises(KeyError):
        index.statement("st99")


def test_disputes_have_two_sides_and_both_are_in_the_reading(reading: Reading) -> None:
    index = Index(replace(reading, disputes=(*reading.disputes, Dispute("st1", "st99"), Dispute("st99", "st1"))))
    assert [(c.id, d.id) for c, d in index.disputes()] == [("st3", "st7")]
    assert (index.denied_by["st3"], index.denies["st7"]) == (["st7"], ["st3"])
