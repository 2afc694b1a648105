"""Whatever a log or a record holds, verifying it ends with a verdict: never with a traceback."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.verification import community as made
from tests.unit.verification.honest import FILES, VALUE, Files
from whence.errors import FormatError, VerificationError
from whence.ledger import KINDS, Entry, Log, evidence_of
from whence.publish.record_json import read_record
from whence.verification import verify_log, verify_record
from whence.verification.storyfacts import StoryFacts

KEY = made.SIGNER.verifier
SCALARS = st.none() | st.booleans() | st.integers(-3, 200) | st.floats(allow_nan=False) | st.text(max_size=6)
KNOWN = st.sampled_from(
    ["n0", "n1", "crane", "heron", "note:n0", "hide", "helpful", "withdrawn", "run", "whence-small/1"]
)
JSON = st.recursive(
    SCALARS | KNOWN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    found = []
    for _ in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from([kind for kind in KINDS if kind != "key"]))
        body = {name: draw(JSON) for name in KINDS[kind]} | draw(st.dictionaries(st.text(max_size=4), JSON, max_size=2))
        found.append(Entry(kind, "2026-03-04T05:06:07Z", body))
    return found


def logged(given: list[Entry]) -> Files | None:
    files = Files()
    try:
        Log(files, made.SIGNER).append(given)
    except FormatError:  # no canonical form: nobody can log that
        return None
    return files


@settings(max_examples=150, deadline=None)
@given(given=entries())
def test_any_log_is_verified_or_refused(given: list[Entry]) -> None:
    files = logged(given)
    if files is None:
        return
    with contextlib.suppress(VerificationError):
        verify_log(files.get, KEY)
    facts = StoryFacts("crane")
    for place, entry in enumerate(given):
        try:
            facts.add(place, entry)
        except VerificationError:
            break
    facts.places()
    facts.hidden("n0")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given=entries())
def test_an_honest_record_over_any_further_entries(given: list[Entry]) -> None:
    files = FILES.copy()
    log = Log(files, made.SIGNER)
    try:
        log.append(given)
    except FormatError:
        return
    with contextlib.suppress(VerificationError):
        verify_record(read_record(json.dumps(VALUE).encode()), files.get, KEY)


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    found = [way] if way else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        found += places(one, (*way, key))
    return found


PLACES = places(VALUE)


@settings(max_examples=250, deadline=None)
@given(place=st.sampled_from(PLACES), value=JSON | st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2))
def test_a_record_with_any_value_anywhere(place: tuple[Any, ...], value: Any) -> None:
    record: Any = json.loads(json.dumps(VALUE))
    at = record
    for key in place[:-1]:
        at = at[key]
    same = at[place[-1]] == value
    at[place[-1]] = value
    # The desk's own addresses and when the record was made are not in the log; numbers follow from the whole of it.
    free = {
        ("url",),
        ("updated",),
        ("gone",),
        ("evidence", "log"),
        *((*p[:2], "url") for p in PLACES if p[0] == "notes"),
    }
    loose = {"reason", "factor", "threshold", "score", "low", "high", "sides", "ratings"}
    try:
        verify_record(read_record(json.dumps(record).encode()), None, KEY)
    except (VerificationError, FormatError):
        return
    assert same or place in free or loose & set(map(str, place)) or record == VALUE, place


def test_an_entry_that_is_no_log_s_is_refused() -> None:
    files = logged([Entry("withdrawal", "2026-03-04T05:06:07Z", {"note": ["n0"]})])
    assert files is not None
    log = Log(files, made.SIGNER)
    evidence = evidence_of(log, [0], url="", key=str(KEY))
    record = read_record(json.dumps(VALUE | {"evidence": evidence.to_dict()}).encode())
    with pytest.raises(VerificationError, match="no entry of the record is the story"):
        verify_record(record, files.get, KEY)
