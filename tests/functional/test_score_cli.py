"""`whence score`, `explain` and `simulate` as a user meets them: files in, files and one line of error out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("numba")
pl = pytest.importorskip("polars")

from whence.cli import explain, score, simulate  # noqa: E402
from whence.errors import InputError, WhenceError  # noqa: E402


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from benchmarks.consensus.generate import generate

    folder = tmp_path_factory.mktemp("public")
    generate(folder, 20_000, seed=3)
    return folder


def run_score(folder: Path, out: Path, *more: str) -> Result:
    tables = [
        f"--{k}={folder / f}"
        for k, f in (("notes", "notes.tsv"), ("status", "noteStatusHistory.tsv"), ("enrollment", "userEnrollment.tsv"))
    ]
    return CliRunner().invoke(score.command, [f"--ratings={folder / 'ratings'}", *tables, f"--out={out}", *more])


@pytest.fixture(scope="module")
def scored(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("scored") / "deep" / "out"
    result = run_score(public, out)
    assert result.exception is None, result.output
    for words in ("status (as shown)", "InitialNMR", "gradient norm", "bytes a rating", "viewpoints"):
        assert words in result.output
    return out


def test_the_files(scored: Path, public: Path) -> None:
    assert sorted(p.name for p in scored.iterdir()) == [
        "helpfulness_scores.parquet", "helpfulness_scores.tsv",
        "note_status_history.parquet", "note_status_history.tsv",
        "report.html", "rule_inputs.parquet", "run.json", "scored_notes.parquet", "scored_notes.tsv",
    ]  # fmt: skip
    notes = pl.read_parquet(scored / "scored_notes.parquet")
    assert notes.schema["noteId"] == pl.Int64
    assert notes["noteId"].is_sorted()
    assert notes.columns[:5] == [
        "noteId",
        "coreNoteIntercept",
        "coreNoteFactor1",
        "coreRatingStatus",
        "coreActiveRules",
    ]
    assert set(notes["finalRatingStatus"]) <= {
        "CURRENTLY_RATED_HELPFUL",
        "CURRENTLY_RATED_NOT_HELPFUL",
        "NEEDS_MORE_RATINGS",
    }
    again = pl.read_csv(scored / "scored_notes.tsv", separator="\t")
    assert again.height == notes.height
    history = pl.read_csv(scored / "note_status_history.tsv", separator="\t", infer_schema=False)
    before = pl.read_csv(public / "noteStatusHistory.tsv", separator="\t", infer_schema=False)
    assert history.height == before.height
    assert history.width == 24
    locked = before.join(history, on="noteId", suffix="_now").filter(pl.col("lockedStatus").is_not_null())
    assert (locked["lockedStatus"] == locked["lockedStatus_now"]).all()
    assert (locked["lockedStatus"] == locked["currentStatus_now"]).all()


def test_explain(scored: Path) -> None:
    notes = pl.read_parquet(scored / "scored_notes.parquet")
    for status in notes["coreRatingStatus"].unique():
        note = notes.filter(pl.col("coreRatingStatus") == status)["noteId"][0]
        shown = CliRunner().invoke(explain.command, [str(note), f"--out={scored}"])
        assert f"note {note}: {status}" in shown.output
        assert "what would change it" in shown.output
        full = json.loads(CliRunner().invoke(explain.command, [str(note), f"--out={scored}", "--format=json"]).output)
        assert full["rules"][-1]["status"] == status
        assert len(full["rules"]) == 16
        every = CliRunner().invoke(explain.command, [str(note), f"--out={scored}", "--all"])
        assert every.output.count("does not hold") > 0


def test_explain_says_what_would_take_a_note_either_way(scored: Path) -> None:
    notes = pl.read_parquet(scored / "scored_notes.parquet").filter(pl.col("numRatings") >= 20)

    def said(status: str) -> str:
        ids = notes.filter(pl.col("coreRatingStatus") == status)["noteId"][:20]
        shown = (CliRunner().invoke(explain.command, [str(i), f"--out={scored}"]).output for i in ids)
        return "\n".join(shown)

    undecided = said("NEEDS_MORE_RATINGS")
    assert "more helpful ratings by typical raters of the" in undecided
    assert "more not-helpful ratings by typical raters of each side would make its scores those of" in undecided
    assert "out of what makes a note not helpful" in said("CURRENTLY_RATED_NOT_HELPFUL")
    assert "would lower its intercept below 0.39" in said("CURRENTLY_RATED_HELPFUL")


def test_sleepers_can_be_simulated(tmp_path: Path) -> None:
    args = ["--attack=sleepers", "--raters=80", "--notes=30", "--ratings=20", "--runs=1", "--shares=0.2"]
    result = CliRunner().invoke(simulate.command, args)
    assert result.exception is None, result.output
    assert result.output.startswith("sleepers: 80 raters")


@pytest.mark.parametrize("note", ["123", "no such note", "9" * 30, "-1"])
def test_explaining_an_unknown_note_is_an_error(scored: Path, note: str) -> None:
    result = CliRunner().invoke(explain.command, ["--out", str(scored), "--", note])
    assert isinstance(result.exception, InputError)


def test_explaining_without_a_run_is_an_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(explain.command, ["1", f"--out={tmp_path}"])
    assert isinstance(result.exception, InputError)
    assert "whence score" in str(result.exception)


def test_nothing_is_written_over_until_the_new_result_is_complete(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "scored_notes.tsv").write_text("the old result")

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_csv", fails)
    result = run_score(public, out)
    assert isinstance(result.exception, InputError)
    assert "No space left" in str(result.exception)
    assert [p.name for p in out.iterdir()] == ["scored_notes.tsv"]
    assert (out / "scored_notes.tsv").read_text() == "the old result"


def test_a_small_community_in_a_plain_csv(tmp_path: Path) -> None:
    rows = ["note,rater,rating"]
    rows += [f"{n},{r},{1 if (n % 3 == 0) or (n % 3 == 1 and r % 2 == 0) else 0}" for n in range(12) for r in range(20)]
    (tmp_path / "r.csv").write_text("\n".join(rows))
    result = CliRunner().invoke(
        score.command, [f"--ratings={tmp_path / 'r.csv'}", f"--out={tmp_path / 'out'}", "--small"]
    )
    assert result.exception is None, result.output
    notes = pl.read_parquet(tmp_path / "out" / "scored_notes.parquet")
    assert notes.filter(pl.col("noteId") % 3 == 0)["status"].to_list() == ["CURRENTLY_RATED_HELPFUL"] * 4
    assert notes.filter(pl.col("noteId") % 3 == 1)["status"].to_list() == ["NEEDS_MORE_RATINGS"] * 4
    assert "divided" in result.output


def test_a_tiny_community_is_told_of_small_mode(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("note,rater,rating\n1,a,1\n1,b,0\n")
    result = CliRunner().invoke(score.command, [f"--ratings={tmp_path / 'r.csv'}", f"--out={tmp_path / 'out'}"])
    assert isinstance(result.exception, InputError)
    assert "--small" in str(result.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [["--small", "--replay"], ["--correlated", "nowhere"]])
def test_bad_options_are_errors(public: Path, tmp_path: Path, more: list[str]) -> None:
    result = run_score(public, tmp_path / "out", *more)
    assert isinstance(result.exception, WhenceError | OSError)


def test_replay_and_quiet(public: Path, tmp_path: Path) -> None:
    result = run_score(public, tmp_path / "out", "--replay", "--seed=5", "--quiet")
    assert result.exception is None
    assert result.output == ""
    assert json.loads((tmp_path / "out" / "run.json").read_text())["seed"] == 5


def test_simulate(tmp_path: Path) -> None:
    args = [
        "--raters=120",
        "--notes=40",
        "--ratings=25",
        "--runs=1",
        "--shares=0,0.2",
        f"--plot={tmp_path / 'p.svg'}",
        f"--csv={tmp_path / 'p.csv'}",
    ]
    result = CliRunner().invoke(simulate.command, args)
    assert result.exception is None, result.output
    assert (tmp_path / "p.svg").read_text().startswith("<svg")
    assert len((tmp_path / "p.csv").read_text().splitlines()) == 3
    assert result.output == CliRunner().invoke(simulate.command, args).output
    assert isinstance(CliRunner().invoke(simulate.command, ["--shares=lots"]).exception, WhenceError)
