"""What the library says in English the desk's pages say in their own language, and nothing of it is left over."""

from __future__ import annotations

import html
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import whence
from whence.errors import WhenceError

if TYPE_CHECKING:
    from tests.unit.desk.conftest import Desk

ROOT = Path(__file__).parents[3]
FINDINGS = [
    "No source says what the headline says; what comes nearest is attributed to the Ministry of Ink and Pens.",
    "No named source says what the headline says; it rests on one statement by somebody it never names.",
    "No named source says what the headline says; it rests on three statements by a clerk, two guards and 3 others.",
    "The page carries the line “Checked”, but it links no record of a check.",
    "The page carries the lines “Checked” and “Verified by us”, but they link no record of a check.",
    "Of 1,027 statements, 23 reached the page through another outlet: the Vale Herald.",
    "Of 27 statements, 23 reached the page through other outlets: the Vale Herald and Radio Ilm. "
    "1 of them stands in the page's own voice.",
    "Of 27 statements, 23 reached the page through other outlets: the Vale Herald and Radio Ilm. "
    "3 of them stand in the page's own voice.",
    "Of 12 attributed statements, 9 have one origin: the Ministry of Ink and Pens.",
    "One claim is denied on the page: by the page itself, in answer to somebody it does not name.",
    "Two claims are denied on the page; the first: by a clerk, in answer to two guards.",
    "In its own voice the page uses evaluative words in one statement: “greedy”.",
    "In its own voice the page uses evaluative words in 12 statements: “greedy”, “sham” and 4 others.",
    "The page gives two figures for what seems to be one quantity (barrels): “40” and “more than 60”.",
    "The page gives three figures for what seems to be one quantity: “40” and “60”.",
    "One quotation has no source on the page: “it is over, and we know it”.",
    "Four quotations have no source on the page: “it is over” and 3 others.",
    "The byline says of Ada Quill: “yoga teacher”. The story is about conflict.",
    "The byline says of Ada Quill: “yoga teacher”. The story is about conflict. "
    "It also counts 11,206 articles by this author.",
    "The page gives no date of publication, so one time on it cannot be placed: “Tuesday”.",
    "The page gives no date of publication, so two times on it cannot be placed: “Tuesday” and “last week”.",
]
LABELS = ("a clerk", "two guards", "the Ministry of Ink and Pens", "the Vale Herald", "Radio Ilm")


@pytest.fixture(scope="module")
def readings() -> list[Any]:
    """The demo's stories and those of the tests, read."""
    found = []
    for path in sorted(files("whence.desk.demo").iterdir(), key=str):
        if path.name.endswith(".toml"):
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            found.append(whence.read_text(told["text"], outlet=told["outlet"], published=told["published"]))
    for path in sorted((ROOT / "tests/stories").glob("*/story.txt")):
        if not path.parent.name.startswith("heldout-"):
            found.append(whence.read_text(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("says", FINDINGS)
def test_a_finding_is_told_word_for_word_in_english_and_whole_in_german(says: str) -> None:
    from django.utils import translation

    from whence.desk import telling

    with translation.override("en"):
        told = telling.finding(says, LABELS)
        assert (told.words, told.language) == (says.replace(" ():", ":"), "")
    with translation.override("de"):
        told = telling.finding(says, LABELS)
    assert told.language == ""
    ours = re.sub(r"„[^“]*“", "", told.words)
    for label in LABELS:
        ours = ours.replace(label, "")
    assert not re.search(r"\b(?:the|of|and|page|others|statements?|somebody|no|one|two|three|four)\b", ours), told.words
    for place in re.findall(r"“([^”]*)”", says):
        assert f"„{place}“" in told.words


def test_every_reading_is_told_completely(readings: list[Any]) -> None:
    """A new rule of the reader needs its sentence in desk/telling and in the catalogue."""
    from django.utils import translation

    from whence.desk import telling

    left: set[str] = set()
    with translation.override("de"):
        for reading in readings:
            left |= {f.says for f in reading.findings if telling.finding(f.says).language}
            left |= {f.id for f in reading.findings if not telling.condition(f.id)}
            left |= {
                e.rule for e in reading.explanations if e.component != "findings" and telling.reason(e.rule).language
            }
    assert left == set()


def test_rules_that_no_test_story_shows_are_told_too() -> None:
    from django.utils import translation

    from whence.desk import telling
    from whence.read.descriptions import RULES
    from whence.read.loaded_lexicon import ENTRIES
    from whence.read.relay_patterns import FRAMES

    rules = [f'"{entry.word}" ({entry.kind}) {entry.reason}' for entry in ENTRIES]
    rules += [f"{frame.rule} (well-known name)" for frame in FRAMES] + list(RULES)
    with translation.override("de"):
        told = [telling.reason(rule) for rule in rules]
        assert [one.words for one in told if one.language] == []
        assert all(" is " not in one.words and " says " not in one.words for one in told)


@given(st.text(max_size=300))
def test_whatever_stands_in_a_sentence_is_kept(words: str) -> None:
    from django.utils import translation

    from whence.desk import telling

    rule = f'the cue holds "{words}"'
    with translation.override("en"):
        assert telling.reason(rule).words == rule
        assert telling.finding(words).words == words
    with translation.override("de"):
        assert words in telling.reason(rule).words


@pytest.mark.parametrize(
    "address",
    [
        "ftp://page.example/",
        "https://page.example:99/",
        "https://who:word@page.example/",
        "https:///nothing",
        "https://page.example/ a\\b",
        "https://page.example/" + "x" * 9000,
        "https://127.0.0.1/",
        "https://nowhere.invalid/",
    ],
)
def test_why_a_page_cannot_be_fetched_is_told_in_german(address: str) -> None:
    from django.utils import translation

    from whence.desk import telling

    with pytest.raises(WhenceError) as failure:
        whence.read(address)
    with translation.override("de"):
        told = telling.trouble(str(failure.value))
    assert told.language == "", failure.value
    assert "give the file" not in told.words


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7 ...", "ist eine PDF-Datei, nicht Text oder HTML"),
        (b"\x89PNG\r\n....", "ist ein PNG-Bild, nicht Text oder HTML"),
        (b"<html><body></body></html>", "hat keinen Text"),
    ],
)
def test_why_a_page_cannot_be_read_is_told_in_german(data: bytes, says: str) -> None:
    from django.utils import translation

    from whence.desk import telling
    from whence.ingest.open import story_of

    with pytest.raises(WhenceError) as failure:
        story_of(data, "page.example")
    with translation.override("de"):
        told = telling.trouble(str(failure.value))
    assert told.language == ""
    assert says in told.words


def test_a_sentence_of_another_kind_is_left_as_it_is_and_marked() -> None:
    from django.utils import translation

    from whence.desk import telling

    with translation.override("de"):
        for tell in (telling.finding, telling.reason, telling.trouble):
            assert tell("Nobody has ever said this.") == telling.Told("Nobody has ever said this.", "en")
        assert telling.finding("x" * 100_000).language == "en"
    assert telling.condition("no-such-finding") == ""


def _visible(page: str) -> str:
    """What a reader sees of a page, without the story's own words."""
    for gone in (r"<script.*?</script>", r"<q.*?</q>", r"<p class=\"t .*?</p>", r"<title>.*?</title>"):
        page = re.sub(gone, " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture(scope="module")
def english(messages_tool: Any) -> list[str]:
    """What the desk says in English and has a German text for: sentences of four words and more."""
    catalogue = (ROOT / "src/whence/desk/locale/de/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    parts: set[str] = set()
    for entry in messages_tool.entries(catalogue):
        if entry["msgid"] not in messages_tool.strings(entry):
            pieces = re.split(r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>", entry["msgid"])
            parts |= {p.strip(" .,:;“”\"'") for p in pieces if len(p.split()) > 3}
    return sorted(parts)


@pytest.mark.parametrize("name", ["harbour", "wells", "toll"])
@pytest.mark.parametrize("part", ["", "why/"])
def test_no_english_sentence_is_left_on_a_german_page(desk: Desk, english: list[str], name: str, part: str) -> None:
    told = tomllib.loads(files("whence.desk.demo").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    story = desk.story(told["text"], outlet=told["outlet"], published=told["published"])
    page = desk.client().get(story.get_absolute_url() + part, headers={"accept-language": "de"}).content.decode()
    assert page.count('<html lang="de"') == 1
    assert 'lang="en"' not in re.sub(r'<a [^>]*hreflang="en"[^>]*>', "", page)
    seen = _visible(page)
    assert len(english) > 400
    assert [sentence for sentence in english if sentence in seen] == []
    reading = whence.read_text(told["text"], outlet=told["outlet"], published=told["published"])
    assert reading.findings
    assert [finding.says for finding in reading.findings if finding.says[:40] in seen] == []
    assert [e.rule for e in reading.explanations if len(e.rule.split()) > 3 and e.rule in seen] == []
