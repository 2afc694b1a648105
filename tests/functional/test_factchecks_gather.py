"""Fact-checks from real servers on 127.0.0.1, through a policy relaxed for just these ports."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from whence.errors import RangeError
from whence.factchecks import Gathered, gather
from whence.ingest import Policy
from whence.match.store import Store


class Site:
    """A server of pages by path; it counts what it is asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path not in site.pages:
                    self.send_error(404)
                    return
                kind, text = site.pages[self.path]
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.policy = Policy(allow=("127.0.0.0/8",), ports=(self.port,))
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def page(self, path: str, claim: str, rating: str = "False", day: str = "2024-01-05") -> None:
        review = {
            "@type": "ClaimReview",
            "url": path,
            "claimReviewed": claim,
            "datePublished": day,
            "author": {"name": "Lantern Desk"},
            "reviewRating": {"alternateName": rating},
        }
        html = (
            f'<html><head><script type="application/ld+json">{json.dumps(review)}</script></head><body>x</body></html>'
        )
        self.pages[path] = ("text/html", html)

    def sitemap(self, *entries: tuple[str, str]) -> None:
        urls = "".join(f"<url><loc>{self.base}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in entries)
        self.pages["/sitemap.xml"] = ("application/xml", f"<urlset>{urls}</urlset>")
        self.pages["/index.xml"] = (
            "application/xml",
            f"<sitemapindex><sitemap><loc>{self.base}/sitemap.xml</loc></sitemap></sitemapindex>",
        )

    def read(self, store: Store, path: str, **options: Any) -> Gathered:
        self.asked.clear()
        return gather(store, [self.base + path], policy=self.policy, pause=0, **options)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.sqlite", create=True) as made:
        yield made


def test_one_page(site: Site, store: Store) -> None:
    site.page("/a", "The bridge is safe.")
    assert site.read(store, "/a").new == 1
    assert [c.url for c in store.select()] == [f"{site.base}/a"]


@pytest.mark.parametrize("start", ["/sitemap.xml", "/index.xml"])
def test_a_sitemap_is_followed_and_next_time_only_what_has_changed(site: Site, store: Store, start: str) -> None:
    site.page("/a", "The bridge is safe.")
    site.page("/b", "The tower leans.")
    site.pages["/news"] = ("text/html", "<html><body><p>No review here.</p></body></html>")
    site.sitemap(("/a", "2024-01-05"), ("/b", "2024-01-06"), ("/news", "2024-01-07"))
    out = site.read(store, start)
    assert (out.new, dict(out.refused)) == (2, {"no-review": 1})

    site.page("/a", "The bridge is safe.", rating="True", day="2024-02-01")
    site.sitemap(("/a", "2024-02-01"), ("/b", "2024-01-06"), ("/news", "2024-01-07"))
    out = site.read(store, start)
    assert (out.updated, out.new, out.unchanged) == (1, 0, 0)
    assert [p for p in site.asked if p in ("/a", "/b", "/news")] == ["/a"]

    out = site.read(store, start, refresh=True)
    assert out.unchanged == 2


def test_no_more_pages_than_asked_for_the_latest_first(site: Site, store: Store) -> None:
    for n in range(5):
        site.page(f"/{n}", f"Claim number {n} is true.")
    site.sitemap(*((f"/{n}", f"2024-01-0{n + 1}") for n in range(5)))
    out = site.read(store, "/sitemap.xml", pages=2)
    assert out.new == 2
    assert site.asked[-2:] == ["/4", "/3"]
    assert "2 that are fetched at most" in out.examples[-1].reason
    with pytest.raises(RangeError):
        site.read(store, "/sitemap.xml", pages=-1)


def test_a_feed_s_items_are_read_on_their_pages(site: Site, store: Store) -> None:
    site.page("/a", "The bridge is safe.")
    item = f"<item><title>x</title><link>{site.base}/a</link><description>text of it</description></item>"
    gone = f"<item><title>y</title><link>{site.base}/gone</link><description>text of it</description></item>"
    site.pages["/rss"] = ("application/rss+xml", f'<rss version="2.0"><channel>{item}{gone}</channel></rss>')
    out = site.read(store, "/rss")
    assert (out.new, dict(out.refused)) == (1, {"unreadable": 1})
    assert "404" in out.examples[0].reason


def test_a_page_that_takes_its_review_back(site: Site, store: Store) -> None:
    site.page("/a", "The bridge is safe.")
    site.read(store, "/a")
    site.page("/a", "The bridge is not safe.")
    out = site.read(store, "/a")
    assert (out.new, out.withdrawn) == (1, 1)
    assert [c.claim for c in store.select()] == ["The bridge is not safe."]


def test_addresses_inside_the_network_are_refused_also_from_a_sitemap(tmp_path: Path, store: Store) -> None:
    listed = tmp_path / "sitemap.xml"
    listed.write_text(
        "<urlset><url><loc>http://127.0.0.1/a</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>"
    )
    out = gather(store, [listed], pause=0)
    assert dict(out.refused) == {"unreadable": 1}
    assert "loopback" in out.examples[0].reason


def test_robots_txt_is_asked_and_heeded(site: Site, store: Store) -> None:
    site.page("/a", "The bridge is safe.")
    site.pages["/robots.txt"] = ("text/plain", "User-agent: *\nDisallow: /a")
    out = site.read(store, "/a")
    assert out.new == 0
    assert "robots.txt" in out.examples[0].reason
