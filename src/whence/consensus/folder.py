"""A run's results in a folder: all of them, or what was there before."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whence.errors import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["write_folder"]


def write_folder(
    out: Path,
    tables: Mapping[str, pl.DataFrame],
    run: Mapping[str, Any],
    page: str | None = None,
    parquet_only: frozenset[str] = frozenset(),
) -> list[Path]:
    """Write tables, the run's facts and a page; nothing takes its name before everything is written.

    Args:
        out: the folder; made if need be.
        tables: by name; each becomes NAME.parquet and NAME.tsv.
        run: what run.json holds; JSON-ready values.
        page: an HTML page to write beside the tables, or None.
        parquet_only: names of tables without a TSV.

    Returns:
        The files written, sorted.

    Raises:
        InputError: the folder cannot be written to, or the disk is full.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=".whence-", dir=out))
    except OSError as failure:
        raise InputError(
            f"results go into a folder, but {out} cannot be written to ({failure.strerror}): name another"
        ) from None
    try:
        for name, frame in tables.items():
            frame.write_parquet(room / f"{name}.parquet", compression="zstd", statistics=False)
            if name not in parquet_only:
                frame.write_csv(room / f"{name}.tsv", separator="\t")
        (room / "run.json").write_text(json.dumps(run, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        if page is not None:
            (room / "report.html").write_text(page, encoding="utf-8")
        written = []
        for file in sorted(room.iterdir()):
            os.replace(file, out / file.name)
            written.append(out / file.name)
        return written
    except OSError as failure:
        raise InputError(
            f"results could not be written to {out} ({failure.strerror}): make room or name another folder"
        ) from None
    finally:
        shutil.rmtree(room, ignore_errors=True)
