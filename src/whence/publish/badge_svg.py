"""A story's badge as an SVG image: no script, no link, no font or picture from elsewhere."""

from __future__ import annotations

from html import escape

from whence.publish.badge import THEMES, Theme
from whence.publish.safe import printable, safe_url
from whence.records.badge import BadgeFacts

__all__ = ["badge_svg"]

_HEIGHT = 28
_SIZE = 12  # of the font, px
_ICON = 30  # where the text begins, px
_END = 11  # room behind it, px

# Advance widths of the line's characters in Verdana, in thousandths of the font's size; other fonts are fitted to them.
_WIDTHS = {" ": 352, ",": 364, "f": 352, "h": 633, "i": 274, "k": 592, "m": 973, "n": 633, "o": 607, "s": 521, "t": 394,
           "w": 818, "a": 601, "c": 521, "d": 623, "e": 596}  # fmt: skip
_DIGIT = 636

# Ink, paper, frame and the sign's colour: text on paper has a contrast of 12 to 1 and more.
_COLOURS: dict[Theme, tuple[str, str, str, str]] = {
    "light": ("#22201a", "#fbfaf6", "#8a8578", "#5b4b8a"),
    "dark": ("#f3f0e6", "#22211d", "#7d7868", "#c3b5f0"),
    "text": ("#22201a", "none", "none", "#5b4b8a"),
}
# Text without paper stands on the page's own: it follows the reader's choice of light or dark.
_FOLLOW = "<style>@media(prefers-color-scheme:dark){text{fill:#f3f0e6}path,circle{stroke:#c3b5f0;fill:#c3b5f0}}</style>"


def badge_svg(facts: BadgeFacts, theme: Theme = "light") -> str:
    """The badge as an SVG document.

    The sign is a list with an open end, for a record: never a tick, which would say that the story is true.

    Args:
        facts: what it says.
        theme: `light`, `dark`, or `text`, which has neither paper nor frame.

    Raises:
        ValueError: the record's address is not http or https, or the theme is unknown.
    """
    if theme not in THEMES:
        raise ValueError(f"a badge's theme is one of {', '.join(THEMES)}; got {theme!r}")
    record = safe_url(facts.record)
    if record is None:
        raise ValueError(f"a badge names its record, http or https; got {facts.record[:80]!r}")
    ink, paper, frame, sign = _COLOURS[theme]
    length = sum(_WIDTHS.get(character, _DIGIT) for character in facts.line) * _SIZE // 1000
    width = _ICON + length + _END
    title = escape(printable(f"{facts.title}: {facts.line}" if facts.title else facts.line))
    box = (
        f'<rect x=".5" y=".5" width="{width - 1}" height="{_HEIGHT - 1}" rx="5" fill="{paper}" stroke="{frame}"/>'
        if theme != "text"
        else ""
    )
    rows = "".join(f'<circle cx="11" cy="{y}" r="1.5" stroke="none"/><path d="M15 {y}h9"/>' for y in (9, 14))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}" '
        f'role="img" aria-label="{title}" data-record="{escape(record)}"><title>{title}</title>'
        f"{_FOLLOW if theme == 'text' else ''}{box}"
        f'<g fill="{sign}" stroke="{sign}" stroke-width="1.6" stroke-linecap="round">{rows}'
        '<circle cx="11" cy="19" r="1.5" stroke="none"/><path d="M15 19h4"/></g>'
        f'<text x="{_ICON}" y="18.3" fill="{ink}" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" '
        f'font-size="{_SIZE}" textLength="{length}">{escape(facts.line)}</text></svg>\n'
    )
