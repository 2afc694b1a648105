"""The tagger with the packaged weights: what any reader would mark, offsets that hold, the same result every time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whence.errors import ModelError
from whence.read.annotations import Attribution, Tagging
from whence.read.tagger import PACKAGED, Tagger

STORY = (
    "Harbour plan delayed, ministry says\n"
    "The transport ministry of Norland said on Tuesday that the new harbour would not open before May.\n"
    "“We have run out of steel,” Maria Okafor, the minister, told reporters in Port Anselm. “And out of time.”\n"
    "According to two diplomats, the Sudlanders had offered help.\n"
    "The Sudland embassy denied that any offer had been made.\n"
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def blocks(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def tag(tagger: Tagger, text: str) -> Tagging:
    return tagger.tag(text, blocks(text))


def said(text: str, attributions: tuple[Attribution, ...]) -> dict[str, tuple[str, str]]:
    return {words(text, one.cue): (words(text, one.source), words(text, one.content)) for one in attributions}


def test_who_says_what(tagger: Tagger) -> None:
    found = said(STORY, tag(tagger, STORY).attributions)
    assert found["According to"] == ("two diplomats", "the Sudlanders had offered help")
    assert found["denied"] == ("The Sudland embassy", "that any offer had been made")
    source, content = next(members for cue, members in found.items() if cue.startswith("told"))
    assert source == "Maria Okafor, the minister,"
    assert content.startswith("“We have run out of steel,”")


def test_names(tagger: Tagger) -> None:
    found = {STORY[one.span[0] : one.span[1]]: one.label for one in tag(tagger, STORY).entities}
    assert found["Maria Okafor"] == "PERSON"
    assert found["Norland"] == "PLACE"


def test_parts_of_speech(tagger: Tagger) -> None:
    text = "She doesn't know what the ministers said."
    assert [(text[t.span[0] : t.span[1]], t.pos) for t in tag(tagger, text).tokens][-5:] == [
        ("what", "WH"),
        ("the", "DT"),
        ("ministers", "NNS"),
        ("said", "VBD"),
        (".", "PUNCT"),
    ]
    assert "'t" in [text[t.span[0] : t.span[1]] for t in tag(tagger, text).tokens]


def test_a_content_read_by_itself_shows_the_attribution_inside(tagger: Tagger) -> None:
    text = "According to the sources, the plan would fail, which the ministry blames on the weather."
    start = text.index("the plan")
    inner = tagger.tag(text, [(start, len(text) - 1)])
    assert all(start <= one.span[0] < one.span[1] < len(text) for one in inner.spans)
    assert any(words(text, one.source) == "the ministry" for one in inner.attributions)


def test_contents_are_read_apart(tagger: Tagger) -> None:
    text = "The plan would fail, which the ministry blames on the weather. Vik thinks that it rained. Nothing. "
    pieces = [(0, 62), (63, 90), (91, 99), (10, 62), (63, 90), (5, 5)]
    assert tagger.inside(text, pieces) == [tagger.tag(text, [piece]).attributions for piece in pieces]
    assert len(tagger.inside(text, pieces)[0]) == 1
    assert tagger.inside(text, []) == []
    with pytest.raises(ValueError, match="block"):
        tagger.inside(text, [(90, 200)])


NAMED = (
    "Maria Okafor, the president of Norland, said on Tuesday that the new harbour would open in May.\n"
    "“We have run out of steel,” Okafor told reporters. She added that Norland would buy more.\n"
    "According to a report by the Norland Times, two ships have left the country.\n"
)


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("Belarus", "Wei", "Petrenko"),
        ("France", "Fatima", "Smith"),
        ("Iran", "Olga", "Nguyen"),
        ("Kenya", "Ann", "Cohen"),
        ("U.S.", "Jean-Luc", "O'Hara"),
        ("Port-au-Lac", "J. R.", "bin Said"),
    ],
)
def test_other_names_change_nothing_else(tagger: Tagger, place: str, first: str, last: str) -> None:
    def rename(text: str) -> str:
        return text.replace("Norland", place).replace("Maria", first).replace("Okafor", last)

    other = rename(NAMED)
    before, after = tag(tagger, NAMED), tag(tagger, other)
    assert [(one.label, rename(words(NAMED, (one.span,))), one.score) for one in before.spans] == [
        (one.label, words(other, (one.span,)), one.score) for one in after.spans
    ]
    assert [
        (rename(words(NAMED, one.source)), words(NAMED, one.cue), rename(words(NAMED, one.content)), one.score)
        for one in before.attributions
    ] == [
        (words(other, one.source), words(other, one.cue), words(other, one.content), one.score)
        for one in after.attributions
    ]


def test_the_same_twice_and_with_more_threads(tagger: Tagger) -> None:
    assert tag(tagger, STORY) == tag(tagger, STORY) == tag(Tagger(threads=2), STORY)


def test_nothing_outside_the_blocks_matters(tagger: Tagger) -> None:
    start = len("Noise here. ")
    surrounded = tagger.tag(
        "Noise here. " + STORY + "More noise, he said.", [(a + start, b + start) for a, b in blocks(STORY)]
    )
    assert [(a.span[0] - start, a.span[1] - start, a.score) for a in surrounded.spans] == [
        (a.span[0], a.span[1], a.score) for a in tag(tagger, STORY).spans
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x01", "\ud800", "？", "﷽" * 500])
def test_odd_texts(tagger: Tagger, text: str) -> None:
    check(text, tagger.tag(text, [(0, len(text))]))
    assert tagger.tag(text, []) == Tagging((), (), (), ())


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from([*STORY.split(), "\n", "“", "'", "\u200b"]), max_size=80).map(" ".join)
)
def test_any_text_gives_spans_inside_it_in_order(tagger: Tagger, text: str) -> None:
    check(text, tag(tagger, text))


def check(text: str, tagging: Tagging) -> None:
    boundaries = {edge for token in tagging.tokens for edge in token.span}
    for row in (tagging.spans, tagging.entities, tagging.tokens):
        end = 0
        for one in row:
            assert end <= one.span[0] < one.span[1] <= len(text)
            end = one.span[1]
    for span in (*tagging.spans, *tagging.entities):
        assert 0 <= span.score <= 1
        assert span.span[1] in boundaries or text[span.span[1] - 1] in "'’‘"
    marked = {one.span for one in tagging.spans}
    for attribution in tagging.attributions:
        assert attribution.cue
        assert attribution.content
        assert {*attribution.source, *attribution.cue, *attribution.content} <= marked


def test_a_long_story_takes_time_in_proportion(tagger: Tagger) -> None:
    text = STORY * 40
    tagging = tag(tagger, text)
    check(text, tagging)
    assert len([one for one in tagging.attributions if words(text, one.cue) == "According to"]) == 40


def test_weights_that_are_absent_or_changed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        Tagger(tmp_path)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(PACKAGED / name, tmp_path / name)
    with pytest.raises(ModelError, match="no model file"):
        Tagger(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"not the weights")
    with pytest.raises(ModelError, match="not the file its card names"):
        Tagger(tmp_path)
    config = json.loads((tmp_path / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | {"format": 99}), encoding="utf-8")
    with pytest.raises(ModelError, match="format 99"):
        Tagger(tmp_path)


def test_threads_must_be_positive() -> None:
    with pytest.raises(ValueError, match="threads must be 1 or more, got 0"):
        Tagger(threads=0)


def test_the_model_card_names_the_files(tagger: Tagger) -> None:
    card = (PACKAGED / "MODEL_CARD.md").read_text(encoding="utf-8")
    config = json.loads((PACKAGED / "config.json").read_text(encoding="utf-8"))
    assert all(digest in card for digest in config["files"].values())
