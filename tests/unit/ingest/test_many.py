"""Many stories: JSONL, feeds, web archives, folders."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from whence.errors import FormatError, InputError, RangeError
from whence.ingest import Failure, jsonl, load, load_many
from whence.ingest.feed import from_feed
from whence.ingest.jsonl import from_jsonl
from whence.ingest.record import from_record
from whence.ingest.warc import from_warc
from whence.records import Story

WORDS = "The bridge was closed on Thursday after engineers found cracks in its beams, the city said in a note."
MORE = "Ferries will run every ten minutes from Friday on, and buses will turn round at the fish market, it said."
PAGE = (
    "<html><head><title>Bridge closed</title></head><body><h1>Bridge closed</h1>"
    f"<p>{WORDS}</p><p>{MORE}</p></body></html>"
)


def story(made: Story | Failure) -> Story:
    assert isinstance(made, Story), made
    return made


def failure(made: Story | Failure) -> Failure:
    assert isinstance(made, Failure), made
    return made


def lines(path: Path, *records: Any) -> Path:
    path.write_text("".join(r if isinstance(r, str) else json.dumps(r) + "\n" for r in records), encoding="utf-8")
    return path


# JSONL


def test_each_line_is_a_story_or_a_failure(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl",
        "\ufeff" + json.dumps({"id": "one", "text": f"Bridge closed\n\n{WORDS}"}) + "\n",
        "\n",
        {"title": "Bridge closed", "body": WORDS, "publisher": {"name": "Quay Lantern"}, "date": "March 12, 2021"},
        {"html": PAGE, "url": "https://paper.example/x", "source": "Lantern", "authors": ["Mona Castellan", "Ian Roe"]},
        "{not json}\n",
        "[1, 2]\n",
        {"title": "no text"},
        {"text": "  "},
        "[" * 100_000 + "\n",
        {"content": f"<p>{WORDS}</p><p>{MORE}</p>", "headline": "From a field", "published": "03/04/2021"},
    )
    made = list(from_jsonl(path, outlet="Default", published="2000-01-01"))
    first = story(made[0])
    assert (first.id, first.outlet, first.published) == ("one", "Default", "2000-01-01")
    second = story(made[1])
    assert second.text == f"Bridge closed\n\n{WORDS}"
    assert (second.id, second.outlet, second.published) == (f"{path}:3", "Quay Lantern", "2021-03-12")
    third = story(made[2])
    assert (third.outlet, third.url) == ("Lantern", "https://paper.example/x")
    assert third.byline is not None
    assert third.byline.name == "Mona Castellan and Ian Roe"
    reasons = [failure(m) for m in made[3:8]]
    assert [r.id for r in reasons] == [f"{path}:{n}" for n in (5, 6, 7, 8, 9)]
    for failed, why in zip(reasons, ("no JSON", "not an object", "no text", "no text", "no JSON"), strict=True):
        assert why in failed.reason
    last = story(made[8])
    assert last.text.startswith("From a field\n\nThe bridge")
    assert last.published == "2000-01-01"
    assert any("two days" in w for w in last.warnings)


def test_a_text_with_its_title_first_stays_unchanged() -> None:
    text = f"Bridge closed\r\n\r\n{WORDS}\r\n"
    assert from_record({"text": text, "title": "Bridge closed"}, id="x").text == text


def test_gzip_and_damage(tmp_path: Path) -> None:
    whole = gzip.compress((json.dumps({"text": WORDS}) + "\n").encode() * 3)
    good, cut, none = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz", tmp_path / "c.jsonl.gz"
    good.write_bytes(whole)
    cut.write_bytes(whole[:-9])
    none.write_bytes(b"plain")
    assert len([story(s) for s in from_jsonl(good)]) == 3
    assert "damaged or cut off" in failure(list(from_jsonl(cut))[-1]).reason
    assert "damaged or cut off" in failure(list(from_jsonl(none))[-1]).reason
    with pytest.raises(InputError, match="cannot be opened"):
        next(from_jsonl(tmp_path / "missing.jsonl"))


def test_an_endless_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 200)
    made = list(from_jsonl(lines(tmp_path / "a.jsonl", {"text": "x" * 5000}, {"text": WORDS})))
    assert "longer than 200" in failure(made[0]).reason
    assert story(made[1]).text == WORDS


def test_half_characters_are_replaced() -> None:
    made = from_record({"text": WORDS + " \ud83d end"}, id="x")
    made.text.encode("utf-8")
    assert made.text.endswith("\ufffd end")


# Feeds

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay Lantern</title><language>en</language>
<item><title>Bridge closed</title><link>https://paper.example/1</link><pubDate>Fri, 12 Mar 2021 10:04:00 GMT</pubDate>
<dc:creator>Mona Castellan</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>{WORDS}</p><script>evil()</script><p>{MORE} <a href="https://c.example/">Here</a></p>]]></content:encoded></item>
<item><title>Ferry runs</title><link>https://paper.example/2</link>
<description>The ferry runs again, the office said.</description></item>
<item><title>Nothing</title><link>https://paper.example/3</link></item></channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Lantern</title>
<entry><id>urn:1</id><title>Bridge closed</title><link href="https://paper.example/1"/><published>2021-03-12T10:04:00Z</published>
<author><name>Mona Castellan</name></author><content type="html">&lt;p&gt;{WORDS}&lt;/p&gt;</content></entry></feed>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay Lantern",
        "items": [
            {
                "id": "1",
                "title": "Bridge closed",
                "url": "https://paper.example/1",
                "content_html": f"<p>{WORDS}</p>",
                "date_published": "2021-03-12T10:04:00Z",
                "authors": [{"name": "Mona Castellan"}],
            },
            {
                "id": "2",
                "title": "Ferry",
                "url": "https://paper.example/2",
                "summary": "The ferry runs again, the office said.",
            },
            "no item",
        ],
    }
)


@pytest.mark.parametrize("data", [RSS, ATOM, JSON], ids=["rss", "atom", "json"])
def test_a_feeds_full_stories(data: str) -> None:
    first = story(next(iter(from_feed(data.encode(), "f"))))
    assert first.headline is not None
    assert first.text[slice(*first.headline)] == "Bridge closed"
    assert WORDS in first.text
    assert "evil" not in first.text
    assert (first.outlet, first.url, first.published) == (
        "Quay Lantern",
        "https://paper.example/1",
        "2021-03-12T10:04:00+00:00",
    )
    assert first.byline is not None
    assert first.byline.name == "Mona Castellan"
    assert not any("summary" in w for w in first.warnings)


@pytest.mark.parametrize("data", [RSS, JSON], ids=["rss", "json"])
def test_a_summary_says_that_it_is_one(data: str) -> None:
    second = story(list(from_feed(data.encode(), "f"))[1])
    assert "The ferry runs again" in second.text
    assert any("https://paper.example/2" in w for w in second.warnings)


def test_items_without_text_fail_by_name() -> None:
    assert "https://paper.example/3" in failure(list(from_feed(RSS.encode(), "f"))[2]).reason
    assert failure(list(from_feed(JSON.encode(), "f"))[2]).id == "f#3"


@pytest.mark.parametrize("data", [b"", b"words", b"{", b'{"items": 3}', b"<html><body>x</body></html>"])
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(FormatError, match="give an RSS, Atom or JSON feed"):
        list(from_feed(data, "f"))


def test_an_entity_bomb_in_a_feed_is_not_expanded() -> None:
    entities = "<!ENTITY a 'lol'>" + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    bomb = RSS.replace('<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]>').replace(
        "Short.", "&j;"
    )
    made = list(from_feed(bomb.replace("The ferry", "&j; The ferry").encode(), "f"))
    assert sum(len(m.text) for m in made if isinstance(m, Story)) < 5000
    outside = RSS.replace(
        '<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "/etc/passwd">]>'
    )
    assert "root:" not in str(list(from_feed(outside.replace("The ferry", "&x; The ferry").encode(), "f")))


# Web archives


def archive(path: Path, *records: tuple[str, str, str, bytes], packed: bool = False) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=packed)
        for url, status, kind, body in records:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            payload = BytesIO(body)
            record = writer.create_warc_record(url, "response", payload, length=len(body), http_headers=headers)
            writer.write_record(record)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_an_archive(tmp_path: Path, packed: bool) -> None:
    path = archive(
        tmp_path / ("a.warc.gz" if packed else "a.warc"),
        ("https://paper.example/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("https://paper.example/x.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://paper.example/gone", "404 Not Found", "text/html", PAGE.encode()),
        ("https://paper.example/pdf", "200 OK", "text/html", b"%PDF-1.4"),
        ("https://paper.example/2", "200 OK", "text/plain", f"Bridge closed\n\n{WORDS}".encode()),
        packed=packed,
    )
    made = list(from_warc(path, published="2000-01-01", outlet="Default"))
    assert story(made[0]).url == "https://paper.example/1"
    assert story(made[0]).published == "2000-01-01"
    assert "PDF" in failure(made[1]).reason
    assert story(made[2]).text == f"Bridge closed\n\n{WORDS}"
    assert len(made) == 3


def test_a_damaged_archive_ends_with_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: nine\r\n\r\nxxxxxxx" * 3)
    made = list(from_warc(path))
    assert [type(m) for m in made] == [Failure]
    path.write_bytes(b"no archive at all" * 100)
    assert "does not begin like a WARC" in failure(list(from_warc(path))[-1]).reason
    with pytest.raises(InputError, match="cannot be opened"):
        next(from_warc(tmp_path / "none.warc"))


def test_an_endless_header_in_an_archive_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.0\r\nX: " + b"y" * 50_000_000, 1))
    tracemalloc.start()
    made = list(from_warc(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "longer than 4000000" in failure(made[0]).reason
    assert peak < 40_000_000


def test_a_page_in_an_archive_has_its_limit(tmp_path: Path) -> None:
    body = b"<p>" + b" " * 20_000_001
    path = archive(tmp_path / "a.warc.gz", ("https://paper.example/1", "200 OK", "text/html", body), packed=True)
    assert "more than 20000000 bytes" in failure(next(from_warc(path))).reason


# Everything together


def test_a_folder_a_glob_and_single_files(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "a.html",
        ".hidden/x.txt",
        "b/.secret.txt",
        "b/pic.png",
        "b/code.py",
        "b/NOTES",
        "c.txt.gz",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Bridge closed\n\n{WORDS}")
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(WORDS.encode()))
    (tmp_path / "d.html").write_bytes(b"%PDF-1.4")
    (tmp_path / "e.rss").write_text(RSS)
    lines(tmp_path / "f.jsonl", {"text": WORDS}, "bad\n")
    made = list(load_many([tmp_path]))
    names = [m.id.removeprefix(f"{tmp_path}/") for m in made]
    assert names == [
        "a.html",
        "c.txt.gz",
        "d.html",
        "https://paper.example/1",
        "https://paper.example/2",
        "https://paper.example/3",
        "f.jsonl:1",
        "f.jsonl:2",
        "b/2.txt",
        "b/NOTES",
    ]
    assert [m.id.removeprefix(f"{tmp_path}/") for m in made if isinstance(m, Failure)] == [
        "d.html",
        "https://paper.example/3",
        "f.jsonl:2",
    ]
    globbed = list(load_many([f"{tmp_path}/**/*.txt"]))
    assert [m.id for m in globbed] == [f"{tmp_path}/b/2.txt"]
    named = list(
        load_many(
            [tmp_path / "b/code.py", tmp_path / "none.txt", f"{tmp_path}/*.zip", "https://paper.example/"], offline=True
        )
    )
    assert isinstance(named[0], Story)
    assert [failure(m).reason.split(":")[0] for m in named[1:]] == [
        f"{tmp_path}/none.txt cannot be read (No such file or directory)",
        f"nothing to read at {tmp_path}/*.zip",
        "https",
    ]


def test_defaults_are_for_those_that_do_not_say(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"text": WORDS}, {"text": WORDS, "outlet": "Own", "date": "2021-01-02"})
    made = [story(m) for m in load_many([path], published="2000-01-01", outlet="Default")]
    assert [(m.outlet, m.published) for m in made] == [("Default", "2000-01-01"), ("Own", "2021-01-02")]
    with pytest.raises(RangeError):
        load_many([path], published="soon")


def test_one_story_is_what_load_takes(tmp_path: Path) -> None:
    assert load(f"Bridge closed\r\n\r\n{WORDS}".encode()).text == f"Bridge closed\r\n\r\n{WORDS}"
    page = tmp_path / "page.txt"
    page.write_text(PAGE)
    assert load(page).text.startswith("Bridge closed\n\nThe bridge")
    assert load(str(page), id="mine", published="2001-02-03", outlet="Lantern").id == "mine"
    one = lines(tmp_path / "one.json", {"text": WORDS, "date": "2021-01-02"})
    assert load(one).published == "2021-01-02"
    assert load(one, published="2021-01-03").published == "2021-01-03"
    for data, what in (
        (RSS, "a feed"),
        (JSON, "a feed"),
        ("WARC/1.0\r\n", "a web archive"),
        ('{"a":1}\n{"a":2}', "JSONL"),
    ):
        with pytest.raises(FormatError, match=what):
            load(data.encode())
    with pytest.raises(InputError, match="has no text"):
        load(b"")
    assert load(b"{he wrote} the bridge is closed").text.startswith("{he")


def test_importing_loads_no_library() -> None:
    import subprocess
    import sys

    heavy = "set('trafilatura lxml urllib3 feedparser warcio protego htmldate charset_normalizer idna'.split())"
    code = f"import sys, whence.ingest as i; i.load(b'Bridge closed'); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
