from __future__ import annotations

import re

import lxml.html

from whence.publish import to_notebook
from whence.records import Reading


def test_it_is_one_scoped_fragment(reading: Reading) -> None:
    fragment = lxml.html.fromstring(to_notebook(reading))
    assert fragment.get("class") == "whence-reading"
    assert not fragment.xpath("//@id | //script | //@style | //a | //*[@src]")
    css = re.sub(r"/\*.*?\*/", "", fragment.xpath("//style")[0].text)
    selectors = [rule.partition("{")[0].strip() for rule in css.split("}") if rule.strip()]
    assert all(one.strip().startswith(".whence-reading ") or one == ".whence-reading" for s in selectors
               for one in re.split(r",(?![^(]*\))", s))  # fmt: skip


def test_it_shows_the_voices_and_the_ways(reading: Reading) -> None:
    fragment = lxml.html.fromstring(to_notebook(reading))
    text = " ".join(fragment.text_content().split())
    assert "10 statements: 3 attributed to named sources" in text
    assert "the operator → Two dock workers → Radio Kestrel → The Northern Courier" in text
    assert len(fragment.xpath('//div[@class="story"]//sup')) == 10
    assert "Told through another outlet" in text


def test_hostile_text_stays_text(hostile: Reading) -> None:
    fragment = lxml.html.fromstring(to_notebook(hostile))
    assert not fragment.xpath("//script | //img | //a")
    assert len(fragment.xpath("//style")) == 1
    assert not [n for e in fragment.iter() if isinstance(e.tag, str) for n in e.attrib if n.startswith("on")]
