"""What was met and mended while reading and scoring: counts by name, said at the end, never in passing."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Report"]


@dataclass
class Report:
    """Counted repairs and remarks of one run.

    Attributes:
        repairs: what was mended or left out, to how often.
        remarks: other things a user should know, each once.
    """

    repairs: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def count(self, what: str, times: int) -> None:
        """Add to a repair's count; nothing happened if `times` is 0."""
        if times:
            self.repairs[what] = self.repairs.get(what, 0) + int(times)

    def remark(self, text: str) -> None:
        """Note something once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def add(self, other: Report) -> None:
        """Take in another report's counts and remarks."""
        for what, times in other.repairs.items():
            self.count(what, times)
        for text in other.remarks:
            self.remark(text)
