"""The pages of a trace, and the way of one story, written from a finished trace."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from whence.errors import InputError
from whence.records import Story

if TYPE_CHECKING:
    from whence.records.trace_view import StoryView, TopicView
    from whence.tracing import Trace

__all__ = ["PAGES", "where_from", "write_report"]

PAGES = 100
"""Topics that get pages by default, with their stories."""


def write_report(
    trace: Trace, *, pages: int = PAGES, title: str = "", remarks: tuple[str, ...] = ()
) -> tuple[TopicView, ...]:
    """Write the HTML report of a trace into the folder `report` beside its tables; an earlier one is replaced.

    Args:
        trace: a finished trace.
        pages: how many topics, the largest first, get pages with their stories; the others are in the tables.
        title: what was traced.
        remarks: what else a reader should know.

    Returns:
        The topics that have pages.

    Raises:
        InputError: the folder cannot be written to.
    """
    from whence.publish.trace_index import trace_index
    from whence.publish.trace_story import story_page
    from whence.publish.trace_topic import topic_page
    from whence.records.trace_view import TraceView
    from whence.trace.views import Views

    views = Views(trace.folder, pages)
    topics = tuple(views.topics())
    said = []
    if (left := trace.counts.get("topics", 0) - len(topics)) > 0:
        said.append(f"Shown are the {len(topics):,} largest topics; {left:,} more are in the tables.")
    if views.left_out:
        said.append(
            f"Of the {views.pages:,} pages of these topics, {views.pages - views.left_out:,} are shown in full, the "
            f"earliest of each topic; {views.left_out:,} are in the tables only."
        )
    view = TraceView(
        title=title or trace.folder.name,
        counts=trace.counts,
        topics=topics,
        remarks=(*said, *remarks),
        failures=tuple((f.id, f.reason) for f in trace.failures),
        skipped=Counter(trace.table("skipped")["reason"].to_pylist()),
    )
    try:
        room = Path(tempfile.mkdtemp(prefix=".report-", dir=trace.folder))
    except OSError as e:
        raise InputError(f"{trace.folder} cannot be written to ({e.strerror}): name another folder") from None
    try:
        _put(room / "index.html", trace_index(view))
        for topic in topics:
            _put(room / f"topic-{topic.topic}.html", topic_page(topic))
        for story in views.stories():
            _put(room / f"story-{story.line.story}.html", story_page(story))
        umask = os.umask(0)
        os.umask(umask)
        room.chmod(0o777 & ~umask)
        there = trace.folder / "report"
        if there.exists():
            shutil.rmtree(there)
        os.replace(room, there)
    except OSError as e:
        raise InputError(f"the report cannot be written to {trace.folder} ({e.strerror}): make room") from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return topics


def _put(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8")


def where_from(story: Story, folder: str | Path) -> StoryView:
    """Where one story comes from, asked of a finished trace; the archive is not read again.

    Raises:
        InputError: the folder holds no finished trace.
        FormatError: its index is broken.
    """
    from whence.trace.locate import locate
    from whence.tracing import open_trace

    open_trace(folder)
    return locate(story, Path(folder))
