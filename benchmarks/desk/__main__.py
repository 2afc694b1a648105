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
            _say("story page", one, page)
            before = desk.cpu()
            both, written = load.write_while(desk, made, story, seconds=seconds, connections=2, a_second=50)
            rating = (desk.cpu() - before - page * both.rate * seconds) / max(1.0, written.rate * seconds)
            _say("story page, while rated", both)
            print(
                f"  ratings written           {written.rate:8.0f} /s   median {written.median:6.1f} ms   "
                f"p99 {written.p99:6.1f} ms   failed {written.failed}   "
                f"{rating * 1000:5.2f} CPU ms each"
            )
            for form in ("svg", "json"):
                before = desk.cpu()
                found = load.read(f"{story}badge.{form}", seconds=max(3, seconds // 2), connections=1)
                _say(f"badge.{form}", found, (desk.cpu() - before) / max(1.0, found.rate * max(3, seconds // 2)))
        finally:
            desk.end()


def _say(what: str, found: load.Reading, cpu: float | None = None) -> None:
    spent = "" if cpu is None else f"   {cpu * 1000:5.2f} CPU ms each"
    print(
        f"  {what:25} {found.rate:8.0f} /s   median {found.median:6.1f} ms   p99 {found.p99:6.1f} ms   "
        f"failed {found.failed}{spent}",
        flush=True,
    )


def _faults(kills: int) -> int:
    with tempfile.TemporaryDirectory(prefix="whence-desk-") as folder:
        desk = Served(Path(folder) / "home")
        try:
            found = faults.run(desk, kills)
        finally:
            desk.end()
    killed = ", ".join(f"{number} {kind}" for kind, number in sorted(found.kills.items()))
    print(f"killed: {killed}; acknowledged: {found.acknowledged}; died unanswered: {found.unanswered}")
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
    if options.faults:
        return _faults(options.faults)
    if options.database != "postgresql":
        _measure("SQLite", "", options.seconds)
    if options.database != "sqlite":
        with cluster() as url:
            if url:
                _measure("PostgreSQL", url, options.seconds)
            else:
                print("PostgreSQL: not installed, not measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
