"""The story in parts, for pages that set something between them and speak other languages."""

from __future__ import annotations

from whence.publish.html.markup import join
from whence.publish.html.sections import bars
from whence.publish.html.story import story, story_blocks
from whence.publish.paragraphs import paragraphs
from whence.records import Reading


def test_the_parts_are_the_whole(reading: Reading) -> None:
    blocks = story_blocks(reading)
    assert join(block for _, block in blocks) == story(reading)
    assert [paragraph for paragraph, _ in blocks] == list(paragraphs(reading.story))


def test_our_own_words_are_put_into_another_language(reading: Reading) -> None:
    said = {
        "Statement {number}: {voice}": "Aussage {number}: {voice}",
        "Statement {number}: {voice}, low confidence": "Aussage {number}: {voice}, unsicher",
        "named source": "genannte <Quelle>",
        "byline": "Autorenzeile",
    }
    page = str(join(block for _, block in story_blocks(reading, say=lambda words: said.get(words, words))))
    assert 'aria-label="Aussage 1: ' in page
    assert 'aria-label="Statement ' not in page
    assert "genannte &lt;Quelle&gt;" in page
    assert "<Quelle>" not in page


def test_the_picture_says_what_it_shows(reading: Reading) -> None:
    picture = bars(reading, 'Stimmen "im" Artikel')
    assert picture is not None
    assert 'aria-label="Stimmen &quot;im&quot; Artikel"' in picture
    assert picture.count("<rect ") >= len(reading.statements) - len([s for s in reading.statements if s.parent])
