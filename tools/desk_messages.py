"""Gather what the desk's pages say into its catalogues, and compile them.

usage: python tools/desk_messages.py [--compile]

Without an option: gathers the texts of templates and code (needs GNU gettext), keeps the translations that there are,
compiles, and says what is not translated. With `--compile`: only compiles, which needs nothing.
"""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import tempfile
from ast import literal_eval
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DESK = ROOT / "src/whence/desk"

_FIELD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+(".*")$')


def entries(po: str) -> Iterator[dict[str, str]]:
    """Read a catalogue: one dictionary a message, with the fields that the format has; those out of use are left out.

    Args:
        po: text of the file (GNU gettext manual, "The Format of PO Files").
    """
    entry: dict[str, str] = {}
    field = ""
    for line in [*po.splitlines(), ""]:
        found = _FIELD.match(line)
        if found:
            field = found.group(1)
            entry[field] = literal_eval(found.group(2))
        elif line.startswith('"'):
            entry[field] += literal_eval(line)
        elif line.startswith("#, ") and "fuzzy" in line:
            entry["fuzzy"] = "yes"
        elif not line.strip():
            if "msgid" in entry:
                yield entry
            entry, field = {}, ""


def strings(entry: dict[str, str]) -> list[str]:
    """Return a message's translations: one, or one for each plural form."""
    return [entry[name] for name in sorted(entry) if name.startswith("msgstr")]


def compiled(po: str) -> bytes:
    """Compile a catalogue (GNU gettext manual, "The Format of GNU MO Files"); messages without translation stay out.

    Args:
        po: text of the file.
    """
    table: dict[bytes, bytes] = {}
    for entry in entries(po):
        said = strings(entry)
        if ("fuzzy" in entry and entry["msgid"]) or not all(said):
            continue
        key = entry["msgid"]
        if "msgctxt" in entry:
            key = f"{entry['msgctxt']}\x04{key}"
        if "msgid_plural" in entry:
            key = f"{key}\0{entry['msgid_plural']}"
        table[key.encode()] = "\0".join(said).encode()
    keys = sorted(table)
    head = 7 * 4
    at = head + 16 * len(keys)
    places: list[tuple[int, int]] = []
    for text in [*keys, *(table[key] for key in keys)]:
        places.append((len(text), at))
        at += len(text) + 1
    out = struct.pack("<7I", 0x950412DE, 0, len(keys), head, head + 8 * len(keys), 0, head + 16 * len(keys))
    out += b"".join(struct.pack("<2I", *place) for place in places)
    return out + b"".join(text + b"\0" for text in [*keys, *(table[key] for key in keys)])


def main() -> int:
    """Gather, compile, and count what is not translated."""
    if sys.argv[1:] != ["--compile"]:
        with tempfile.TemporaryDirectory() as home:
            subprocess.run(
                [
                    sys.executable, "-m", "whence.desk.manage", "makemessages", "--locale", "de", "--no-wrap",
                    "--add-location", "file", "--no-obsolete",
                ],
                cwd=DESK,
                env=os.environ | {"WHENCE_DESK_HOME": home, "PYTHONPATH": str(ROOT / "src")},
                check=True,
            )  # fmt: skip
    missing = 0
    for path in sorted((DESK / "locale").glob("*/LC_MESSAGES/django.po")):
        text = re.sub(r'^"POT-Creation-Date: .*\n', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(text))
        for entry in entries(text):
            if entry["msgid"] and ("fuzzy" in entry or not all(strings(entry))):
                missing += 1
                print(f"{path.parent.parent.name}: not translated: {entry['msgid']!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
