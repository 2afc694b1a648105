"""`whence mcp`: tools for assistants, by the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["command"]


@click.command(name="mcp")
@click.option("--http", is_flag=True, help="Serve over streamable HTTP, not over standard input and output.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8300, show_default=True, help="With --http: the port.")
@click.option("--store", type=click.Path(path_type=Path), help="The fact-checks; by default in your data folder.")
@click.option("--desk", metavar="URL", default="", help="The desk whose notes are shown.")
@click.option("--records", metavar="FOLDER", type=click.Path(path_type=Path), help="A folder of stories' record files.")
@click.option("--allow-private", is_flag=True, help="The desk may be on this machine or a private network.")
@click.option("--offline", is_flag=True, help="Fetch no pages: stories are given as text.")
def command(
    http: bool,
    host: str,
    port: int,
    store: Path | None,
    desk: str,
    records: Path | None,
    allow_private: bool,
    offline: bool,
) -> None:
    """Offer whence to an assistant: read_story, who_says, match_claim, show_notes. All of them only read.

    Without --http it speaks on standard input and output, as assistants on the same machine expect. With --http anybody
    who reaches the port may use it, and pages are fetched in this machine's name: put it behind a server of yours.
    """
    from whence.errors import InputError, MissingExtra
    from whence.mcp import RecordSource, Tools

    try:
        from whence.mcp.server import PATH, make_server, serve_http
    except ImportError as missing:
        if (missing.name or "").split(".")[0] != "mcp":
            raise
        raise MissingExtra("mcp", "mcp", "serve the Model Context Protocol") from missing
    if offline and desk:
        raise InputError("--offline fetches nothing, and --desk is on the web: leave one of them out")
    source = RecordSource(desk, records, private=allow_private) if desk or records else None
    server = make_server(Tools(store, source, offline=offline))
    if http:
        click.echo(f"whence answers at http://{host}:{port}{PATH}", err=True)
        serve_http(server, host, port)
    else:
        server.run("stdio")
