"""From whatever carries a badge to the record behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.verification import community as made
from whence.errors import FetchError, FormatError, InputError, VerificationError
from whence.publish.badge import badge_html, record_link, to_badge
from whence.publish.badge_svg import badge_svg
from whence.publish.record_json import to_record_json
from whence.verification import discovery, find_record

RECORD = made.page()
URL = RECORD.url
HOME = "https://desk.example/"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Pages by address, in place of the network."""
    pages = {URL: to_record_json(RECORD)}

    class Answer:
        def __init__(self, text: str) -> None:
            self.body = text.encode()

    class Net:
        def __init__(self, policy: object) -> None:
            pass

        def fetch(self, url: str) -> Answer:
            if url not in pages:
                raise FetchError(f"{url} answers with status 404")
            return Answer(pages[url])

    monkeypatch.setattr(discovery, "Fetcher", Net)
    return pages


def test_every_form_of_badge_leads_to_the_record(web: dict[str, str], tmp_path: Path) -> None:
    badge = RECORD.badge()
    forms = {
        "badge.json": json.dumps(to_badge(badge)),
        "badge.svg": badge_svg(badge, "dark"),
        "page.html": f"<!doctype html><title>x</title><p>{badge_html(badge)}",
        "record.html": f"<!doctype html><head>{record_link(URL).replace(HOME, '/')}</head>",
        "record.json": to_record_json(RECORD),
    }
    for name, text in forms.items():
        web[HOME + name] = text
        assert find_record(HOME + name).record == RECORD, name
        if name != "record.html":  # a file has no address against which a relative one could be resolved
            (tmp_path / name).write_text(text, encoding="utf-8")
            assert find_record(str(tmp_path / name)).record == RECORD, name


def test_a_badge_that_says_something_else_is_caught(web: dict[str, str]) -> None:
    more = RECORD.badge().line.replace("0 of 5", "5 of 5")
    for name, text in (
        ("badge.svg", badge_svg(RECORD.badge()).replace("0 of 5", "5 of 5")),
        ("page.html", badge_html(RECORD.badge()).replace("0 of 5", "5 of 5")),
        ("badge.json", json.dumps(to_badge(RECORD.badge()) | {"line": more})),
    ):
        web[HOME + name] = text
        with pytest.raises(VerificationError, match=r"the badge says “5 of 5 .*”, and its record “0 of 5"):
            find_record(HOME + name)


def test_what_leads_nowhere_is_named(web: dict[str, str], tmp_path: Path) -> None:
    web[HOME] = "<p>No badge here</p>"
    with pytest.raises(InputError, match="is no record and names none"):
        find_record(HOME)
    web[HOME] = record_link(HOME)
    with pytest.raises(InputError, match="leads on and on"):
        find_record(HOME)
    web[HOME] = badge_html(RECORD.badge()) + badge_html(made.page(url="https://desk.example/other.json").badge())
    with pytest.raises(InputError, match="badges of several stories"):
        find_record(HOME)
    (tmp_path / "badge").write_text('<a data-record="file:///etc/passwd">x</a>')
    with pytest.raises(InputError, match="no http"):
        find_record(str(tmp_path / "badge"))
    with pytest.raises(InputError, match="cannot be read"):
        find_record(str(tmp_path / "absent"))
    (tmp_path / "badge").write_text("{broken")
    with pytest.raises(FormatError, match="begins like one"):
        find_record(str(tmp_path / "badge"))
    (tmp_path / "badge").write_text(badge_svg(RECORD.badge()))
    with pytest.raises(InputError, match="save that to a file"):
        find_record(str(tmp_path / "badge"), offline=True)
