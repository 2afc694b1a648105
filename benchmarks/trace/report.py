"""What the HTML report of a trace costs, however large the trace."""

from __future__ import annotations

import time
from pathlib import Path

__all__ = ["written"]


def written(folder: Path) -> tuple[float, int, int]:
    """Write a trace's report: CPU seconds, pages and bytes."""
    from whence.tracing import open_trace
    from whence.tracing_report import write_report

    traced = open_trace(folder)
    begin = time.process_time()
    write_report(traced, title="An archive of the benchmark")
    seconds = time.process_time() - begin
    pages = list((folder / "report").iterdir())
    return seconds, len(pages), sum(page.stat().st_size for page in pages)
