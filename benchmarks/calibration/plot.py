"""A reliability plot as SVG, written by hand: the same figures give the same bytes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SIDE, _LEFT, _TOP, _GAP = 300, 56, 44, 76
_INK, _SOFT, _MARK = "#1f2933", "#9aa5b1", "#0b6e99"


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of about one confidence.

    Attributes:
        mean: Their mean confidence, in 0..1.
        right: The share of them that is right, in 0..1.
        count: How many there are.
    """

    mean: float
    right: float
    count: int

    def interval(self) -> tuple[float, float]:
        """The 95% interval of the share (Wilson, "Probable inference", 1927)."""
        z, n, p = 1.96, self.count, self.right
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def reliability(panels: Mapping[str, Sequence[Bin]]) -> str:
    """Draw one square a voice: confidence to the right, the share that is right upwards.

    Args:
        panels: Title and bins of each square.

    Returns:
        An SVG document, with a title and a description for those who do not see it.
    """
    width = _LEFT + len(panels) * (_SIDE + _GAP) - _GAP + 24
    height = _TOP + _SIDE + 52
    said = "; ".join(
        f"{title}: " + ", ".join(f"{one.mean:.2f} said, {one.right:.2f} right of {one.count}" for one in bins)
        for title, bins in panels.items()
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="12">',
        '<title id="t">How often statements of a confidence are right</title>',
        f'<desc id="d">{said}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for n, (title, bins) in enumerate(panels.items()):
        parts += _panel(_LEFT + n * (_SIDE + _GAP), title, bins)
    return "\n".join([*parts, "</svg>", ""])


def _panel(left: int, title: str, bins: Sequence[Bin]) -> list[str]:
    bottom = _TOP + _SIDE

    def at(x: float, y: float) -> tuple[float, float]:
        return round(left + x * _SIDE, 1), round(bottom - y * _SIDE, 1)

    parts = [
        f'<text x="{left}" y="{_TOP - 16}" font-size="14" font-weight="600" fill="{_INK}">{title}</text>',
        f'<rect x="{left}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="{_SOFT}"/>',
        f'<line x1="{left}" y1="{bottom}" x2="{left + _SIDE}" y2="{_TOP}" stroke="{_SOFT}" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = at(tenth / 10, tenth / 10)
        label = f"{tenth / 10:.1f}"
        parts.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" fill="{_INK}">{label}</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end" fill="{_INK}">{label}</text>')
    x, y = at(0.5, 0.5)
    parts.append(f'<text x="{x}" y="{bottom + 40}" text-anchor="middle" fill="{_INK}">confidence</text>')
    parts.append(
        f'<text transform="translate({left - 40} {y}) rotate(-90)" text-anchor="middle" fill="{_INK}">'
        "share that is right</text>"
    )
    total = sum(one.count for one in bins)
    for one in bins:
        (x, y), (_, low), (_, high) = (at(one.mean, value) for value in (one.right, *one.interval()))
        radius = round(3 + 14 * math.sqrt(one.count / total), 1)
        parts.append(f'<line x1="{x}" y1="{low}" x2="{x}" y2="{high}" stroke="{_INK}" stroke-width="1.5"/>')
        parts.append(
            f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{_MARK}" fill-opacity="0.75"><title>{one.count} statements, '
            f"{one.mean:.2f} said, {one.right:.2f} right</title></circle>"
        )
    return parts
