"""`whence trace`: who had it first, and how many origins it really has."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli.exits import Exit
from whence.cli.files import atomic, keep_apart
from whence.cli.traceprogress import shown_progress
from whence.errors import RangeError

if TYPE_CHECKING:
    from whence.trace.engine import EngineName
    from whence.trace.settings import Settings
    from whence.tracing import Trace

__all__ = ["FORMATS", "command"]

FORMATS = ("text", "json", "html")
_BY_SUFFIX = {".json": "json", ".html": "html", ".htm": "html", ".txt": "text"}
_MOST_NAMED = 20


@click.command("trace")
@click.argument("archive", metavar="ARCHIVE...", nargs=-1, required=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The folder for tables, index and report; with --story a file."
)
@click.option("--story", metavar="STORY", help="Where does this one story come from: a file, a URL, or - .")
@click.option(
    "--format", "format", type=click.Choice(FORMATS), help="With --story; by default text, or what --out ends in."
)
@click.option(
    "--read", "reading", is_flag=True, help="Read the stories that share anything, and use their chains (slow)."
)
@click.option("--add", is_flag=True, help="ARCHIVE comes on top of what the folder of --out has already.")
@click.option(
    "--engine",
    type=click.Choice(("duckdb", "spark", "reference")),
    default="duckdb",
    show_default=True,
    help="What joins.",
)
@click.option(
    "--pages",
    type=click.IntRange(0, 100_000),
    default=100,
    show_default=True,
    help="Topics that get pages, largest first.",
)
@click.option(
    "--memory",
    type=click.IntRange(256),
    default=1000,
    show_default=True,
    help="Megabytes for the joins; more goes to disk.",
)
@click.option("--published", metavar="DATE", help="Day of publication of --story, where its page does not say.")
@click.option("--outlet", metavar="NAME", help="Outlet of --story, where its page does not say.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
@click.option("--title", default="", help="What is traced, for the report's heading.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
def command(
    archive: tuple[str, ...],
    out: Path | None,
    story: str | None,
    format: str | None,
    reading: bool,
    add: bool,
    engine: EngineName,
    pages: int,
    memory: int,
    published: str | None,
    outlet: str | None,
    offline: bool,
    title: str,
    quiet: bool,
) -> int:
    """Find who copied from whom in ARCHIVE, and how many independent origins its stories have.

    ARCHIVE is a folder, a glob, a JSONL, Parquet, CSV, WARC or feed file; with --story also the folder of an earlier
    trace. A run that was killed goes on where it was.

    \b
    whence trace archive/ --out traced
    whence trace stories.parquet --out traced
    whence trace --story page.html traced
    """
    from whence.trace.settings import Settings

    if story is None and out is None:
        raise RangeError("a trace goes into a folder; none was given: add --out FOLDER, or ask with --story STORY")
    settings = Settings(memory=memory)
    if story is not None:
        return _of_story(story, archive, out, format, published, outlet, offline, engine, settings, quiet)
    assert out is not None
    if out.exists() and not out.is_dir():
        raise RangeError(f"a trace goes into a folder, and {out} is a file: give another --out")
    traced = _trace(archive, out, settings, engine, add, offline, quiet, reading)
    from whence.publish.trace_text import topics_text
    from whence.tracing_report import write_report

    topics = write_report(traced, pages=pages, title=title or _name(archive))
    _complain(traced)
    if not quiet:
        c = traced.counts
        if topics:
            click.echo(topics_text(topics[:8]))
        click.echo(
            f"{c['stories']:,} stories, {c.get('explained', 0):,} took from others or rest on them; "
            f"{c['topics']:,} topics; "
            f"{c['skipped']:,} skipped, {len(traced.failures):,} failed"
        )
        click.echo(f"written: {out}/report/index.html and tables (Parquet) in {out}/")
    return Exit.SOME_FAILED if traced.failures else Exit.OK


def _name(archive: tuple[str, ...]) -> str:
    return Path(archive[0]).name + (f" and {len(archive) - 1} more" if len(archive) > 1 else "")


def _given(archive: tuple[str, ...]) -> object:
    """One table as it is; everything else as a list of paths."""
    from whence.tracing import TABLE_SUFFIXES

    if len(archive) == 1 and archive[0].lower().endswith(TABLE_SUFFIXES):
        return archive[0]
    for name in archive:
        if name.lower().endswith(TABLE_SUFFIXES):
            raise RangeError(
                f"a table is traced by itself, and {name} was given beside others: trace it alone, then --add"
            )
    return list(archive)


def _trace(
    archive: tuple[str, ...], out: Path | None, settings: Settings, engine: EngineName, add: bool, offline: bool,
    quiet: bool, reading: bool = False,
) -> Trace:  # fmt: skip
    from whence import tracing

    with shown_progress(quiet) as progress:
        return tracing.trace(
            _given(archive), out=out, settings=settings, engine=engine, add=add, progress=progress, read=reading,
            offline=offline,
        )  # fmt: skip


def _complain(traced: Trace) -> None:
    from whence.publish.safe import printable

    for failure in traced.failures[:_MOST_NAMED]:
        click.echo(f"whence: {printable(failure.id)}: {printable(failure.reason)}", err=True)
    if len(traced.failures) > _MOST_NAMED:
        click.echo(f"whence: {len(traced.failures) - _MOST_NAMED:,} more failed: see the report", err=True)
    skipped = traced.table("skipped")
    for row in skipped.slice(0, _MOST_NAMED).to_pylist():
        click.echo(
            f"whence: {printable(row['id']) or 'a story'} (number {row['place'] + 1}): skipped, {row['reason']}",
            err=True,
        )
    if skipped.num_rows > _MOST_NAMED:
        click.echo(f"whence: {skipped.num_rows - _MOST_NAMED:,} more skipped: see skipped.parquet", err=True)


def _of_story(
    source: str, archive: tuple[str, ...], out: Path | None, format: str | None, published: str | None,
    outlet: str | None, offline: bool, engine: EngineName, settings: Settings, quiet: bool,
) -> int:  # fmt: skip
    from whence.ingest import load
    from whence.ingest.decode import MAX_BYTES
    from whence.publish.trace_story import story_page
    from whence.publish.trace_text import story_json, story_text
    from whence.tracing_report import where_from

    keep_apart(out, (source, *archive))
    given: str | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if source == "-" else source
    story = load(given, published=published, outlet=outlet, offline=offline)
    folder = Path(archive[0])
    if len(archive) == 1 and (folder / "run.json").is_file():
        view = where_from(story, folder)
    else:
        with tempfile.TemporaryDirectory(prefix="whence-trace-") as room:
            _complain(_trace(archive, Path(room), settings, engine, False, offline, quiet))
            view = where_from(story, room)
    chosen = format or (_BY_SUFFIX.get(out.suffix.lower(), "text") if out else "text")
    if chosen == "html":
        shown = story_page(view, alone=True)
    else:
        shown = story_json(view) if chosen == "json" else story_text(view)
    if out is None:
        encoding = (sys.stdout.encoding or "utf-8") if chosen == "text" else "utf-8"
        sys.stdout.buffer.write(shown.encode(encoding, "replace"))
        return Exit.OK
    with atomic(out) as f:
        f.write(shown.encode())
    return Exit.OK
