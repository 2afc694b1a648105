"""A trace over time: killed and resumed, added to, started again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tests.unit.trace.archives import archive, batch, prose
from whence.errors import FormatError, InputError, RangeError
from whence.trace import intake
from whence.trace.find import find_reuse
from whence.trace.reuse import Reuse, open_reuse
from whence.trace.settings import Settings

NAMES = ("stories", "passages", "pairs", "families", "boilerplate", "skipped")


def same(one: Reuse, other: Reuse) -> None:
    for name in NAMES:
        assert one.table(name).equals(other.table(name)), name


class Killed(BaseException):
    """What no handler of errors catches, as when the process is killed."""


@pytest.mark.parametrize("stage", ["stories", "boilerplate", "candidates", "passages", "tables"])
def test_a_killed_run_goes_on_and_loses_nothing(stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_SEGMENT", 5000)
    stories = archive(80, 3)
    whole = find_reuse([stories], tmp_path / "whole")
    seen = []

    def kill(name: str, done: int, total: int | None) -> None:
        seen.append(name)
        if name == stage:
            raise Killed

    batches = [stories.slice(k, 10) for k in range(0, 80, 10)]
    with pytest.raises(Killed):
        find_reuse(batches, tmp_path / "killed", progress=kill)
    assert not (tmp_path / "killed" / "run.json").exists()
    same(find_reuse(batches, tmp_path / "killed"), whole)


def test_what_a_killed_run_wrote_without_agreeing_on_it_is_cut_off(tmp_path: Path) -> None:
    stories = archive(40, 4)
    whole = find_reuse([stories], tmp_path / "whole")
    folder = tmp_path / "killed"
    (folder / "index").mkdir(parents=True)
    (folder / "index" / "word.column").write_bytes(b"torn")
    (folder / "index" / "prints-0-40.hash").write_bytes(b"torn")
    same(find_reuse([stories], folder), whole)


def test_a_finished_run_is_not_repeated(tmp_path: Path) -> None:
    stories = archive(20, 5)
    find_reuse([stories], tmp_path)
    before = (tmp_path / "pairs.parquet").stat().st_mtime_ns
    find_reuse([stories], tmp_path)
    assert (tmp_path / "pairs.parquet").stat().st_mtime_ns == before


def test_other_stories_do_not_go_into_a_folder_by_mistake(tmp_path: Path) -> None:
    find_reuse([archive(20, 5)], tmp_path)
    for other in (batch([prose(30, k) for k in range(20)]), archive(19, 5)):
        with pytest.raises(InputError, match="another archive"):
            find_reuse([other], tmp_path)


def test_other_settings_give_other_tables_from_the_same_index(tmp_path: Path) -> None:
    stories = archive(60, 6)
    one = find_reuse([stories], tmp_path / "one")
    strict = Settings(least_words=40)
    two = find_reuse([stories], tmp_path / "one", settings=strict)
    assert two.counts["pairs"] < one.counts["pairs"]
    same(two, find_reuse([stories], tmp_path / "two", settings=strict))
    with pytest.raises(FormatError, match="shingle 8 and window 8"):
        find_reuse([stories], tmp_path / "one", settings=Settings(window=4))


@pytest.mark.parametrize("engine", ["duckdb", "reference"])
@pytest.mark.parametrize("seed", [7, 8])
def test_adding_stories_gives_what_starting_again_gives(engine: str, seed: int, tmp_path: Path) -> None:
    stories = archive(160, seed)
    whole = find_reuse([stories], tmp_path / "whole")
    for first, last in ((0, 12), (12, 90), (90, 91), (91, 160)):
        grown = find_reuse([stories.slice(first, last - first)], tmp_path / "grown", engine=engine, add=True)  # type: ignore[arg-type]
    # In the first twelve stories nothing is spread enough to be boilerplate: their pairs are worked out anew later.
    assert grown.counts["boilerplate"] > 0
    same(grown, whole)


@pytest.mark.parametrize("stage", ["stories", "passages", "tables"])
def test_a_killed_addition_goes_on(stage: str, tmp_path: Path) -> None:
    stories = archive(100, 9)
    whole = find_reuse([stories], tmp_path / "whole")
    find_reuse([stories.slice(0, 60)], tmp_path / "grown")

    def kill(name: str, done: int, total: int | None) -> None:
        if name == stage and done:
            raise Killed

    with pytest.raises(Killed):
        find_reuse([stories.slice(60)], tmp_path / "grown", add=True, progress=kill)
    same(find_reuse([stories.slice(60)], tmp_path / "grown", add=True), whole)


def test_stories_that_are_there_are_not_added_again(tmp_path: Path) -> None:
    stories = archive(30, 10)
    find_reuse([stories], tmp_path)
    found = find_reuse([stories.slice(20)], tmp_path, add=True)
    assert found.counts["stories"] == 30
    assert found.table("skipped")["reason"].to_pylist() == ["duplicate-id"] * 10
    assert found.table("skipped")["place"].to_pylist() == list(range(30, 40))


def test_a_story_without_words_and_one_in_another_script(tmp_path: Path) -> None:
    chinese = "港口当局周二表示，封锁将持续到月底，届时将重新评估局势并公布新的航运时间表。" * 2
    found = find_reuse([batch(["…!?", chinese, f"导语。{chinese}", "short"])], tmp_path)
    assert found.table("stories")["words"].to_pylist()[0] == 0
    row = found.table("passages").to_pylist()[0]
    assert found.text(2)[row["b_start"] : row["b_end"]] == chinese.rstrip("。")


def test_quoted_spans_are_taken_as_given(tmp_path: Path) -> None:
    text = prose(40, 11)
    stories = batch([f"{text} {prose(20, 12)}", f"{text} {prose(20, 13)}"])
    spans = {
        "quoted_start": pa.array([[0], []], pa.list_(pa.int32())),
        "quoted_end": pa.array([[len(text)], []], pa.list_(pa.int32())),
    }
    for name, values in spans.items():
        stories = stories.append_column(name, values)
    row = find_reuse([stories], tmp_path).table("passages").to_pylist()[0]
    assert (row["words"], row["quotation"], row["kind"]) == (40, 40, "quotation")


def test_a_long_story(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    long = " ".join(f"w{k}" for k in chance.integers(0, 50_000, 300_000))
    lifted = " ".join(long.split()[200_000:200_060])
    found = find_reuse([batch([prose(20, 14) + " " + lifted, long, long])], tmp_path)
    assert found.table("pairs")["words"].to_pylist() == [60, 60, 300_000]


@pytest.mark.parametrize(
    ("values", "says"),
    [({"crowd": 1}, "crowd lies between 2 and 10,000"), ({"shingle": 9, "least_words": 8}, "raise least_words")],
)
def test_settings_out_of_range(values: dict[str, int], says: str) -> None:
    with pytest.raises(RangeError, match=says):
        Settings(**values)  # type: ignore[arg-type]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name one text"):
        find_reuse([pa.record_batch({"id": ["a"], "body": ["b"]})], tmp_path)
    with pytest.raises(RangeError, match="'dask' was given"):
        find_reuse([batch(["a"])], tmp_path / "other", engine="dask")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no finished trace"):
        open_reuse(tmp_path / "nowhere")
