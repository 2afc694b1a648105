"""`whence factchecks`: the store of published fact-checks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whence.cli.exits import Exit
from whence.errors import InputError

if TYPE_CHECKING:
    from whence.factchecks import Gathered
    from whence.match.filters import Filters
    from whence.match.store import Store

__all__ = ["command"]

_FORMATS = ("jsonl", "csv", "claimreview")
_BY_SUFFIX = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".json": "claimreview", ".jsonld": "claimreview"}

_store = click.option(
    "--store", type=click.Path(path_type=Path), help="The store's file; by default in your data folder."
)


@click.group("factchecks")
def command() -> None:
    """Keep published fact-checks on this computer, for `whence match`.

    \b
    whence factchecks add https://example.org/fact-checks/bridge
    whence factchecks add https://example.org/sitemap.xml --pages 2000
    whence factchecks add checks.csv data-feed.json
    whence factchecks list --publisher example --since 2024-01-01
    """


@command.command("add")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@_store
@click.option("--publisher", metavar="NAME", default="", help="Who checked, where a source does not say.")
@click.option("--language", metavar="TAG", default="", help="Language of the claims, where a source does not say.")
@click.option("--pages", type=int, default=500, show_default=True, help="Pages of sitemaps and feeds fetched at most.")
@click.option("--refresh", is_flag=True, help="Fetch listed pages again that were read before and have not changed.")
@click.option("--offline", is_flag=True, help="Refuse URLs instead of fetching them.")
@click.option("--no-index", "no_index", is_flag=True, help="Leave the index to the next match.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
def add(
    sources: tuple[str, ...],
    store: Path | None,
    publisher: str,
    language: str,
    pages: int,
    refresh: bool,
    offline: bool,
    no_index: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Read fact-checks from SOURCE and put them into the store.

    SOURCE is a page with ClaimReview (URL or HTML file), a data feed (JSON), a sitemap, the RSS or Atom feed of a
    fact-checker, a CSV or JSONL table, a folder or a glob. A check that is there already is replaced if the review is
    newer.
    """
    from whence.cli.indexing import fetching, indexing
    from whence.factchecks import gather
    from whence.match.kept import open_index

    with _opened(store, create=True) as kept:
        with fetching(quiet) as progress:
            out = gather(
                kept,
                sources,
                publisher=publisher,
                language=language,
                pages=pages,
                refresh=refresh,
                offline=offline,
                progress=progress,
            )
        _complain(out)
        if not no_index and out.new + out.updated + out.withdrawn:
            with indexing(quiet) as indexed:
                open_index(kept, progress=indexed)
        if as_json:
            click.echo(json.dumps(_counts(out, kept), ensure_ascii=False, indent=2))
        elif not quiet:
            _summary(out, kept)
    failed = any(rule != "no-review" for rule in out.refused) or (out.refused and not out.read)
    return Exit.SOME_FAILED if failed else Exit.OK


def _counts(out: Gathered, store: Store) -> dict[str, Any]:
    names = ("new", "updated", "unchanged", "older", "withdrawn")
    return {
        **{name: getattr(out, name) for name in names},
        "refused": dict(sorted(out.refused.items())),
        "repaired": dict(sorted(out.repaired.items())),
        "store": str(store.path),
        "factchecks": len(store),
    }


def _summary(out: Gathered, store: Store) -> None:
    parts = [f"{out.new:,} new", f"{out.updated:,} updated", f"{out.unchanged:,} unchanged"]
    parts += [f"{out.older:,} older than what is there"] if out.older else []
    parts += [f"{out.withdrawn:,} withdrawn by their pages"] if out.withdrawn else []
    parts += [f"{sum(out.refused.values()):,} refused"]
    click.echo(", ".join(parts))
    for what, count in out.repaired.most_common():
        click.echo(f"  mended {count:,}: {_line(what)}")
    click.echo(f"{store.path}: {len(store):,} fact-checks")


def _complain(out: Gathered) -> None:
    from whence.match.claimreview import REFUSALS

    for rule, count in out.refused.most_common():
        click.echo(f"whence: refused {count:,}: {REFUSALS[rule]}", err=True)
        shown = [r for r in out.examples if r.rule == rule]
        for refusal in shown:
            click.echo(f"whence:   {_line(refusal.name)}: {_line(refusal.reason)}", err=True)
        if count > len(shown):
            click.echo(f"whence:   and {count - len(shown):,} more", err=True)


def _line(text: str) -> str:
    """One printable line of text that comes from outside."""
    from whence.publish.safe import printable

    return " ".join(printable(text).split())


def _opened(path: Path | None, *, create: bool = False) -> Store:
    from whence.match.place import default_store
    from whence.match.store import Store

    return Store(path or default_store(), create=create)


def _filtering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which `list`, `remove` and `export` choose checks."""
    for option in reversed(
        (
            click.option("--publisher", metavar="NAME", default="", help="The publisher's name holds this."),
            click.option("--language", metavar="TAG", default="", help="In this language, such as en or pt-BR."),
            click.option("--verdict", default="", help="On the common scale: true, mixed, false, …"),
            click.option("--since", metavar="DATE", default="", help="Published on this day or later."),
            click.option("--until", metavar="DATE", default="", help="Published on this day or before."),
        )
    ):
        function = option(function)
    return function


def _filters(publisher: str, language: str, verdict: str, since: str, until: str, **more: tuple[str, ...]) -> Filters:
    from whence.ingest.dates import validate
    from whence.match.filters import Filters

    for day in (since, until):
        if day:
            validate(day)
    return Filters(publisher=publisher, language=language, verdict=verdict, since=since, until=until, **more)


@command.command("list")
@click.argument("words", nargs=-1)
@_store
@_filtering
@click.option("--limit", type=int, default=50, show_default=True, help="Checks shown at most; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(
    words: tuple[str, ...],
    store: Path | None,
    publisher: str,
    language: str,
    verdict: str,
    since: str,
    until: str,
    limit: int,
    as_json: bool,
) -> None:
    """List the checks in the store, the latest first; with WORDS, those whose claim or title holds each of them."""
    from whence.publish import factcheck_lines

    filters = _filters(publisher, language, verdict, since, until, words=words)
    with _opened(store) as kept:
        shown = kept.select(filters, limit=limit or None)
        if as_json:
            _write_jsonl(shown)
            return
        live = sys.stdout.isatty()
        count = 0
        for check in shown:
            count += 1
            click.echo(factcheck_lines(check, colour=live))
        if count == limit:
            click.echo(f"whence: the first {count}; --limit 0 lists all", err=True)
        if not count:
            click.echo("whence: none", err=True)


@command.command("remove")
@click.argument("ids", metavar="[ID...]", nargs=-1)
@_store
@_filtering
def remove(
    ids: tuple[str, ...],
    store: Path | None,
    publisher: str,
    language: str,
    verdict: str,
    since: str,
    until: str,
) -> None:
    """Remove checks by ID (or its beginning), by filter, or by both."""
    filters = _filters(publisher, language, verdict, since, until, ids=ids)
    with _opened(store) as kept:
        count = kept.remove(filters)
        if not count:
            raise InputError("no fact-check is meant by that: see  whence factchecks list")
        click.echo(f"{count:,} removed; {len(kept):,} fact-checks are left")


@command.command("stats")
@_store
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def stats(store: Path | None, as_json: bool) -> None:
    """Show how many checks there are, by publisher, language and verdict, and of which time."""
    with _opened(store) as kept:
        groups = {name: kept.counts(name) for name in ("publisher", "language", "verdict")}
        dates = kept.dates()
        if as_json:
            out = {"store": str(kept.path), "factchecks": len(kept), "dates": dates, **groups}
            click.echo(json.dumps(out, ensure_ascii=False, indent=2))
            return
        click.echo(f"{kept.path}: {len(kept):,} fact-checks")
        if dates:
            click.echo(f"published {dates[0]} to {dates[1]}")
        for name, counts in groups.items():
            click.echo(f"\n{name}")
            for value, count in list(counts.items())[:20]:
                click.echo(f"{count:>9,}  {_line(value) or 'not known'}")
            if len(counts) > 20:
                click.echo(f"           and {len(counts) - 20:,} more")


@command.command("export")
@_store
@_filtering
@click.option("--format", "format", type=click.Choice(_FORMATS), help="By default jsonl, or what --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file.")
def export(
    store: Path | None,
    publisher: str,
    language: str,
    verdict: str,
    since: str,
    until: str,
    format: str | None,
    out: Path | None,
) -> None:
    """Write the checks as JSON lines, as a table, or as a data feed of ClaimReview; `add` reads all three."""
    from whence.cli.files import atomic, keep_apart
    from whence.publish.factchecks import export_factchecks

    chosen = format or (_BY_SUFFIX.get(out.suffix.lower(), "jsonl") if out else "jsonl")
    filters = _filters(publisher, language, verdict, since, until)
    with _opened(store) as kept:
        keep_apart(out, (str(kept.path),))
        pieces = export_factchecks(kept.select(filters), chosen)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece.encode())
            return
        with atomic(out) as f:
            for piece in pieces:
                f.write(piece.encode())


def _write_jsonl(checks: Any) -> None:
    from whence.publish.factchecks import export_factchecks

    for piece in export_factchecks(checks, "jsonl"):
        sys.stdout.buffer.write(piece.encode())
