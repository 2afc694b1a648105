"""`whence serve`: the desk, with its web server and its worker."""

from __future__ import annotations

from pathlib import Path

import click

from whence.errors import MissingExtra

__all__ = ["command"]


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Folder of the desk's own files.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Web processes.")
@click.option("--demo", is_flag=True, help="Begin with an invented community, its stories, notes and ratings.")
def command(host: str, port: int, home: Path | None, workers: int, demo: bool) -> None:
    """Serve the desk at http://HOST:PORT until interrupted.

    The first start makes the database, the keys and a first moderator, whose password it prints. Settings come from
    the environment: docs/reference/desk.md lists them.
    """
    try:
        from whence.desk.serving import serve
    except ImportError as missing:
        raise MissingExtra(missing.name or "django", "desk", "serve the desk") from missing
    serve(host, port, home, workers, demo=demo)
