"""Notes follow their sentence when a page changes, and never land on a lookalike."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.desk.conftest import TEXT, Desk
from whence.desk.models import Story
from whence.desk.services import anchors, stories
from whence.records.anchor import anchor_of

_WORDS = st.sampled_from(["the pier", "is safe", "the board said", "on Monday", "nobody", "asked us", "denied that"])
_SENTENCES = st.lists(_WORDS, min_size=3, max_size=7).map(lambda words: " ".join(words).capitalize() + ".")
_TEXTS = st.lists(_SENTENCES, min_size=2, max_size=8).map("\n\n".join)


@given(text=_TEXTS, data=st.data())
def test_a_passage_of_an_unchanged_text_is_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    passage = anchor_of(text, start, end)
    assert anchors.find(text, passage) == anchors.Place(start, True)


@given(text=_TEXTS, other=_TEXTS, data=st.data())
def test_a_place_holds_the_very_words_and_agrees_around_them(text: str, other: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    passage = anchor_of(text, start, data.draw(st.integers(start + 1, len(text))))
    place = anchors.find(other, passage)
    if place is None:
        return
    end = place.start + len(passage.exact)
    assert other[place.start : end] == passage.exact
    before = other[: place.start].endswith(passage.prefix) and bool(passage.prefix or place.start == 0)
    behind = other[end:].startswith(passage.suffix) and bool(passage.suffix or end == len(other))
    alone = len(passage.exact) >= anchors.DISTINCT and other.count(passage.exact) == 1
    assert before or behind or alone
    assert not place.unchanged or (before and behind)


@given(text=_TEXTS, added=_SENTENCES, data=st.data())
def test_what_is_added_before_a_passage_moves_it(text: str, added: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(32, max(32, len(text) - 2)))
    assume(start < len(text) - 1)
    passage = anchor_of(text, start, len(text))
    longer = f"{added}\n\n{text}"
    assume(longer.count(passage.prefix + passage.exact) == 1)
    assert anchors.find(longer, passage) == anchors.Place(start + len(added) + 2, True)


def test_the_same_words_twice_in_the_same_surroundings_are_told_apart_by_position_alone() -> None:
    once = "Before it stands a line of thirty-two letters. It is shut. Behind it stands another such line of them. "
    passage = anchor_of(once * 2, once.index("It is shut"), once.index("It is shut") + 10)
    assert anchors.find(once * 2, passage) == anchors.Place(passage.start, True)
    assert anchors.find("Moved. " + once * 2, passage) is None


def _notes_statement(story: Story):  # type: ignore[no-untyped-def]
    anchor = story.notes.get().anchors.get()
    return anchor, (anchor.statement.text if anchor.statement else None)


def _change(story: Story, text: str) -> None:
    Story.objects.filter(pk=story.pk).update(given=text)
    stories.read_story(story.pk)


def _on(desk: Desk, words: str) -> Story:
    story = desk.story()
    statement = story.all_statements.get(current=True, text__contains=words)
    desk.note(desk.user(), story, statements=[statement.pk])
    return story


def test_a_note_follows_its_sentence_to_another_place(desk: Desk) -> None:
    story = _on(desk, "Nobody asked us")
    headline, *paragraphs = TEXT.split("\n\n")
    _change(story, "\n\n".join([headline, paragraphs[1], "A day later all was calm.", paragraphs[0], paragraphs[2]]))
    anchor, text = _notes_statement(story)
    assert not anchor.orphaned
    assert "Nobody asked us" in text
    assert anchor.statement.version.number == 2
    assert anchor.version.number == 1


def test_a_note_whose_sentence_is_gone_is_orphaned_and_comes_back_with_it(desk: Desk) -> None:
    story = _on(desk, "Nobody asked us")
    _change(story, TEXT.replace("Nobody asked us", "Somebody asked us"))
    anchor, text = _notes_statement(story)
    assert anchor.orphaned
    assert text is None
    _change(story, TEXT)
    assert not _notes_statement(story)[0].orphaned


def test_words_that_are_denied_now_are_another_statement(desk: Desk) -> None:
    before = "The mayor's plan\n\nThe council said that the bridge would be closed for the whole of the coming winter."
    story = desk.story(before)
    statement = story.all_statements.get(current=True, text__contains="bridge would be closed")
    desk.note(desk.user(), story, statements=[statement.pk])
    _change(story, before.replace("said that", "denied that"))
    now = story.all_statements.get(current=True, text__contains="bridge would be closed")
    assert now.act != statement.act
    assert _notes_statement(story)[0].orphaned


def test_words_of_somebody_else_are_another_statement(desk: Desk) -> None:
    before = "The mayor's plan\n\n“The bridge will be closed all winter,” said Ana Reis."
    story = desk.story(before)
    statement = story.all_statements.get(current=True, text__contains="closed all winter")
    desk.note(desk.user(), story, statements=[statement.pk])
    _change(story, before.replace("Ana Reis", "Boris Hale"))
    assert _notes_statement(story)[0].orphaned


def test_an_orphaned_note_is_not_counted_as_shown(desk: Desk) -> None:
    from tests.unit.desk.test_scoring import both_sides_like

    story = _on(desk, "Nobody asked us")
    both_sides_like(desk, story.notes.get())
    story.refresh_from_db()
    assert (story.notes_shown, story.checked) == (1, 1)
    _change(story, TEXT.replace("Nobody asked us", "Somebody asked us"))
    story.refresh_from_db()
    assert (story.notes_shown, story.checked, story.notes_all) == (0, 0, 5)
