"""`whence factchecks`, `whence match` and `whence worth` through the front door."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from whence.cli.main import main

Run = Callable[..., CompletedProcess[str]]
SAMPLES = Path(__file__).parents[2] / "samples"
PAGE, TABLE, STORY = SAMPLES / "factcheck-page.html", SAMPLES / "factchecks.csv", SAMPLES / "harbour-blockade.txt"
CLAIM = "At least 14 ships were turned back from Port Aurel in one week"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample's fact-checks, and the index beside it."""
    path = tmp_path_factory.mktemp("made") / "checks.sqlite"
    words = [sys.executable, "-m", "whence", "factchecks", "add", str(PAGE), str(TABLE), "--store", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "7 new" in done.stdout
    return path


@pytest.fixture
def filled(made: Path, tmp_path: Path) -> Path:
    """A copy of that store of which a test can do what it likes."""
    shutil.copytree(made.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / made.name


def test_add_match_and_nothing_found(whence: Run, filled: Path) -> None:
    done = whence("match", CLAIM, "--store", filled)
    assert done.returncode == 0, done.stderr
    assert "“Mostly true” – The Plumb Line, 12 March 2024" in done.stdout
    assert "https://plumbline.example/checks/fourteen-ships" in done.stdout
    assert "[" in done.stdout  # words that agree are marked without colour, too
    none = whence("match", "Bees prefer the sugar of lime blossom to any other", "--store", filled)
    assert none.returncode == 0
    assert none.stdout.startswith("none found: of 7 fact-checks none scores ")


def test_the_default_store_is_in_the_user_s_data_folder(whence: Run, tmp_path: Path) -> None:
    missing = whence("match", CLAIM)
    assert missing.returncode == 2
    assert "whence factchecks add" in missing.stderr
    assert "Traceback" not in missing.stderr
    assert whence("factchecks", "add", TABLE, XDG_DATA_HOME=str(tmp_path / "data")).returncode == 0
    assert (tmp_path / "data/whence/factchecks.sqlite").is_file()
    assert "6 fact-checks" in whence("factchecks", "stats", XDG_DATA_HOME=str(tmp_path / "data")).stdout


def test_json_holds_spans_into_the_texts(whence: Run, filled: Path) -> None:
    done = whence("match", CLAIM, "--store", filled, "--format", "json")
    found = json.loads(done.stdout)
    assert (found["version"], found["factchecks"], found["text"]) == (1, 7, CLAIM)
    best = found["matches"][0]
    assert best["factcheck"]["rating"] == "Mostly true"
    assert best["score"] >= found["threshold"]
    assert best["agreements"]
    for agreement in best["agreements"]:
        (a, b), (c, d) = agreement["query"], agreement["claim"]
        assert CLAIM[a:b].strip()
        assert best["factcheck"]["claim"][c:d].strip()


def test_filters_and_limits(whence: Run, filled: Path) -> None:
    everything = ("--store", filled, "--threshold", "0", "--format", "json")
    for option, value in (("--publisher", "lantern"), ("--until", "2023-12-31"), ("--language", "pt")):
        found = json.loads(whence("match", "Port Aurel grain harbour mines", *everything, option, value).stdout)
        checks = [m["factcheck"] for m in found["matches"]]
        if option == "--language":
            assert checks == []
        else:
            assert checks
            assert all(c["publisher"] == "Lantern Desk" or c["published"] <= "2023-12-31" for c in checks)
    assert len(json.loads(whence("match", "Port Aurel", *everything, "--top", "1").stdout)["matches"]) == 1


def test_a_story_in_three_formats(whence: Run, filled: Path, tmp_path: Path) -> None:
    story = ("match", "--story", STORY, "--store", filled, "--published", "2024-03-14", "--threshold", "0.2")
    text = whence(*story)
    assert text.returncode == 0, text.stderr
    assert "statements have been checked before" in text.stdout
    found = json.loads(whence(*story, "--format", "json").stdout)
    ids = {s["id"] for s in found["reading"]["statements"]}
    assert found["statements"]
    assert all(s["statement"] in ids and s["matches"] for s in found["statements"])
    denied = next(s for s in found["statements"] if s["text"] == "that any ship had been turned back")
    assert denied["matches"][0]["stance"] == "denial"  # the ministry denied it
    assert whence(*story, "--out", tmp_path / "r.html").returncode == 0
    html = (tmp_path / "r.html").read_text()
    assert html.count("Checked before") >= 2
    assert "The Plumb Line" in html


def test_the_same_bytes_every_time(whence: Run, filled: Path) -> None:
    runs = {whence("match", CLAIM, "--store", filled, "--format", "json").stdout for _ in range(2)}
    assert len(runs) == 1


def test_the_index_follows_the_store(whence: Run, filled: Path, tmp_path: Path) -> None:
    kept = filled.with_name("checks.sqlite.index")
    assert kept.is_dir()
    shown = whence("factchecks", "list", "fourteen", "ships", "--store", filled, "--json")
    assert shown.stdout == ""
    (check,) = [
        json.loads(line)
        for line in whence("factchecks", "list", "turned back", "--store", filled, "--json").stdout.splitlines()
    ]
    assert "1 removed; 6" in whence("factchecks", "remove", check["id"][:6], "--store", filled).stdout
    gone = json.loads(whence("match", CLAIM, "--store", filled, "--format", "json", "--threshold", "0").stdout)
    assert gone["factchecks"] == 6
    assert check["id"] not in [m["factcheck"]["id"] for m in gone["matches"]]
    assert "1 new" in whence("factchecks", "add", PAGE, "--store", filled).stdout
    for file in sorted(kept.rglob("*")):
        if file.is_file():
            file.write_bytes(b"damaged")
    again = whence("match", CLAIM, "--store", filled)
    assert again.returncode == 0, again.stderr
    assert "Mostly true" in again.stdout


@pytest.mark.parametrize("format", ["jsonl", "csv", "claimreview"])
def test_what_is_exported_can_be_added_again(whence: Run, filled: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"out.{format}"
    assert whence("factchecks", "export", "--store", filled, "--format", format, "--out", out).returncode == 0
    out = out.rename(tmp_path / {"jsonl": "o.jsonl", "csv": "o.csv", "claimreview": "o.json"}[format])
    done = whence("factchecks", "add", out, "--store", tmp_path / "second.sqlite", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new"] == 7
    listed = [whence("factchecks", "list", "--json", "--store", s).stdout for s in (filled, tmp_path / "second.sqlite")]
    first, second = ([json.loads(line) for line in text.splitlines()] for text in listed)
    keys = ("id", "claim", "url", "publisher", "rating", "verdict", "published", "claimant", "claim_date")
    assert [{k: c[k] for k in keys} for c in first] == [{k: c[k] for k in keys} for c in second]


def test_refused_sources_are_counted_with_the_reason(whence: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"claim": ""}\n{"claim": "A claim of nobody."}\nnot json\n{"claim": "Sound.", "publisher": "P"}\n')
    done = whence("factchecks", "add", bad, "--store", tmp_path / "s.sqlite", "--json")
    assert done.returncode == 3
    counts = json.loads(done.stdout)
    assert counts["new"] == 1
    assert counts["refused"] == {"no-claim": 1, "no-publisher": 1, "unreadable": 1}
    assert "bad.jsonl:1" in done.stderr


def test_nothing_of_a_hostile_page_acts_on_the_screen(whence: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\u202eThe bridge <script>alert(1)</script><img src=x onerror=alert(1)> is \x9bsafe"
    review = {
        "@type": "ClaimReview",
        "claimReviewed": evil,
        "url": "https://plumb.example/\x1b[31m",
        "author": {"name": evil},
        "itemReviewed": {"@type": "Claim", "author": {"name": evil}},
        "reviewRating": {"alternateName": evil},
        "name": evil,
    }
    escaped = json.dumps(review).replace("</", "<\\/")
    page = tmp_path / "evil\x1b[31m.html"
    page.write_text(f'<html><head><script type="application/ld+json">{escaped}</script></head></html>')
    store = tmp_path / "s.sqlite"
    # What an older version or another program may have stored reaches the screen as little.
    assert whence("factchecks", "add", page, tmp_path / "none\x1b[31m.html", "--store", store).returncode == 3
    with sqlite3.connect(store) as db:
        record = json.loads(db.execute("SELECT record FROM factchecks").fetchone()[0])
        for field in ("claim", "publisher", "rating", "claimant", "title"):
            record[field] = evil
        record["url"] = "javascript:alert(1)//\x1b"
        db.execute("UPDATE factchecks SET record = ?", (json.dumps(record),))
        db.execute("UPDATE meta SET value = 'fresh' WHERE name = 'history'")
    db.close()
    for words in (
        ("factchecks", "list"),
        ("factchecks", "stats"),
        ("match", "The bridge is safe", "--threshold", "0", "--explain"),
        ("match", "The bridge is safe", "--threshold", "0", "--format", "html"),
    ):
        done = whence(*words, "--store", store)
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout + done.stderr) & set("\x1b\x07"), words
        if words[-1] == "html":
            assert "<script>alert" not in done.stdout
            assert "<img" not in done.stdout
            assert 'href="javascript' not in done.stdout
        else:
            assert not set(done.stdout) & set("\u202e\x9b")


def test_a_spreadsheet_runs_nothing_that_is_exported(whence: Run, tmp_path: Path) -> None:
    source = tmp_path / "s.jsonl"
    source.write_text(json.dumps({"claim": "=HYPERLINK(1)", "publisher": "@P", "rating": "-1+2"}) + "\n")
    store = tmp_path / "s.sqlite"
    whence("factchecks", "add", source, "--store", store)
    table = whence("factchecks", "export", "--format", "csv", "--store", store).stdout
    assert "'=HYPERLINK(1)" in table
    assert ",'@P," in table


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("match",), "TEXT, or --story"),
        (("match", "x", "--story", "y"), "and not both"),
        (("match", " "), "empty"),
        (("match", "x", "--threshold", "2", "--store", "{store}"), "threshold lies in 0..1"),
        (("match", "x", "--top", "0", "--store", "{store}"), "1..100"),
        (("match", "x", "--store", "{story}"), "no store"),
        (("match", "x", "--statements", "{story}"), "no reading"),
        (("match", "x", "--statements", "none.jsonl"), "cannot be opened"),
        (("factchecks", "remove", "--store", "{store}"), "needs an id or a filter"),
        (("factchecks", "remove", "ffffffffffff", "--store", "{store}"), "no fact-check is meant"),
        (("factchecks", "list", "--verdict", "wrong", "--store", "{store}"), "a verdict is one of"),
        (("factchecks", "list", "--since", "soon", "--store", "{store}"), "ISO 8601"),
        (("worth", "{story}", "--weight", "figure"), "NAME=NUMBER"),
        (("worth", "{story}", "--weight", "colour=1"), "got 'colour'"),
        (("worth", "{story}", "--weight", "figure=99"), "-10..10"),
    ],
)
def test_wrong_usage_is_one_line_with_the_remedy(
    made: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([w.format(store=made, story=STORY) for w in words]) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert STORY.read_text().startswith("Costrava")


def test_who_else_said_this(whence: Run, tmp_path: Path) -> None:
    other = tmp_path / "wharf.txt"
    other.write_text(
        "Port reopens\n\nThe port authority said on Friday that 31 ships had been turned back from Port Aurel last "
        "week. Costrava denied that any ships had been turned back last week.\n"
    )
    for suffix in ("jsonl", "parquet"):
        archive = tmp_path / f"readings.{suffix}"
        assert whence("read", STORY, other, "--published", "2024-03-16", "--out", archive, "--quiet").returncode == 0
        words = ("match", "--statements", archive, "At least 14 ships were turned back last week", "--format", "json")
        done = whence(*words)
        assert done.returncode == 0, done.stderr
        (asked,) = json.loads(done.stdout)["texts"]
        stances = {s["said"]["text"]: s["stance"] for s in asked["statements"]}
        assert next(v for k, v in stances.items() if "14 ships" in k) == "same"
        assert next(v for k, v in stances.items() if "31 ships" in k) == "different-figure"
        assert "denial" in stances.values()
        (pair,) = next(s["figures"] for s in asked["statements"] if "31 ships" in s["said"]["text"])
        assert (pair["same"], pair["agree"]) == (False, True)  # "at least 14" leaves room for 31
    text = whence("match", "--statements", archive, "At least 14 ships were turned back last week").stdout
    assert "another figure: At least 14 here, 31 there; both can be right" in text


def test_what_is_worth_checking(whence: Run, tmp_path: Path) -> None:
    done = whence("worth", STORY, "--published", "2024-03-14", "--format", "json")
    found = json.loads(done.stdout)
    scores = [s["score"] for s in found["statements"]]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert "figure" in [p["name"] for p in found["statements"][0]["parts"]]
    weights = tmp_path / "desk.toml"
    weights.write_text("[weights]\nfigure = 0\nopinion = 5.0\n")
    changed = json.loads(whence("worth", STORY, "--weights", weights, "--weight", "named=1", "--format", "json").stdout)
    assert (changed["weights"]["figure"], changed["weights"]["opinion"], changed["weights"]["named"]) == (0, 5, 1)
    assert "opinion" in [p["name"] for p in changed["statements"][0]["parts"]]
