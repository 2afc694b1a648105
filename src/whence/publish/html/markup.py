"""HTML written as nested calls, escaped unless said otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whence.publish.safe import BIDI, printable, scalar

__all__ = ["Child", "Markup", "attribute", "join", "tag", "words"]


class Markup(str):
    """Text that is HTML already; every other string is escaped on its way in."""

    __slots__ = ()


Child = str | None | Iterable["str | None"]

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
_SPECIAL = re.compile("[&<>\"'\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_VOID = frozenset({"meta", "rect", "line"})


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ENTITIES:
        return _ENTITIES[char]
    if char in BIDI:
        # Isolated by the style sheet, so that it stays in the text and can no longer turn what follows it.
        return f'<span class="ctl" data-u="U+{ord(char):04X}">{char}</span>'
    # The picture of a control character: HTML forbids the character itself.
    return chr(0x2421 if char == "\x7f" else 0x2400 + ord(char))


def words(text: str) -> Markup:
    """A story's text as HTML: the same characters, none of which can act.

    Controls that HTML forbids become their pictures (U+2400 to U+2421), halves of surrogate pairs U+FFFD.
    """
    return Markup(_SPECIAL.sub(_shown, scalar(text)))


def attribute(text: str) -> Markup:
    """A value for a double-quoted attribute or for `<title>`; acting characters are shown by their code."""
    return Markup(_SPECIAL.sub(lambda m: _ENTITIES.get(m.group(), ""), printable(text)))


def join(*children: Child) -> Markup:
    """Children one after another: `None` is left out, plain strings are escaped, iterables are joined."""
    out: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            out.append(child if isinstance(child, Markup) else words(child))
        else:
            out.append(join(*child))
    return Markup("".join(out))


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """An element.

    Args:
        name: the element's name; void elements take no children.
        attributes: `class_` is class, `data_n` is data-n; None and False are left out, True stands without a value.
    """
    written = [name]
    for key, value in attributes.items():
        label = key.rstrip("_").replace("_", "-")
        if value is None or value is False:
            continue
        written.append(label if value is True else f'{label}="{attribute(str(value))}"')
    opening = " ".join(written)
    # The slash is idle in HTML and needed in SVG, where every element can have children.
    return Markup(f"<{opening}/>" if name in _VOID else f"<{opening}>{join(*children)}</{name}>")
