"""Hostile pages, served by real servers on 127.0.0.1 and reached through a policy relaxed for just these ports."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from whence.errors import FetchError, FormatError, InputError, RefusedError, UnreachableError
from whence.ingest import Failure, Policy, load, load_many

Serve = Callable[[BaseHTTPRequestHandler], None]

PAGE = (
    "<html><head><title>Ferry runs again</title></head><body><article><h1>Ferry runs again</h1>"
    "<p>The ferry across the bay runs again from Monday, the harbour office said in a statement on Friday.</p>"
    "<p>“We have changed both engines,” said Marta Vilela, who heads the office, to reporters at the quay.</p>"
    "</article></body></html>"
)


class Site:
    """A server whose answers the test gives, by path; it counts what it is asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Serve] = {}
        self.asked: list[tuple[str, str | None, str | None]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, self.headers.get("Host"), self.headers.get("User-Agent")))
                serve = site.pages.get(self.path)
                try:
                    if serve is None:
                        self.send_error(404)
                    else:
                        serve(self)
                except OSError:
                    pass  # the reader has hung up, as it should on most of these pages
                self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def policy(self, **options: Any) -> Policy:
        return Policy(**{"allow": ("127.0.0.0/8",), "ports": (80, 443, self.port), "max_seconds": 5, **options})

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def answer(body: bytes, *, status: int = 200, **headers: str) -> Serve:
    """A page with the given body; headers are written with `_` for `-`."""

    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return serve


def redirect(to: str, status: int = 302) -> Serve:
    return answer(b"", status=status, Location=to)


def test_a_plain_page_is_read(site: Site) -> None:
    site.pages["/story"] = answer(PAGE.encode())
    story = load(site.url("/story"), policy=site.policy())
    assert story.url == site.url("/story")
    assert story.text[slice(*(story.headline or (0, 0)))] == "Ferry runs again"
    assert len(story.body()) == 2
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/story"]
    assert all("whence" in (agent or "") for _, _, agent in site.asked)


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(site: Site, packing: str) -> None:
    body = gzip.compress(PAGE.encode()) if packing == "gzip" else zlib.compress(PAGE.encode())
    site.pages["/story"] = answer(body, Content_Encoding=packing)
    assert "changed both engines" in load(site.url("/story"), policy=site.policy()).text


def test_a_body_that_says_it_has_200_megabytes_is_refused_at_once(site: Site) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "200000000")
        handler.end_headers()

    site.pages["/big"] = serve
    with pytest.raises(RefusedError, match="200000000 bytes"):
        load(site.url("/big"), policy=site.policy())


def test_a_body_of_200_megabytes_without_a_length_is_cut_off_and_never_held(site: Site) -> None:
    sent = [0]

    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        piece = b"<p>on and on and on</p>" * 40_000
        while sent[0] < 200_000_000:
            handler.wfile.write(piece)
            sent[0] += len(piece)

    site.pages["/big"] = serve
    tracemalloc.start()
    with pytest.raises(RefusedError, match="above the 2000000 allowed"):
        load(site.url("/big"), policy=site.policy(max_bytes=2_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sent[0] < 100_000_000
    assert peak < 20_000_000


def test_a_decompression_bomb_is_cut_off(site: Site) -> None:
    packer = zlib.compressobj(1, wbits=31)
    bomb = b"".join(packer.compress(b"\x20" * 1_000_000) for _ in range(200)) + packer.flush()
    assert len(bomb) < 1_000_000  # 200 MB in less than one
    site.pages["/bomb"] = answer(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    with pytest.raises(RefusedError, match="unpacked"):
        load(site.url("/bomb"), policy=site.policy(max_bytes=2_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "compress"])
def test_a_packing_that_was_not_asked_for_is_refused(site: Site, packing: str) -> None:
    site.pages["/odd"] = answer(b"\x1b\x00\x00", Content_Encoding=packing)
    with pytest.raises(FormatError, match="not asked for"):
        load(site.url("/odd"), policy=site.policy())


def test_a_body_that_is_not_packed_as_it_says_is_a_clear_error(site: Site) -> None:
    site.pages["/odd"] = answer(PAGE.encode(), Content_Encoding="gzip")
    with pytest.raises(UnreachableError, match="valid HTTP"):
        load(site.url("/odd"), policy=site.policy())


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://2130706433.1/",
        "https://0.0.0.0/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(site: Site, to: str) -> None:
    site.pages["/out"] = redirect(to)
    with pytest.raises(FetchError):
        load(site.url("/out"), policy=site.policy())
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/out"]


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/x", "javascript:alert(1)", "http://u:p@127.0.0.1/"]
)
def test_a_redirect_to_another_scheme_or_with_a_password_is_refused(site: Site, to: str) -> None:
    site.pages["/out"] = redirect(to)
    with pytest.raises(RefusedError):
        load(site.url("/out"), policy=site.policy())


def test_redirects_are_followed_and_counted(site: Site) -> None:
    for i in range(8):
        site.pages[f"/{i}"] = redirect(f"/{i + 1}", 301 + i % 2)
    site.pages["/8"] = answer(PAGE.encode())
    assert load(site.url("/3"), policy=site.policy()).url == site.url("/8")
    with pytest.raises(RefusedError, match="more than 5 times"):
        load(site.url("/0"), policy=site.policy())


def test_a_redirect_loop_ends(site: Site) -> None:
    site.pages["/loop"] = redirect("/loop")
    with pytest.raises(RefusedError, match="more than 5 times"):
        load(site.url("/loop"), policy=site.policy())


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001", "127.1", "0.0.0.0", "[::ffff:127.0.0.1]"]
)
def test_loopback_is_refused_however_it_is_written(site: Site, host: str) -> None:
    with pytest.raises(FetchError, match=r"not a public address|not found"):
        load(site.url("/story", host), policy=Policy(ports=(site.port,)))
    assert site.asked == []


def _names(monkeypatch: pytest.MonkeyPatch, table: dict[str, list[str]]) -> list[str]:
    """Be the resolver for some names, and note which it is asked for; address literals need none."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def fake(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if host.replace(".", "").isdigit():
            return real(host, port, *args, **kwargs)
        asked.append(host)
        if host not in table:
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in table[host]]

    monkeypatch.setattr("whence.ingest.address.socket.getaddrinfo", fake)
    return asked


def test_a_name_that_resolves_to_loopback_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, {"inside.example": ["127.0.0.1"]})
    with pytest.raises(RefusedError, match=r"inside.example leads to 127\.0\.0\.1"):
        load(site.url("/story", "inside.example"), policy=Policy(ports=(site.port,)))
    assert site.asked == []


def test_one_private_address_among_public_ones_refuses_the_host(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _names(monkeypatch, {"mixed.example": ["93.184.215.14", "10.1.2.3"]})
    with pytest.raises(RefusedError, match=r"10\.1\.2\.3"):
        load(site.url("/story", "mixed.example"), policy=Policy(ports=(site.port,)))


def test_the_connection_goes_to_the_checked_address_with_the_hosts_name(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/story"] = answer(PAGE.encode())
    asked = _names(monkeypatch, {"paper.example": ["127.0.0.1"]})
    load(site.url("/story", "paper.example"), policy=site.policy())
    assert asked == ["paper.example"] * 2  # once for robots.txt and once for the page: never again to connect
    assert {host for _, host, _ in site.asked} == {f"paper.example:{site.port}"}


def test_a_server_that_drips_its_body_is_cut_off_in_time(site: Site) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    site.pages["/slow"] = serve
    start = time.monotonic()
    with pytest.raises(UnreachableError, match="longer than 1 seconds"):
        load(site.url("/slow"), policy=site.policy(max_seconds=1))
    assert time.monotonic() - start < 3


def test_a_server_that_drips_its_header_is_cut_off_in_time(site: Site) -> None:
    def serve(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(100):
            handler.wfile.write(b"y")
            handler.wfile.flush()
            time.sleep(0.1)

    site.pages["/slow"] = serve
    start = time.monotonic()
    with pytest.raises(UnreachableError, match="longer than 1 seconds"):
        load(site.url("/slow"), policy=site.policy(max_seconds=1))
    assert time.monotonic() - start < 3


def test_a_name_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr("whence.ingest.address.socket.getaddrinfo", lambda *a, **k: done.wait(5) and [])
    with pytest.raises(UnreachableError, match="not resolved in time"):
        load("http://slow.example/", policy=Policy(max_seconds=0.3))
    done.set()


def test_a_huge_header_is_refused(site: Site) -> None:
    site.pages["/head"] = answer(PAGE.encode(), **{f"X_{i}": "y" * 2000 for i in range(60)})
    with pytest.raises(RefusedError, match="header of"):
        load(site.url("/head"), policy=site.policy())
    site.pages["/many"] = answer(PAGE.encode(), **{f"X_{i}": "y" for i in range(500)})
    with pytest.raises(UnreachableError):
        load(site.url("/many"), policy=site.policy())


def test_what_is_no_http_is_a_clear_error(site: Site) -> None:
    site.pages["/odd"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")  # type: ignore[assignment,return-value]
    with pytest.raises(UnreachableError, match="valid HTTP"):
        load(site.url("/odd"), policy=site.policy())


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451, 500, 503])
def test_an_error_status_is_named(site: Site, status: int) -> None:
    site.pages["/gone"] = answer(b"no", status=status)
    with pytest.raises(UnreachableError, match=f"status {status}"):
        load(site.url("/gone"), policy=site.policy())


def test_robots_txt_is_honoured_and_asked_for_once(site: Site) -> None:
    site.pages["/robots.txt"] = answer(
        b"User-agent: *\nDisallow: /private/\n\nUser-agent: whence\nDisallow: /archive/\n"
    )
    site.pages["/archive/1"] = site.pages["/private/1"] = site.pages["/2"] = answer(PAGE.encode())
    urls = [site.url(p) for p in ("/archive/1", "/private/1", "/2")]
    made = list(load_many(urls, policy=site.policy()))
    assert isinstance(made[0], Failure)
    assert "robots.txt forbids" in made[0].reason
    assert not isinstance(made[1], Failure)  # the rules for whence stand instead of those for all
    assert not isinstance(made[2], Failure)
    assert [path for path, _, _ in site.asked] == ["/robots.txt", "/private/1", "/2"]


def test_a_robots_txt_that_fails_forbids_and_a_missing_one_allows(site: Site) -> None:
    site.pages["/story"] = answer(PAGE.encode())
    assert load(site.url("/story"), policy=site.policy()).text
    site.pages["/robots.txt"] = answer(b"", status=503)
    with pytest.raises(RefusedError, match=r"robots\.txt answers with status 503"):
        load(site.url("/story"), policy=site.policy())


def test_robots_txt_is_asked_for_where_a_redirect_leads(site: Site) -> None:
    other = Site()
    try:
        other.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /\n")
        other.pages["/story"] = answer(PAGE.encode())
        site.pages["/out"] = redirect(other.url("/story"))
        with pytest.raises(RefusedError, match=r"robots\.txt forbids"):
            load(site.url("/out"), policy=site.policy(ports=(site.port, other.port)))
        assert [path for path, _, _ in other.asked] == ["/robots.txt"]
    finally:
        other.close()


def test_a_hostile_robots_txt_costs_no_time(site: Site) -> None:
    rules = "User-agent: *\n" + "Disallow: /" + "*a" * 2000 + "b$\n" + "Disallow: /*/*/*/*/x\n" * 5000
    site.pages["/robots.txt"] = answer(rules.encode())
    path = "/" + "a" * 1500
    site.pages[path] = answer(PAGE.encode())
    start = time.process_time()
    assert load(site.url(path), policy=site.policy()).text
    assert time.process_time() - start < 3


def test_a_pdf_behind_a_html_type_is_named(site: Site) -> None:
    site.pages["/story"] = answer(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3")
    with pytest.raises(FormatError, match=r"PDF file.*pdftotext"):
        load(site.url("/story"), policy=site.policy())


def test_the_declared_encoding_of_the_server_is_used_and_a_wrong_one_is_not(site: Site) -> None:
    page = PAGE.replace("ferry across", "caf\u00e9 by")
    site.pages["/latin"] = answer(page.encode("cp1252"), Content_Type="text/html; charset=iso-8859-1")
    site.pages["/lies"] = answer(page.encode("utf-8"), Content_Type="text/html; charset=koi8-r")
    for path in ("/latin", "/lies"):
        text = load(site.url(path), policy=site.policy()).text
        assert "café by the bay" in text
        assert "“We have" in text


# Pages as files: what a hostile page can do once it is here.


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 100_000 + "<p>deep</p>",
        "<html><body>" + "<b>x" * 100_000,
        "<html><body><table>" + "<tr><td>" * 30_000 + "<table>" * 400,
        "<html><body><p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">x</p>" + PAGE,
        "<html><body>" + "<p>x" * 300_000,
        "<html><body>" + "<span>" * 500_000,
    ],
    ids=["divs", "inline", "tables", "attributes", "paragraphs", "spans"],
)
def test_a_page_over_the_limits_is_refused_quickly(page: str) -> None:
    start = time.process_time()
    with pytest.raises(FormatError, match=r"nested deeper|more than"):
        load(page.encode())
    assert time.process_time() - start < 4


def test_entities_are_not_expanded() -> None:
    bomb = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'lol'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    story = load((bomb + "]>" + PAGE.replace("bay", "bay &j; &xxe;")).encode())
    assert story.text.count("lol") == 0
    external = '<!DOCTYPE html [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>' + PAGE.replace("bay", "bay &xxe;")
    assert "root:" not in load(external.encode()).text


def test_scripts_styles_attributes_and_comments_never_become_text() -> None:
    evil = (
        "<script>SECRET()</script><style>SECRET{}</style><!-- SECRET --><![CDATA[ SECRET ]]>"
        '<p onclick="SECRET" title="SECRET">A second ferry is to follow before the end of the year, it said.</p>'
        '<img alt="SECRET" src=x onerror=SECRET><noscript>SECRET</noscript><template><p>SECRET</p></template>'
        '<iframe srcdoc="<p>SECRET</p>"></iframe><svg><text>SECRET</text></svg><textarea>SECRET</textarea>'
        "<p hidden>SECRET words that stand in a paragraph of their own, as an article has them.</p>"
        '<p style="display : none">SECRET words that stand in a paragraph of their own, as an article has them.</p>'
        '<a href="javascript:SECRET">Tickets cost as much as they did before the ferry was taken out of service.</a>'
    )
    story = load(PAGE.replace("<p>“We", evil + "<p>“We").encode())
    assert "SECRET" not in story.text.replace("]]>", "")
    assert "second ferry" in story.text
    assert all("SECRET" not in link.url for link in story.links)
    assert "SECRET" not in str(story.to_dict())


def test_giant_attributes_and_data_addresses_are_read_past() -> None:
    page = PAGE.replace(
        "<article>", f'<article data-x="{"y" * 3_000_000}"><img src="data:image/png;base64,{"A" * 2_000_000}">'
    )
    story = load(page.encode())
    assert len(story.text) < 1000
    assert "changed both engines" in story.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PAGE.encode("utf-16"), "changed both engines"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "changed both engines"),
        (PAGE.replace("engines", "eng\x00ines").encode(), "changed both engines"),
        (PAGE.encode().replace(b"both", b"b\xff\xfeth"), "engines"),
        (PAGE.replace("<head>", "<head><meta charset=utf-16>").encode(), "changed both engines"),
        (PAGE.replace("<head>", "<head><meta charset=hex>").encode("cp1252"), "“We have changed"),
        (PAGE.replace("<head>", "<head><meta charset=zlib>").encode("cp1252"), "“We have changed"),
        (PAGE.replace("both", "b\x1b\x08oth").encode(), "changed both engines"),
    ],
    ids=["utf-16", "mark", "nul", "damaged", "lies-utf-16", "codec-hex", "codec-zlib", "controls"],
)
def test_broken_encodings_are_read(data: bytes, words: str) -> None:
    assert words in load(data).text


def test_a_json_bomb_in_a_page_is_passed_over() -> None:
    bomb = '<script type="application/ld+json">' + "[" * 200_000 + "</script>"
    wide = '<script type="application/ld+json">[' + ",".join(["{}"] * 200_000) + "]</script>"
    story = load(PAGE.replace("</head>", bomb + wide + "</head>").encode())
    assert "changed both engines" in story.text


def test_lists_of_links_and_unclosed_marks_cost_no_time() -> None:
    noise = (
        "<a href='/x'>link</a> " * 12_000
        + "<ul>"
        + "<li>x" * 12_000
        + "</ul>"
        + "<p><b>" * 50
        + "(" * 50_000
        + "“" * 50_000
    )
    start = time.process_time()
    story = load(PAGE.replace("<article>", f"<div>{noise}</div><article>").encode())
    assert "changed both engines" in story.text
    assert time.process_time() - start < 10


def test_a_plain_text_made_to_hurt_patterns_costs_no_time() -> None:
    lines = [
        "By " + "A" * 150,
        "By " + "A. " * 60,
        "Published " + "12 " * 60,
        "Fact checked by " + "a " * 70,
        "share " * 36 + "!",
        "Photo " + "(" * 200,
        "About " + "x " * 90,
        "1,1,1,1,1,1,1" * 15,
        "'" * 200,
        "\t \t" * 60 + "x",
    ]
    text = "\n\n".join(lines * 200) + "\n" + "\n".join("A b" * 40 for _ in range(2000))
    start = time.process_time()
    assert load(text.encode()).text == text
    assert time.process_time() - start < 4


def test_devices_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    for source, why in ((Path("/dev/zero"), "device"), (tmp_path, "folder"), (tmp_path / "none.txt", "No such file")):
        with pytest.raises(InputError, match=why):
            load(source)


def test_offline_refuses_before_asking_anybody(site: Site) -> None:
    with pytest.raises(RefusedError, match="--offline"):
        load(site.url("/story"), policy=site.policy(), offline=True)
    assert site.asked == []
