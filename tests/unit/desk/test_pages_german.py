"""The German catalogue: complete, compiled as it stands, and true to what it translates."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
PO = ROOT / "src/whence/desk/locale/de/LC_MESSAGES/django.po"


def test_the_compiled_catalogue_is_the_one_that_is_read(messages_tool: Any) -> None:
    """`python tools/desk_messages.py --compile` makes it so."""
    assert PO.with_suffix(".mo").read_bytes() == messages_tool.compiled(PO.read_text(encoding="utf-8"))


def test_what_was_compiled_is_understood_by_python(messages_tool: Any) -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        german = gettext.GNUTranslations(file)
    assert german.gettext("Sources") == "Quellen"
    assert german.ngettext("%(n)s statement", "%(n)s statements", 2) == "%(n)s Aussagen"
    assert german.pgettext("kind of source", "state") == "Staat"


def test_nothing_is_left_untranslated(messages_tool: Any) -> None:
    entries = list(messages_tool.entries(PO.read_text(encoding="utf-8")))
    assert len(entries) > 500
    missing = [e["msgid"] for e in entries if e["msgid"] and ("fuzzy" in e or not all(messages_tool.strings(e)))]
    assert missing == []


def test_places_and_tags_are_kept(messages_tool: Any) -> None:
    places = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+[^>]*>")
    for entry in messages_tool.entries(PO.read_text(encoding="utf-8")):
        if entry["msgid"]:
            wanted = [entry["msgid"], entry.get("msgid_plural", "")]
            for said in messages_tool.strings(entry):
                assert sorted(places.findall(said)) in [sorted(places.findall(w)) for w in wanted], entry["msgid"]


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_everything_that_is_said_is_in_it(messages_tool: Any, tmp_path: Path) -> None:
    """Gathers anew, in a copy: what is in templates and code and not in the catalogue has no translation."""
    copy = tmp_path / "desk"
    shutil.copytree(PO.parents[3], copy, ignore=shutil.ignore_patterns("__pycache__"))
    command = (
        "import django.core.management as m; m.execute_from_command_line(['', 'makemessages', '-l', 'de', '-v', '0'])"
    )
    subprocess.run([sys.executable, "-c", command], cwd=copy, check=True, capture_output=True)
    known = {(e.get("msgctxt"), e["msgid"]) for e in messages_tool.entries(PO.read_text(encoding="utf-8"))}
    gathered = (copy / "locale/de/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    said = {(e.get("msgctxt"), e["msgid"]) for e in messages_tool.entries(gathered)}
    assert sorted(str(m[1]) for m in said - known) == []
