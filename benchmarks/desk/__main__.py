"""The desk's figures: pages and ratings a second, and what is left after `kill -9`.

usage: python -m benchmarks.desk [--seconds 10] [--database sqlite|postgresql|both] [--faults 100]

Reads by wrk (apt-get install wrk) on loopback, on the machine that serves, so that reader and server share its cores.
CPU ms are the desk's own processes': on a machine that does other things too they are what can be compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.desk import faults, load
from benchmarks.desk.postgres import cluster
from benchmarks.desk.served import Served

__all__ = ["main", "say"]


def _measure(name: str, database: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="whence-desk-") as folder:
        desk = Served(Path(folder) / "home", database)
        try:
            made = desk.run("benchmarks.desk.seeding", "--people", "120", "--notes", "10")
            story = f"{desk.url}/story/{made['story']}/"
            print(f"{name}: a story of {made['words']} words, {len(made['statements'])} statements, 10 notes")
            load.read(story, seconds=2, connections=4)  # the first visitors' pages are made, and kept
            before = desk.cpu()
            one = load.read(story, seconds=seconds, connections=8)
            page = (desk.cpu() - before) / max(1.0, one.rate * seconds)
            say("story page", one, page)
            before = desk.cpu()
            both, written = load.write_while(
                load.ratings(desk, made), story, seconds=seconds, connections=2, a_second=50
            )
            rating = (desk.cpu() - before - page * both.rate * seconds) / max(1.0, written.rate * seconds)
            say("story page, while rated", both)
            say("ratings written", written, rating)
            for form in ("svg", "json"):
                before = desk.cpu()
                found = load.read(f"{story}badge.{form}", seconds=max(3, seconds // 2), connections=1)
                say(f"badge.{form}", found, (desk.cpu() - before) / max(1.0, found.rate * max(3, seconds // 2)))
        finally:
            desk.end()


def say(what: str, found: load.Reading | load.Written, cpu: float | None = None) -> None:
    """Print a line of figures; `cpu` is seconds of the desk's processes for each."""
    spent = "" if cpu is None else f"   {cpu * 1000:5.2f} CPU ms each"
    print(
        f"  {what:25} {found.rate:8.0f} /s   median {found.median:6.1f} ms   p99 {found.p99:6.1f} ms   "
        f"failed {found.failed}{spent}",
        flush=True,
    )


def _faults(name: str, database: str, kills: int) -> int:
    with tempfile.TemporaryDirectory(prefix="whence-desk-") as folder:
        desk = Served(Path(folder) / "home", database)
        try:
            found = faults.run(desk, kills)
        finally:
            desk.end()
    killed = ", ".join(f"{number} {kind}" for kind, number in sorted(found.kills.items()))
    print(f"{name}: killed: {killed}; acknowledged: {found.acknowledged}; died unanswered: {found.unanswered}")
    print(f"the queue was empty {found.seconds:.0f} s after the last")
    print("\n".join(found.troubles) if found.troubles else "nothing acknowledged was lost, nothing is there twice")
    return int(bool(found.troubles))


def main() -> int:
    """Measure; the exit code is 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="of each measurement")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="kill N processes instead")
    options = parser.parse_args()
    lost = 0

    def do(name: str, database: str) -> None:
        nonlocal lost
        if options.faults:
            lost |= _faults(name, database, options.faults)
        else:
            _measure(name, database, options.seconds)

    if options.database != "postgresql":
        do("SQLite", "")
    if options.database != "sqlite":
        with cluster() as found:
            if found:
                do("PostgreSQL", found.url())
            else:
                print("PostgreSQL: not installed, not measured")
    return lost


if __name__ == "__main__":
    sys.exit(main())
