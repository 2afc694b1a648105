"""JSON as pages really hold it: in comments, with commas too many, with keys given twice; read with limits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

from whence.errors import FormatError

__all__ = ["MAX_CHARACTERS", "MAX_DEPTH", "loads"]

MAX_CHARACTERS = 4_000_000
"""Characters of one JSON text, at most; honest ones, even with an article's whole text inside, have some 200,000."""

MAX_DEPTH = 60
"""Objects and lists inside one another, at most; a ClaimReview needs five."""

_MAX_VALUES = 1_000
"""Values that may stand one after another in one text."""

# A string runs to its closing quote or, where that is missing, to the end: so no text is scanned twice.
_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*+(?:"|\\?\Z))'
    r"|(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)|//[^\n]*+|<!--(?:[^-]|-(?!->))*+(?:-->|\Z))"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<space>[ \t\r\n\x0b\x0c\ufeff\xa0\u2028\u2029]+)"
    r"|(?P<rest>.)",
    re.DOTALL,
)
_MARKS = re.compile(r"(?://|/\*)?\s{0,20}(?:<!\[CDATA\[|\]\]>)\s{0,20}(?:\*/)?")
_ESCAPE = re.compile(r'\\(?:(["\\/bfnrt]|u[0-9a-fA-F]{4})|(.))', re.DOTALL)


def loads(text: str, name: str) -> tuple[list[Any], tuple[str, ...]]:
    """Read the JSON values of a text, mending what can be mended without guessing.

    Mended are: comments and CDATA marks around or inside it, commas before a closing bracket, values one after another,
    control characters and unknown escapes in strings, text whose quotation marks are written as HTML entities, and keys
    given twice (the last one counts, as for every reader of JSON).

    Args:
        text: at most `MAX_CHARACTERS` characters, nested at most `MAX_DEPTH` deep.
        name: what to call it in messages.

    Returns:
        The values in their order, and a few words for each kind of mending.

    Raises:
        FormatError: it is too long or too deep, or no JSON after all.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"{name} has {len(text)} characters of JSON, more than the {MAX_CHARACTERS} that are read")
    repairs: dict[str, None] = {}

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        out = dict(items)
        if len(out) < len(items):
            repairs["a key is given twice: the last one counts"] = None
        return out

    text = text.strip().lstrip("\ufeff")
    _check_depth(text, name)
    decoder = json.JSONDecoder(strict=False, object_pairs_hook=pairs)
    try:
        return [decoder.decode(text)], tuple(repairs)
    except (ValueError, RecursionError):
        repairs.clear()
    mended = _mended(text, repairs.setdefault)
    return _values(mended.strip(" ,"), decoder, name, repairs), tuple(repairs)


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "open":
            depth += 1
            if depth > MAX_DEPTH:
                raise FormatError(f"{name} holds JSON nested deeper than {MAX_DEPTH} levels")
        elif match.lastgroup == "close":
            depth -= 1


def _mended(text: str, say: Callable[[str], object]) -> str:
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
        say("quotation marks were written as HTML entities")
    bare = text
    if bare.startswith("<!--") and bare.find("-->") == len(bare) - 3:
        bare = bare[4:-3]
    bare = _MARKS.sub("", bare) if "<![CDATA[" in bare[:300] else bare
    if bare != text:
        say("comment or CDATA marks around the JSON")
    out: list[str] = []
    comma: int | None = None  # where in `out` a comma stands that nothing has followed yet
    for match in _TOKEN.finditer(bare.strip().rstrip(";")):
        kind, piece = match.lastgroup, match[0]
        if kind == "comment":
            say("a comment inside the JSON")
            continue
        if kind == "close" and comma is not None:
            out[comma] = ""
            say("a comma before a closing bracket")
        if kind == "string":
            piece = _escapes(piece, say)
        elif kind == "space":
            out.append(" ")
            continue
        comma = len(out) if kind == "comma" else None
        out.append(piece)
    return "".join(out)


def _escapes(string: str, say: Callable[[str], object]) -> str:
    def one(match: re.Match[str]) -> str:
        if match[1]:
            return match[0]
        say("an escape in a string that JSON does not know")
        return match[2] if match[2] == "'" else "\\\\" + match[2]

    return _ESCAPE.sub(one, string) if "\\" in string else string


def _values(text: str, decoder: json.JSONDecoder, name: str, repairs: dict[str, None]) -> list[Any]:
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except RecursionError:
            raise FormatError(f"{name} holds JSON nested too deeply") from None
        except ValueError as e:
            where = text[max(0, getattr(e, "pos", 0) - 12) : getattr(e, "pos", 0) + 12]
            reason = " ".join(str(getattr(e, "msg", e)).split())[:80]
            raise FormatError(f"{name} holds no valid JSON ({reason}, near {where!r})") from None
        values.append(value)
        while at < len(text) and text[at] in " ,;\t\r\n":
            at += 1
        if len(values) > _MAX_VALUES:
            raise FormatError(f"{name} holds more than {_MAX_VALUES} JSON values one after another")
    if not values:
        raise FormatError(f"{name} holds no JSON: it is empty")
    if len(values) > 1:
        repairs["several JSON values one after another"] = None
    return values
