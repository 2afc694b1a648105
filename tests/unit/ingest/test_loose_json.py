"""JSON as pages hold it: mended where that needs no guess, refused with the reason where it does; always linear."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.errors import FormatError
from whence.ingest.failure import Failure
from whence.ingest.json_elements import json_elements
from whence.ingest.loose_json import MAX_CHARACTERS, MAX_DEPTH, loads

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(values, st.booleans())
def test_sound_json_is_read_as_the_standard_library_reads_it(value: Any, ascii: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii), "x") == ([value], ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1,}', {"a": 1}),
        ('{"a": [1, 2, ], }', {"a": [1, 2]}),
        ('// note\n{"a": 1} // end', {"a": 1}),
        ('{"a": /* one */ 1}', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('<!-- note --> {"a": 1}', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('<![CDATA[{"a": 1}]]>', {"a": 1}),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', {"a": 1}),
        ('{"a": "it\\\'s \\x"}', {"a": "it's \\x"}),
        ('{"a": "two\nlines\tand a tab"}', {"a": "two\nlines\tand a tab"}),
        ("{&quot;a&quot;: &quot;b &amp; c&quot;}", {"a": "b & c"}),
        ('\ufeff{"a": 1};', {"a": 1}),
        ('{"a": "// no comment, /* nor this */ and , ]"}', {"a": "// no comment, /* nor this */ and , ]"}),
        ('{"a": "http://x.example/,]"}', {"a": "http://x.example/,]"}),
    ],
)
def test_mended(text: str, value: Any) -> None:
    assert loads(text, "x")[0] == [value]


def test_a_key_given_twice_is_said_and_the_last_counts() -> None:
    assert loads('{"a": 1, "a": 2}', "x") == ([{"a": 2}], ("a key is given twice: the last one counts",))


def test_several_values_one_after_another() -> None:
    assert loads('{"a": 1}\n{"b": 2}, {"c": 3}', "x")[0] == [{"a": 1}, {"b": 2}, {"c": 3}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("{'a': 1}", "no valid JSON"),
        ('{"a": "never closed', "no valid JSON"),
        ('{"a": "un"quoted"}', "no valid JSON"),
        ('{"a" 1}', "no valid JSON"),
        ("window.data = 1", "no valid JSON"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "nested deeper"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested deeper"),
        ("[" * 1_000_000, "nested deeper"),
        ('"' + "x" * MAX_CHARACTERS + '"', "characters of JSON"),
        ("1" * 10_000 + ",", "no valid JSON"),
    ],
)
def test_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        loads(text, "JSON-LD 1 of x")


@pytest.mark.parametrize(
    "evil", ['"\\"' * 300_000, "/*" * 500_000, "<!--" * 300_000, "," * 1_000_000, "<!--" + "-" * 10**6]
)
def test_hostile_text_is_refused_without_delay(evil: str) -> None:
    with pytest.raises(FormatError):
        loads(evil, "x")


def elements(text: str) -> tuple[list[Any], list[str]]:
    found = list(json_elements(io.BytesIO(text.encode()), "f"))
    return [f[1] for f in found if not isinstance(f, Failure)], [f.reason for f in found if isinstance(f, Failure)]


@given(st.lists(st.dictionaries(st.text(max_size=5), values, max_size=3), max_size=5), st.sampled_from([None, 2]))
def test_the_elements_of_a_feed_are_those_of_its_list(given: list[Any], indent: int | None) -> None:
    feed = {"@context": {"a": ["dataFeedElement"]}, "name": '"dataFeedElement": [', "dataFeedElement": given, "z": 1}
    assert elements(json.dumps(feed, indent=indent)) == (given, [])
    assert elements(json.dumps(given, indent=indent)) == (given, [])


def test_a_broken_element_does_not_cost_its_neighbours() -> None:
    found, failed = elements('[{"a": 1}, {"b" 2}, {"c": 3}]')
    assert found == [{"a": 1}, {"c": 3}]
    assert len(failed) == 1


def test_a_feed_that_is_cut_off_gives_what_it_has() -> None:
    found, failed = elements('{"dataFeedElement": [{"a": 1}, {"b": ')
    assert found == [{"a": 1}]
    assert "cut off" in failed[0]
    found, failed = elements('{"dataFeedElement": [{"a": 1}')
    assert found == [{"a": 1}]
    assert "cut off" in failed[0]


def test_a_long_feed_is_read_in_pieces() -> None:
    given = [{"n": n, "text": 'ä"]}' * 2000} for n in range(400)]  # some 6 MB, many windows
    assert elements(json.dumps({"dataFeedElement": given}, ensure_ascii=False)) == (given, [])


def test_ten_megabytes_in_one_element_are_refused_and_end_the_list() -> None:
    found, failed = elements('[{"a": 1}, {"b": "' + "x" * 10_000_000 + '"}, {"c": 3}]')
    assert found == [{"a": 1}]
    assert "too large" in failed[0]


def test_other_json_is_one_element() -> None:
    assert elements('{"@graph": [{"a": 1}, {"b": 2}]}') == ([{"@graph": [{"a": 1}, {"b": 2}]}], [])
    with pytest.raises(FormatError, match="in one piece"):
        elements('{"a": "' + "x" * 10_000_000 + '"}')
