from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whence.publish import to_html
from whence.records import Paragraph, Reading, Statement, Story


@pytest.fixture(scope="module")
def page(reading: Reading) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(to_html(reading))


def flat(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def shown(page: lxml.html.HtmlElement, number: int) -> str:
    """The words that the story shows for a statement, without numbers, across all its pieces and paragraphs."""
    pieces = page.xpath(f'//*[@id="story"]//*[@data-s="{number}"]')
    texts = []
    for piece in pieces:
        texts.append("".join(piece.xpath(".//text()[not(ancestor::sup)]")))
    return "".join(texts)


def test_every_statement_shows_exactly_its_words(page: lxml.html.HtmlElement, reading: Reading) -> None:
    text = reading.story.text
    for number, statement in enumerate(reading.statements, 1):
        words = "".join(text[a:b] for a, b in statement.content)
        # The white space between two paragraphs is not in either of them.
        assert shown(page, number) == words.replace("\n\n", ""), statement.id


def test_the_story_is_the_whole_text(page: lxml.html.HtmlElement, reading: Reading) -> None:
    blocks = page.xpath('//*[@id="story"]//*[contains(@class, "t ")]')
    texts = ["".join(b.xpath('.//text()[not(ancestor::sup) and not(ancestor::*[@class="role"])]')) for b in blocks]
    assert "".join("".join(texts).split()) == "".join(reading.story.text.split())


def test_inner_statements_stand_inside_outer_ones(page: lxml.html.HtmlElement) -> None:
    assert page.xpath('//*[@data-s="4"]//*[@data-s="5"]')
    assert not page.xpath('//*[@data-s="5"]//*[@data-s="4"]')


def test_each_statement_bears_its_voice(page: lxml.html.HtmlElement) -> None:
    shades = [page.get_element_by_id(f"w{n}").get("class") for n in range(1, 11)]
    kinds = "nobody own named unnamed unnamed own named nobody unnamed named".split()
    assert shades == [f"s {kind}" for kind in kinds]


def test_all_facts_of_a_statement_stand_in_its_card(page: lxml.html.HtmlElement) -> None:
    card = flat(page.get_element_by_id("s5"))
    for fact in ("the operator", "Two dock workers", "Radio Kestrel", "The Northern Courier", "warns", "had told"):
        assert fact in card
    for fact in ("likely", "0.72", "in other words", "unnamed source", "Stands in"):
        assert fact in card
    assert "12 March 2024" in flat(page.get_element_by_id("s2"))
    assert "at least 3 people" in flat(page.get_element_by_id("s2"))
    assert "not known" in flat(page.get_element_by_id("s10"))
    assert "so-called" in flat(page.get_element_by_id("s8"))
    assert "disastrous" in flat(page.get_element_by_id("s6"))
    assert "negated duty" in flat(page.get_element_by_id("s3"))
    assert "Denied in" in flat(page.get_element_by_id("s3"))
    assert "Denies" in flat(page.get_element_by_id("s7"))


def test_the_chain_is_drawn_origin_first_and_page_last(page: lxml.html.HtmlElement) -> None:
    stations = [flat(x) for x in page.xpath('//*[@id="s5"]//ol[@class="chain"]//*[@class="who"]')]
    assert stations == ["the operator", "Two dock workers", "Radio Kestrel", "The Northern Courier"]


def test_nothing_is_hidden_from_readers_without_scripts(page: lxml.html.HtmlElement) -> None:
    assert not page.xpath("//*[@hidden or @aria-hidden]")
    css = page.xpath("//style")[0].text
    screen, _, paper = css.partition("@media print")

    def hidden(rules: str) -> set[str]:
        hiding = re.findall(r"([^{}]+)\{[^{}]*display:\s*none[^{}]*\}", rules)
        return {s.strip() for selectors in hiding for s in selectors.split(",")}

    assert {s for s in hidden(screen) if not s.startswith(".js ")} == {".keys", ".close"}
    # On paper arrows stand for "passed on by", and reasons are printed where the reader has opened them.
    assert hidden(paper) == {".chain .edge", "details:not([open])", ".skip", ".keys", ".close"}


def test_findings_lead_to_their_words(page: lxml.html.HtmlElement, reading: Reading) -> None:
    links = page.xpath('//section[@class="findings"]//a[@class="where"]')
    spans = [span for f in reading.findings for span in f.evidence]
    assert len(links) == len(spans)
    for link, (start, end) in zip(links, spans, strict=True):
        anchor = link.get("href").removeprefix("#")
        pieces = page.xpath(f'//*[@data-e="{anchor}"]')
        assert pieces[0].get("id") == anchor
        words = "".join("".join(p.xpath(".//text()[not(ancestor::sup)]")) for p in pieces)
        assert words == reading.story.text[start:end]


def test_every_inner_link_has_a_target_and_ids_are_unique(page: lxml.html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = {href.removeprefix("#") for href in page.xpath("//a/@href") if href.startswith("#")}
    assert inner <= set(ids)


def test_sources_say_what_rests_on_them(page: lxml.html.HtmlElement) -> None:
    rows = {flat(li.xpath(".//h3")[0]): flat(li) for li in page.xpath('//section[@class="sources"]/ol/li')}
    assert "no statement rests on it; 4 came through it" in rows["Radio Kestrel"]
    assert "1 statement rests on it" in rows["Mara Ilves"]
    assert "harbour master" in rows["Mara Ilves"]
    assert "had not been inspected since 2016" in rows["Mara Ilves"]


def test_the_timeline_and_the_disputes(page: lxml.html.HtmlElement) -> None:
    whens = [flat(x) for x in page.xpath('//section[@class="timeline"]//*[@class="when"]')]
    assert whens == ["2016", "11 March 2024", "12 March 2024", "14 March 2024", "date not known"]
    sides = flat(page.xpath('//section[@class="disputes"]')[0])
    assert "Claim3 Mara Ilves" in sides
    assert "Denial7 Norvik Lifting" in sides


def test_the_policy_names_exactly_the_style_and_script_within(page: lxml.html.HtmlElement) -> None:
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (element,) = page.xpath(f"//{name}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_nothing_is_fetched_and_nothing_is_inline(page: lxml.html.HtmlElement) -> None:
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //form | //base | //*[@src]")
    assert not page.xpath("//@style")
    assert not [name for e in page.iter() if isinstance(e.tag, str) for name in e.attrib if name.startswith("on")]
    assert "url(" not in page.xpath("//style")[0].text


def test_only_web_addresses_are_links(page: lxml.html.HtmlElement) -> None:
    outer = [href for href in page.xpath("//a/@href") if not href.startswith("#")]
    assert set(outer) == {"https://courier.example/2024/crane?a=1&b=2", "https://norvik.example/about"}


def test_equal_readings_give_equal_bytes(reading: Reading) -> None:
    assert to_html(reading).encode() == to_html(replace(reading)).encode()


def test_a_title_can_be_given(reading: Reading) -> None:
    page = lxml.html.document_fromstring(to_html(reading, title="Crane & <co>"))
    assert page.xpath("//title")[0].text == "Crane & <co> – whence"
    assert flat(page.xpath("//h1")[0]) == "Crane & <co>"


def test_hostile_text_stays_text(hostile: Reading) -> None:
    html = to_html(hostile)
    html.encode()
    page = lxml.html.document_fromstring(html)
    assert len(page.xpath("//script")) == 1
    assert len(page.xpath("//style")) == 1
    assert not page.xpath("//img")
    assert not [name for e in page.iter() if isinstance(e.tag, str) for name in e.attrib if name.startswith("on")]
    assert {href.split(":")[0] for href in page.xpath("//a/@href") if not href.startswith("#")} == {"https"}
    assert not [c for c in html if ord(c) < 32 and c != "\n"]
    outside = re.sub(r'<span class="ctl" data-u="U\+[0-9A-F]{4}">.</span>', "", html)
    assert not set(outside) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert html.count('<span class="ctl"') == html.count("\u202e") + html.count("\u2066")


texts = st.text("ab <&\"'\u202e\n😀", min_size=1, max_size=40)
contents = st.lists(st.sets(st.integers(0, 40), min_size=2, max_size=4).map(sorted), max_size=6)


@given(texts, contents)
def test_any_statements_over_any_text_show_their_words(text: str, cuts: list[list[int]]) -> None:
    statements = []
    for i, edges in enumerate(cuts):
        ends = [min(e, len(text)) for e in edges]
        content = tuple((a, b) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b)
        if content:
            statements.append(Statement(f"st{i}", content))
    story = Story(text, paragraphs=(Paragraph((0, len(text)), "body"),))
    page = lxml.html.document_fromstring(to_html(Reading(story, (), tuple(statements))))
    for number, statement in enumerate(statements, 1):
        assert shown(page, number) == "".join(text[a:b] for a, b in statement.content)


def test_crossing_statements_are_cut_not_tangled() -> None:
    text = "one two three four"
    reading = Reading(Story(text), (), (Statement("st1", ((0, 13),)), Statement("st2", ((4, 18),))))
    page = lxml.html.document_fromstring(to_html(reading))
    assert shown(page, 1) == "one two three"
    assert shown(page, 2) == "two three four"


@pytest.mark.parametrize("text", ["x", "", "   \n"])
def test_a_reading_of_almost_nothing_is_a_page(text: str) -> None:
    page = lxml.html.document_fromstring(to_html(Reading(Story(text))))
    assert "0 statements." in flat(page)
    assert "date not known" in flat(page)
