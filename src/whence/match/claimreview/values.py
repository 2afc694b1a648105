"""Values of schema.org as publishers really write them: HTML in text, lists for strings, addresses without a host."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

__all__ = ["address", "clean", "day", "first", "language", "number", "strings", "text"]

_SPECIFIC = 8  # lists or objects inside one another in which one value is looked for
_CUT = 100_000  # characters of one value that are looked at
_LISTED = 200  # values of one list that are looked at
_URL_LONGEST = 2_000
_URL_BAD = re.compile('[\\s\x00-\x1f\x7f-\x9f<>"\\\\\ud800-\udfff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
_SILENT = ("script", "style")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_DOUBLY = re.compile(
    "[\u00c2\u00c3\u00e2][\u0080-\u00bf\u20ac\u2018-\u201d\u2020-\u2026\u2013\u2014\u02c6\u02dc\u0152-\u017e]"
)
_BROKEN_BYTES = {0x81: 0x81, 0x8D: 0x8D, 0x8F: 0x8F, 0x90: 0x90, 0x9D: 0x9D}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].{0,40})?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%a, %d %b %Y %H:%M:%S %z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_NUMBER = re.compile(r"\s*([+-]?\d{1,12}(?:[.,]\d{1,6})?)\s*(?:/\s*\d{1,6}\s*)?")


def first(value: Any, *keys: str) -> Any:
    """The first of some keys of an object that holds something; None where it is no object or holds none."""
    if not isinstance(value, Mapping):
        return None
    for key in keys:
        found = value.get(key)
        if found not in (None, "", [], {}):
            return found
    return None


def strings(value: Any, *keys: str) -> list[str]:
    """Every string of a value: itself, those of a list, and of an object those under its keys, first key first.

    Args:
        value: a string, number, object or list of them.
        keys: of an object, where its string may stand; `@value`, as JSON-LD has it, always counts.
    """
    out: list[str] = []
    stack: list[tuple[Any, int]] = [(value, 0)]
    while stack and len(out) < _LISTED:
        at, depth = stack.pop()
        if isinstance(at, str):
            out.append(at)
        elif isinstance(at, (int, float)) and not isinstance(at, bool):
            out.append(str(at))
        elif depth < _SPECIFIC and isinstance(at, list):
            stack.extend((v, depth + 1) for v in reversed(at[:_LISTED]))
        elif depth < _SPECIFIC and isinstance(at, Mapping):
            found = first(at, "@value", *keys)
            if found is not None:
                stack.append((found, depth + 1))
    return out


def clean(raw: str) -> str:
    """A text without markup: entities resolved (also those that were escaped twice), tags and controls removed.

    Text in UTF-8 that was once read as Western European ("Ã©") is read again. White space becomes single spaces.
    """
    out = raw[:_CUT]
    for _ in range(3):
        plain = unescape(_stripped(out)) if "&" in out or "<" in out else out
        if plain == out:
            break
        out = plain
    if _DOUBLY.search(out):
        out = _read_again(out)
    return " ".join(_CONTROLS.sub("", out).split())


def text(value: Any, *keys: str) -> str:
    """The first text in a value that is not empty once it is clean, or ""."""
    return next((found for raw in strings(value, *keys) if (found := clean(raw))), "")


def address(value: Any, base: str | None, *keys: str) -> str:
    """The first http(s) address in a value, made absolute, or ""."""
    for raw in strings(value, *(keys or ("url", "@id", "contentUrl"))):
        url = unescape(raw).strip()
        if not url or len(url) > _URL_LONGEST or url.startswith("#"):
            continue
        try:
            url = urljoin(base, url) if base else f"https:{url}" if url.startswith("//") else url
            parts = urlsplit(url)
            host = parts.hostname
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and host and "." in host and not _URL_BAD.search(url):
            return url
    return ""


def day(value: Any) -> str | None:
    """The first date in a value as ISO 8601 (a day, or a month or year where that is all it says), or None.

    A date that could mean two days (03/04/2021) is none.
    """
    for raw in strings(value):
        found = _day(clean(raw))
        if found is not None:
            return found
    return None


def _day(said: str) -> str | None:
    for pattern in (_DAY, _COMPACT):
        if match := pattern.fullmatch(said):
            try:
                return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                return None
    if (match := _MONTH.fullmatch(said)) and 1 <= int(match[2]) <= 12 and int(match[1]) > 0:
        return said
    if _YEAR.fullmatch(said) and said > "1000":
        return said
    for form in _WRITTEN:
        try:
            return datetime.strptime(said[:40], form).date().isoformat()
        except ValueError:
            continue
    return None


def number(value: Any) -> float | None:
    """The first number in a value ("3", 3, "3,5", "2/5"), or None."""
    for raw in strings(value):
        if match := _NUMBER.fullmatch(raw):
            return float(match[1].replace(",", "."))
    return None


def language(value: Any) -> str:
    """A language tag (BCP 47) of a value ("en-GB", {"alternateName": "en"}), or ""."""
    for raw in strings(value, "alternateName", "name", "identifier"):
        if _LANGUAGE.fullmatch(raw.strip()) and len(raw.strip()) != 4:
            return raw.strip().replace("_", "-")
        if (named := _NAMED.get(raw.strip().casefold())) is not None:
            return named
    return ""


_NAMED = {
    "english": "en", "spanish": "es", "español": "es", "french": "fr", "français": "fr", "german": "de",
    "deutsch": "de", "portuguese": "pt", "português": "pt", "italian": "it", "italiano": "it", "arabic": "ar",
    "hindi": "hi", "turkish": "tr", "indonesian": "id", "polish": "pl", "dutch": "nl", "russian": "ru",
}  # fmt: skip


def _stripped(raw: str) -> str:
    for name in _SILENT:
        for _ in range(_LISTED):
            lower = raw.lower()
            start = lower.find(f"<{name}")
            end = lower.find(f"</{name}", start) if start >= 0 else -1
            close = lower.find(">", end) if end >= 0 else -1
            if close < 0:
                break
            raw = f"{raw[:start]} {raw[close + 1 :]}"
    return _TAG.sub(" ", raw)


def _read_again(said: str) -> str:
    try:
        data = b"".join(bytes([ord(c)]) if ord(c) in _BROKEN_BYTES else c.encode("cp1252") for c in said)
        return data.decode("utf-8")
    except UnicodeError:
        return said
