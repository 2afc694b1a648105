"""What a trace may be told, with the values that serve most archives."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from whence.errors import RangeError

__all__ = ["Settings"]

_RANGES: dict[str, tuple[float, float, str]] = {
    "shingle": (3, 32, "words"),
    "window": (1, 64, "shingles"),
    "crowd": (2, 10_000, "stories"),
    "least_words": (8, 1000, "words"),
    "least_prose": (1, 1000, "words"),
    "gap": (0, 200, "words"),
    "family_words": (1, 10_000, "words"),
    "family_share": (0.0, 1.0, "as a share"),
    "spread": (3, 1_000_000, "stories"),
    "memory": (256, 10_000_000, "MB"),
    "threads": (1, 1024, "threads"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a trace works; the values given are the defaults.

    Attributes:
        shingle: words that fingerprints are made of, 3 to 32.
        window: of so many shingles in a row one is a fingerprint at least, 1 to 64. A passage of `shingle + window -
            1` words that stands in two stories unchanged is always seen, unless it is a crowd's.
        crowd: text in more stories than this is not paired all with all, 2 to 10,000.
        least_words: words in common that a passage has at least, 8 to 1000.
        least_prose: a passage with fewer words of prose is a quotation, 1 to 1000.
        gap: words that may differ between two common runs of one passage, 0 to 200.
        family_words: words of prose in common that two stories of a family have at least.
        family_share: share of the shorter story that these words are at least, 0 to 1.
        spread: boilerplate stands in so many stories at least, 3 or more.
        memory: megabytes that the engine may use, 256 or more; beyond it writes to disk.
        threads: threads that the engine may use.

    Raises:
        RangeError: a value lies outside its range.
    """

    shingle: int = 8
    window: int = 8
    crowd: int = 100
    least_words: int = 20
    least_prose: int = 8
    gap: int = 12
    family_words: int = 30
    family_share: float = 0.3
    spread: int = 6
    memory: int = 1000
    threads: int = 2

    def __post_init__(self) -> None:
        for name, (low, high, unit) in _RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise RangeError(f"{name} lies between {low:,} and {high:,} ({unit}), but {value!r} was given")
        if self.shingle > self.least_words:
            raise RangeError(
                f"a passage has at least a shingle's words, but least_words is {self.least_words} and "
                f"shingle {self.shingle}: lower shingle or raise least_words"
            )

    @property
    def seen(self) -> int:
        """Words in a row that two stories cannot share unseen."""
        return self.shingle + self.window - 1

    def method(self) -> dict[str, Any]:
        """The values on which the result depends."""
        return {name: value for name, value in asdict(self).items() if name not in ("memory", "threads")}

    def to_dict(self) -> dict[str, Any]:
        """The values by name."""
        return asdict(self)
