"""Why the labels of a story's statements and sources are what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from whence.desk import telling, words
from whence.desk.caching import public
from whence.desk.services.reasons import explained
from whence.desk.views.stories import readable, version_of
from whence.publish.facts import shade
from whence.publish.html.pieces import quoted
from whence.publish.index import Index
from whence.records import Explanation

__all__ = ["show"]


@dataclass(frozen=True, slots=True)
class _Row:
    """Why one label is what it is.

    Attributes:
        label: what is told, and its value.
        number: of the statement that the label points to, or None.
        rule: why.
        score: the model's own, in 0..1, or None.
        evidence: the story's words that decided, as HTML; "" where the rule or the label says them.
    """

    label: telling.Label
    number: int | None
    rule: telling.Told
    score: float | None
    evidence: SafeString | str


def _rows(index: Index, explanations: Iterable[Explanation]) -> list[_Row]:
    rows = []
    for one in explanations:
        label = telling.label(one.label)
        shown = index.reading.text(*one.evidence)
        told = not shown or shown == label.value or any(mark in one.rule for mark in (f"“{shown}”", f'"{shown}"'))
        said = "" if told else mark_safe(str(quoted(index.reading, one.evidence)))  # noqa: S308
        rows.append(_Row(label, index.numbers.get(label.statement), telling.reason(one.rule), one.score, said))
    return rows


@require_safe
@public
def show(request: HttpRequest, key: str) -> HttpResponse:
    """The reasons, statement by statement, then source by source and finding by finding."""
    story = get_object_or_404(readable(), key=key)
    version, latest = version_of(story, request.GET.get("version", ""))
    index = Index(explained(version))
    reading = index.reading
    context = {
        "story": story,
        "version": version,
        "latest": latest,
        "kept": bool(reading.explanations),
        "language": reading.story.language or "",
        "statements": [
            {
                "number": index.numbers[statement.id],
                "shade": shade(statement),
                "words": mark_safe(str(quoted(reading, statement.content))),  # noqa: S308
                "rows": _rows(index, index.why(statement.id)),
            }
            for statement in reading.statements
        ],
        "sources": [
            {"source": source, "rows": _rows(index, index.why(source.id))}
            for source, _says, _passed in index.resting_on()
            if index.why(source.id)
        ],
        "findings": [
            {"number": number, "title": words.finding(finding.id), "condition": telling.condition(finding.id)}
            for number, finding in enumerate(reading.findings, 1)
        ],
    }
    return render(request, "desk/reasons.html", context)
