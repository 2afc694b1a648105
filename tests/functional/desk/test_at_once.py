"""Many at once, in threads and processes, on SQLite and on PostgreSQL: nothing doubled, nothing lost, one scorer."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.functional.desk.conftest import environment

BEGIN = """
    import json, os, sys, threading
    os.environ["DJANGO_SETTINGS_MODULE"] = "whence.desk.settings"
    import django
    django.setup()
    from django.db import connection
    from whence.desk.models import Note, NoteScore, Rating, ScoringRun, User
    from whence.desk.services import facts, notes, ratings, scoring, stories
    from whence.desk.services.standing import Refused
    from whence.errors import InputError
    from whence.ledger import Verifier
    from whence.verification import verify_log

    trouble = []

    def at_once(*works):
        def run(work):
            try:
                work()
            except Refused:
                pass
            except Exception as failure:
                trouble.append(repr(failure))
            finally:
                connection.close()
        threads = [threading.Thread(target=run, args=[work]) for work in works]
        [one.start() for one in threads]
        [one.join() for one in threads]
"""
RATE = """
    from django.core.management import call_command
    call_command("migrate", interactive=False, verbosity=0)
    story = stories.add_text("Harbour closes\\n\\n“It closes on Monday,” said Mira Okonjo.")
    stories.read_story(story.pk)
    author = User.objects.create_user("author", may_write=True, notes_a_day=2)
    raters = [User.objects.create_user(f"rater{n}") for n in range(6)]
    statement = story.all_statements.first()

    def write(n):
        return lambda: notes.write(author, story=story, statements=[statement.pk], says="misleading",
            reasons=["misleadingOther"], text=f"Note {n} of several that are sent at the same moment.",
            sources=["https://minutes.example/"])

    at_once(*(write(n) for n in range(5)))
    written = list(Note.objects.order_by("pk"))
    levels = ["helpful", "somewhat", "not"]
    for round in range(3):
        at_once(*(lambda r=r, note=note, k=k: ratings.rate(r, note, levels[(round + k) % 3])
            for r in raters for note in written for k in (0, 1)))
    rows = {(str(r.note_id), r.rater.username): (r.level, r.entry) for r in Rating.objects.select_related("rater")}
    last = {}
    from whence.ledger import Audit
    for place, entry in Audit(facts.LogStorage().get, Verifier.parse(facts.first_key())).entries():
        if entry.kind == "rating":
            last[entry.body["note"], entry.body["rater"]] = (entry.body["helpful"], place)
    print(json.dumps({"trouble": trouble, "notes": len(written), "ratings": len(rows), "same": rows == last}))
"""
MIXED = """
    from django.core.management import call_command
    from whence.desk.services import accounts, moderation, standing
    standing.limit = lambda impact: 99  # notes a day, after each scoring too
    call_command("migrate", interactive=False, verbosity=0)
    text = "Harbour closes\\n\\n“It closes on Monday,” said Mira Okonjo.\\n\\n“So be it,” said Teo Brandt."
    story = stories.add_text(text)
    stories.read_story(story.pk)
    staff = User.objects.create_superuser("chief", password="x", may_write=True)
    people = [User.objects.create_user(f"rater{n}", may_write=True, notes_a_day=99) for n in range(4)]
    from datetime import timedelta
    from django.utils import timezone

    def write(author, n):
        from whence.desk.models import Statement
        statement = Statement.objects.filter(story=story, current=True).order_by("number").first()
        return notes.write(author, story=story, statements=[statement.pk], says="misleading",
            reasons=["misleadingOther"], text=f"Note {n} by {author.username} of several that are sent at once.",
            sources=["https://minutes.example/"])

    first = [write(person, "first") for person in people]

    def rater(person):
        for n in range(12):
            for note in first:
                if note.author_id != person.pk:
                    ratings.rate(person, note, ["helpful", "somewhat", "not"][n % 3])

    def writer(person):
        for n in range(8):
            try:
                notes.withdraw(person, write(person, n))
            except InputError as failure:
                assert "has changed since" in str(failure)  # the reader was quicker

    def scorer():
        for n in range(6):
            scoring.score(force=True)

    def reader():
        for n in range(6):
            Story.objects.filter(pk=story.pk).update(given=text + f"\\n\\nMore of it: {n}.")
            stories.read_story(story.pk)

    def moderator():
        for n in range(6):
            moderation.hide_note(staff, first[0], "to see what happens")
            moderation.show_note(staff, first[0], "to see what happens")
            moderation.block(staff, people[3], timezone.now() + timedelta(days=1), "to see what happens")
            moderation.unblock(staff, people[3], "to see what happens")

    def leaver():
        for n in range(6):
            accounts.close(people[2])
            User.objects.filter(pk=people[2].pk).update(is_active=True)

    from whence.desk.models import Story
    works = [lambda p=p: rater(p) for p in people] + [lambda p=p: writer(p) for p in people[:2]]
    at_once(*works, scorer, reader, moderator, leaver)
    verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs="all")
    print(json.dumps({"trouble": trouble}))
"""
SCORE = """
    print(json.dumps({"run": getattr(scoring.score(force=True), "pk", None)}))
"""
CHECK = """
    found = verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs="all")
    print(json.dumps({"runs": found.kinds.get("run", 0), "rows": ScoringRun.objects.count(),
        "scores": NoteScore.objects.count()}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Settings of a desk on either database."""
    pytest.importorskip("django", reason="the extra `desk` is not installed")
    url = request.getfixturevalue("postgres") if request.param == "postgresql" else ""
    return {"WHENCE_DESK_HOME": str(tmp_path / "home"), "WHENCE_DATABASE": url}


def _start(program: str, settings: dict[str, str]) -> subprocess.Popen[str]:
    code = textwrap.dedent(BEGIN) + textwrap.dedent(program)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _end(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_many_at_once(settings: dict[str, str]) -> None:
    assert _end(_start(RATE, settings)) == {"trouble": [], "notes": 2, "ratings": 12, "same": True}
    # Several processes score at the same moment: whoever comes second leaves, or scores after the first.
    scored = [_end(one) for one in [_start(SCORE, settings) for _ in range(3)]]
    runs = [one["run"] for one in scored if one["run"] is not None]
    assert runs
    assert len(runs) == len(set(runs))
    assert _end(_start(CHECK, settings)) == {"runs": len(runs), "rows": len(runs), "scores": 2}


def test_nobody_waits_for_each_other_for_ever(settings: dict[str, str]) -> None:
    """Whatever writes takes the log's lock first; else PostgreSQL has to break deadlocks, at somebody's cost."""
    assert _end(_start(MIXED, settings)) == {"trouble": []}
