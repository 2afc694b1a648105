"""`whence read`: from stories to readings, one for the eye or many for a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whence.cli.exits import Exit
from whence.cli.files import keep_apart
from whence.errors import RangeError

if TYPE_CHECKING:
    from whence.api import Reading

__all__ = ["FORMATS", "command", "is_collection", "read_one"]

FORMATS = ("text", "json", "html", "annotation", "brat", "jsonl", "parquet")
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


def render(reading: Reading, format: str, *, explain: bool = False, terminal: bool = False) -> str:
    """A reading in one of the text formats.

    Args:
        format: one of `FORMATS`, without parquet.
        explain: also say why every label is what it is (text and JSON).
        terminal: colour may be used: the text goes to a terminal as it is.
    """
    from whence import publish

    if format == "text":
        encoding = sys.stdout.encoding if terminal else "utf-8"
        return publish.terminal_text(reading, explain=explain, colour=terminal, encoding=encoding)
    if format == "json":
        return publish.to_json(reading, explain=explain) + "\n"
    if format == "jsonl":
        return publish.to_json(reading, explain=explain, indent=None) + "\n"
    if format == "html":
        return publish.to_html(reading)
    if format == "annotation":
        return publish.to_annotation_json(reading) + "\n"
    return publish.to_brat(reading)


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
    from whence.cli.files import atomic
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
        write_brat(reading, out)
        return
    with atomic(out) as f:
        f.write(text.encode())


def write_brat(reading: Reading, out: Path) -> None:
    """Write NAME.ann, and beside it NAME.txt with exactly the text that its offsets are into, as brat opens them.

    Raises:
        RangeError: `out` is itself called NAME.txt, or NAME.txt is the story's own file and has another encoding.
    """
    from whence.cli.files import atomic
    from whence.publish.safe import scalar

    beside = out.with_suffix(".txt")
    if beside == out:
        raise RangeError(f"brat keeps the text in NAME.txt; --out is {out}: name it {out.with_suffix('.ann')}")
    text = scalar(reading.story.text).encode()
    own = beside.is_file() and Path(reading.story.id).is_file() and beside.samefile(reading.story.id)
    if own and beside.read_bytes() != text:
        raise RangeError(f"brat needs {beside} in UTF-8, and that is the story itself: write to another folder")
    with atomic(out) as f:
        f.write(render(reading, "brat").encode())
    if not own:
        with atomic(beside) as f:
            f.write(text)


@click.command("read")
@click.argument("stories", metavar="STORY...", nargs=-1, required=True)
@click.option("--format", "format", type=click.Choice(FORMATS), help="By default text, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), help="Write here: a file, or for many pages a folder.")
@click.option("--published", metavar="DATE", help="Day of publication, ISO 8601, where the page does not say.")
@click.option("--outlet", metavar="NAME", help="Name of the outlet, where the page does not say.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
@click.option("--explain", is_flag=True, help="Also show why every label is what it is.")
@click.option("--workers", type=int, help="Processes for a batch; by default one a core.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
def command(
    stories: tuple[str, ...],
    format: str | None,
    out: Path | None,
    published: str | None,
    outlet: str | None,
    offline: bool,
    explain: bool,
    workers: int | None,
    quiet: bool,
) -> int:
    """Read STORY: a text or HTML file, an http(s) URL, or - for standard input.

    Several stories, a folder, a glob, or a JSONL, WARC or feed file make a batch: one reading a line (JSONL) on
    standard output or in --out, or Parquet, or with --format html and --out FOLDER a page each.

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
    )
    return Exit.SOME_FAILED if failed else Exit.OK
