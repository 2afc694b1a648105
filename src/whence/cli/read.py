"""`whence read`: from stories to readings, one for the eye or many for a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whence.cli.exits import Exit
from whence.cli.files import atomic, keep_apart, write_brat
from whence.cli.formats import FORMATS, Packer, render
from whence.errors import RangeError

__all__ = ["command", "is_collection", "read_one"]

_COLLECTIONS = (".jsonl", ".ndjson", ".warc", ".rss", ".atom", ".xml")
_BY_SUFFIX = {
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "annotation",
    ".ann": "brat",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


def is_collection(source: str) -> bool:
    """Whether a STORY argument stands for many stories: a folder, a glob, or a file of many records."""
    if not source.strip() or source == "-" or "://" in source:
        return False
    path = Path(source)
    name = path.name.lower().removesuffix(".gz")
    return path.is_dir() or name.endswith(_COLLECTIONS) or (not path.exists() and any(c in source for c in "*?["))


def _format(given: str | None, out: Path | None, many: bool) -> str:
    """The format that was asked for: by name, else by the ending of --out, else for the eye or one a line."""
    if given:
        return "jsonl" if many and given == "json" else given
    if out is not None and out.suffix.lower() in _BY_SUFFIX:
        found = _BY_SUFFIX[out.suffix.lower()]
        return "jsonl" if many and found == "json" else found
    return "jsonl" if many else "text"


def read_one(
    source: str,
    *,
    format: str,
    out: Path | None,
    published: str | None = None,
    outlet: str | None = None,
    offline: bool = False,
    explain: bool = False,
) -> None:
    """Read one story and print it or write it to a file.

    Raises:
        WhenceError: as `whence.read`.
        RangeError: the format is one for many stories and needs a file.
    """
    from whence import api
    from whence.ingest.decode import MAX_BYTES

    # One byte more than a story may have: enough to refuse it, however much more there is.
    given: str | bytes = sys.stdin.buffer.read(MAX_BYTES + 1) if source == "-" else source
    reading = api.read(given, published=published, outlet=outlet, offline=offline)
    for warning in reading.story.warnings:
        click.echo(f"whence: note: {warning}", err=True)
    if format == "parquet":
        from whence.cli.many import write_parquet

        if out is None:
            raise RangeError("parquet is written to a file; none was given: add --out FILE.parquet")
        write_parquet([reading], out)
        return
    terminal = out is None and sys.stdout.isatty()
    text = render(reading, format, explain=explain, terminal=terminal)
    if out is None:
        encoding = sys.stdout.encoding if format == "text" and terminal else "utf-8"
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        return
    if format == "brat":
        page = Packer("brat")(reading)
        write_brat(page.data, page.beside, reading.story.id, out)
        return
    with atomic(out) as f:
        f.write(text.encode())


@click.command("read")
@click.argument("stories", metavar="STORY...", nargs=-1, required=True)
@click.option("--format", "format", type=click.Choice(FORMATS), help="By default text, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), help="Write here: a file, or for many pages a folder.")
@click.option("--published", metavar="DATE", help="Day of publication, ISO 8601, where the page does not say.")
@click.option("--outlet", metavar="NAME", help="Name of the outlet, where the page does not say.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
@click.option("--explain", is_flag=True, help="Also show why every label is what it is.")
@click.option("--workers", type=int, help="Processes for a batch; by default one a core.")
@click.option("--fresh", is_flag=True, help="Begin a batch anew instead of going on with an unfinished run.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar, no notes and no summary.")
def command(
    stories: tuple[str, ...],
    format: str | None,
    out: Path | None,
    published: str | None,
    outlet: str | None,
    offline: bool,
    explain: bool,
    workers: int | None,
    fresh: bool,
    quiet: bool,
) -> int:
    """Read STORY: a text or HTML file, an http(s) URL, or - for standard input.

    Several stories, a folder, a glob, or a JSONL, WARC or feed file make a batch: one reading a line (JSONL) on
    standard output or in --out, or Parquet, or with --format html and --out FOLDER a page each. A batch that was
    stopped goes on where it was when the same command is given again.

    \b
    whence read story.txt
    whence read story.html --format html --out report.html
    whence read https://example.org/story --format json
    whence read archive/ --out readings.jsonl
    """
    many = len(stories) > 1 or is_collection(stories[0])
    if "-" in stories and many:
        raise RangeError("- reads one story from standard input; it was given beside others: read it alone")
    chosen = _format(format, out, many)
    keep_apart(out, stories)
    if not many:
        read_one(
            stories[0],
            format=chosen,
            out=out,
            published=published,
            outlet=outlet,
            offline=offline,
            explain=explain,
        )
        return Exit.OK
    from whence.cli.many import read_batch

    failed = read_batch(
        stories,
        format=chosen,
        out=out,
        published=published,
        outlet=outlet,
        offline=offline,
        explain=explain,
        workers=workers,
        quiet=quiet,
        fresh=fresh,
    )
    return Exit.SOME_FAILED if failed else Exit.OK
