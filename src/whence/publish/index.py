"""What belongs to each statement and source of a reading, looked up once."""

from __future__ import annotations

from collections import defaultdict

from whence.publish.facts import relays
from whence.records import Explanation, Reading, Source, Statement

__all__ = ["Index"]


class Index:
    """A reading with its cross-references in tables, so that long stories are shown in linear time.

    Attributes:
        numbers: statement id to the number that displays show, from 1 in text order.
        inner: statement id to those that stand in it.
        denied_by: statement id to the ids of its denials; `denies` the other way round.
        says: source id to the statements attributed to it.
        passed: source id to the statements that came through it.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.numbers = {s.id: i for i, s in enumerate(reading.statements, 1)}
        self.inner: dict[str, list[Statement]] = defaultdict(list)
        self.denied_by: dict[str, list[str]] = defaultdict(list)
        self.denies: dict[str, list[str]] = defaultdict(list)
        self.says: dict[str, list[Statement]] = defaultdict(list)
        self.passed: dict[str, list[Statement]] = defaultdict(list)
        self._why: dict[str, list[Explanation]] = defaultdict(list)
        for statement in reading.statements:
            if statement.parent:
                self.inner[statement.parent].append(statement)
            for id in dict.fromkeys(statement.source_ids):
                self.says[id].append(statement)
            for id in dict.fromkeys(s.id for s in relays(statement)):
                self.passed[id].append(statement)
        for dispute in reading.disputes:
            # A dispute with a statement that is not in the reading has nothing to show.
            if dispute.claim in self.numbers and dispute.denial in self.numbers:
                self.denied_by[dispute.claim].append(dispute.denial)
                self.denies[dispute.denial].append(dispute.claim)
        for explanation in reading.explanations:
            self._why[explanation.target].append(explanation)

    def statement(self, id: str) -> Statement:
        """The statement with this id.

        Raises:
            KeyError: there is none.
        """
        return self.reading.statements[self.numbers[id] - 1]

    def why(self, target: str) -> tuple[Explanation, ...]:
        """Why the labels of a statement, source or finding are what they are."""
        return tuple(self._why.get(target, ()))

    def disputes(self) -> tuple[tuple[Statement, Statement], ...]:
        """Each claim and its denial."""
        return tuple((self.statement(c), self.statement(d)) for c, ds in self.denied_by.items() for d in ds)

    def resting_on(self) -> list[tuple[Source, list[Statement], list[Statement]]]:
        """Every source with what it says and what came through it, the one that most rests on first."""
        rows = [(s, self.says.get(s.id, []), self.passed.get(s.id, [])) for s in self.reading.sources]
        # The sort is stable: sources on which equally much rests stay in order of first mention.
        return sorted(rows, key=lambda row: (-len(row[1]), -len(row[2])))
