"""Which fact-checks of a store are meant."""

from __future__ import annotations

from dataclasses import dataclass

from whence.errors import RangeError
from whence.records.claim import VERDICTS, FactCheck

__all__ = ["Filters"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on fact-checks, all of which must hold; an empty one always does.

    In SQL they call a function `fold`, by which the store compares as `str.casefold` does.

    Args:
        ids: one of these ids, or beginnings of ids of 4 characters or more.
        publisher: the publisher's name holds this, in whatever case.
        language: a language, or one with its regions ("pt" is also "pt-BR").
        verdict: on the common scale.
        since, until: day of publication, ISO 8601, both included; a check without a date is left out.
        words: the claim or the title holds each of them.

    Raises:
        RangeError: a verdict is unknown, or an id is shorter than 4 characters.
    """

    ids: tuple[str, ...] = ()
    publisher: str = ""
    language: str = ""
    verdict: str = ""
    since: str = ""
    until: str = ""
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict and self.verdict not in VERDICTS:
            raise RangeError(f"a verdict is one of {', '.join(VERDICTS)}; got {self.verdict!r}")
        if short := [id for id in self.ids if len(id) < 4]:
            raise RangeError(f"an id, or its beginning, has 4 characters at least; got {short[0]!r}")

    def sql(self) -> tuple[str, list[str]]:
        """The condition over the store's table, and the values that it binds; "" where every check is meant."""
        parts: list[str] = []
        values: list[str] = []
        if self.ids:
            parts.append("(" + " OR ".join(["substr(id, 1, ?) = ?"] * len(self.ids)) + ")")
            values += [v for id in self.ids for v in (str(len(id)), id.lower())]
        if self.publisher:
            parts.append("instr(fold(publisher), fold(?)) > 0")
            values.append(self.publisher)
        if self.language:
            parts.append("(fold(language) = fold(?) OR fold(substr(language, 1, length(?) + 1)) = fold(?) || '-')")
            values += [self.language] * 3
        if self.verdict:
            parts.append("verdict = ?")
            values.append(self.verdict)
        if self.since:
            parts.append("published >= ?")
            values.append(self.since)
        if self.until:
            parts.append("substr(published, 1, length(?)) <= ?")
            values += [self.until] * 2
        for word in self.words:
            # Values stand in the record as JSON; a word is looked for in the claim and the title alone.
            parts.append(
                "instr(fold(json_extract(record, '$.claim') || ' ' || json_extract(record, '$.title')), fold(?)) > 0"
            )
            values.append(word)
        return " AND ".join(parts), values

    def lets_through(self, check: FactCheck) -> bool:
        """Whether a check is meant; the same answer as the store's."""
        language, wanted = check.language.casefold(), self.language.casefold()
        said = f"{check.claim} {check.title}".casefold()
        day = check.published
        return (
            (not self.ids or any(check.id.startswith(id.lower()) for id in self.ids))
            and self.publisher.casefold() in check.publisher.casefold()
            and (not wanted or language == wanted or language.startswith(wanted + "-"))
            and (not self.verdict or check.verdict == self.verdict)
            and (not self.since or (day is not None and day >= self.since))
            and (not self.until or (day is not None and day[: len(self.until)] <= self.until))
            and all(word.casefold() in said for word in self.words)
        )
