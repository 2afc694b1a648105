"""Structured data of pages, tables and sitemaps, through files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from whence.errors import FormatError
from whence.ingest.documents import Document, load_documents
from whence.ingest.failure import Failure
from whence.ingest.sitemap import from_sitemap, is_sitemap
from whence.ingest.structured import page_data

LD = '<script type="application/ld+json">{}</script>'


def page(*scripts: str, body: str = "", head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>T</title>{head}{''.join(map(LD.format, scripts))}</head><body>{body}</body></html>".encode()


def test_every_script_is_a_document_and_a_broken_one_costs_only_itself() -> None:
    got = page_data(page('{"a": 1}', '{"b": oops}', '{"c": 3,}'), "p")
    assert got.documents == ({"a": 1}, {"c": 3})
    assert len(got.refused) == 1
    assert "JSON-LD 2 of p" in got.refused[0]
    assert got.repairs == ("a comma before a closing bracket",)


def test_types_with_parameters_and_capitals_count_and_other_scripts_do_not() -> None:
    html = b'<script type="Application/LD+JSON; charset=utf-8">{"a":1}</script><script>{"b":2}</script><p>x</p>'
    assert page_data(html, "p").documents == ({"a": 1},)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1"])
def test_encodings_wrongly_declared(encoding: str, declared: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body>{LD.format(json.dumps({"a": "café – “x”"}, ensure_ascii=False))}</body></html>'
    assert page_data(html.encode(encoding), "p").documents == ({"a": "café – “x”"},)


def test_ten_megabytes_of_json_are_refused() -> None:
    got = page_data(page('{"a": "' + "x" * 5_000_000 + '"}', '{"b": 2}'), "p")
    assert got.documents == ({"b": 2},)
    assert "characters of JSON" in got.refused[0]
    with pytest.raises(FormatError, match="10 MB"):
        page_data(page('{"a": "' + "x" * 11_000_000 + '"}'), "p")


MICRO = """
<div itemscope itemtype="https://schema.org/ClaimReview" itemref="more loop">
  <a itemprop="url" href="/checks/1">link</a>
  <p>Claim: <span itemprop="claimReviewed">The <b>bridge</b> is  safe.</span></p>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ilena Voss</span></span>
  </div>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <meta itemprop="ratingValue" content="1"><meta itemprop="alternateName" content="False">
  </div>
  <time itemprop="datePublished" datetime="2024-02-03">3 February</time>
</div>
<div id="more"><span itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Lantern Desk</b></span></div>
<div id="loop" itemprop="about" itemscope itemref="loop"><i itemprop="name">x</i></div>
"""


def test_microdata_comes_in_the_shape_of_json_ld() -> None:
    (item,) = page_data(page(body=MICRO), "p", url="https://l.example/x/").documents
    assert item == {
        "@type": "ClaimReview",
        "url": "https://l.example/checks/1",
        "claimReviewed": "The bridge is safe.",
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ilena Voss"}},
        "reviewRating": {"@type": "Rating", "ratingValue": "1", "alternateName": "False"},
        "datePublished": "2024-02-03",
        "author": {"@type": "Organization", "name": "Lantern Desk"},
        "about": {"name": "x", "about": {}} if "about" in item.get("about", {}) else {"name": "x"},
    }


def test_many_items_that_refer_to_one_large_element_end() -> None:
    inner = "<i itemprop=a>x</i>" * 5_000
    items = "<div itemscope itemref=big></div>" * 500
    got = page_data(page(body=f"<div id=big>{inner}</div>{items}"), "p")
    assert len(got.documents) == 500


def read(*sources: Path) -> tuple[list[Document], list[Failure]]:
    found = list(load_documents(list(map(str, sources)), offline=True))
    return [f for f in found if isinstance(f, Document)], [f for f in found if isinstance(f, Failure)]


def test_kinds_are_told_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(page('{"a": 1}'))
    (tmp_path / "feed").write_text('{"dataFeedElement": [{"a": 1}, {"a": 2}]}')
    (tmp_path / "lines").write_text('{"a": 1}\nnot json\n\n{"a": 2}\n')
    (tmp_path / "one.json.gz").write_bytes(gzip.compress(b'[{"a": 1}]'))
    (tmp_path / "table.csv").write_text('sep=;\nclaim;url\n"a; b";http://x.example\n;\n')
    (tmp_path / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    documents, failures = read(tmp_path)
    assert [(Path(d.name).name, d.value) for d in documents] == [
        ("feed[1]", {"a": 1}),
        ("feed[2]", {"a": 2}),
        ("lines:1", {"a": 1}),
        ("lines:4", {"a": 2}),
        ("one.json.gz[1]", {"a": 1}),
        ("page.txt", [{"a": 1}]),
        ("table.csv:3", {"claim": "a; b", "url": "http://x.example"}),
    ]
    assert [Path(f.id).name for f in failures] == ["image.html", "lines:2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_in_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'claim{separator}rating\n"Die Brücke ist „sicher“"{separator}Falsch\n', encoding=encoding)
    documents, failures = read(path)
    assert not failures
    assert documents[0].value == {"claim": "Die Brücke ist „sicher“", "rating": "Falsch"}


def test_bad_sources_are_named_and_the_rest_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text('[{"a": 1}]')
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8b broken")
    documents, failures = read(tmp_path / "none.json", broken, tmp_path / "*.nothing", good)
    assert len(documents) == 1
    assert len(failures) == 3
    (refused,) = list(load_documents(["https://x.example/"], offline=True))
    assert isinstance(refused, Failure)
    assert "offline" in refused.reason


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://l.example/old</loc><lastmod>2020-01-01</lastmod></url>
<url><loc>https://l.example/undated</loc></url>
<url><loc>https://evil.example/</loc></url>
<url><loc>javascript:x</loc></url>
<url><loc>/new</loc><lastmod>2024-01-01T10:00:00Z</lastmod></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_sitemap_lists_its_own_site_latest_first(packed: bool) -> None:
    data = gzip.compress(SITEMAP.encode()) if packed else SITEMAP.encode()
    assert is_sitemap(data)
    listed = from_sitemap(data, "s", url="https://www.l.example/sitemap.xml")
    assert [e.url for e in listed] == [
        "https://www.l.example/new", "https://l.example/old", "https://l.example/undated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"<rss></rss>",
        b"",
        b"\x1f\x8b no gzip",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset2>&b;</urlset2>',
    ],
)
def test_what_is_no_sitemap_is_refused(data: bytes) -> None:
    assert not is_sitemap(data)
    with pytest.raises(FormatError):
        from_sitemap(data, "s")


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "' + "x" * 1000 + '">]><urlset><url><loc>https://l.example/&a;</loc></url></urlset>'
    assert all(len(e.url) < 100 for e in from_sitemap(bomb.encode(), "s"))
