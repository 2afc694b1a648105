"""A desk of its own for these tests: a folder and an SQLite file that go when they end, migrated once.

`db` gives a test a transaction that is rolled back; `real_db` commits, and empties the tables afterwards: for threads,
processes and what happens on commit. `desk` makes people, stories, notes and ratings through the real services, gives
clients of the pages, and does the worker's part (`settle`).
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("django", reason="the extra `desk` is not installed")

# Settings are read once a process, when Django is first asked for them: the desk's home must be known before.
_HOME = Path(tempfile.mkdtemp(prefix="whence-desk-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("WHENCE_")]:
    del os.environ[_name]
os.environ["WHENCE_DESK_HOME"] = str(_HOME)
os.environ["WHENCE_URL"] = "http://desk.example"
os.environ["WHENCE_HOSTS"] = "desk.example,testserver"
os.environ["DJANGO_SETTINGS_MODULE"] = "whence.desk.settings"

import django  # noqa: E402

django.setup()  # Models can be imported by test modules from here on.

if TYPE_CHECKING:
    from django.test import Client

    from whence.desk.models import Note, Rating, Story, User

TEXT = """Harbour board weighs a closure

The harbour will close on Monday, the board said. "We have no choice," said Mira Okonjo, who chairs it.

Dockers dispute that. "Nobody asked us," said Teo Brandt of the dockers' union, who denied that the pier is unsafe.

Repairs would cost four million crowns, according to a report that officials described but did not show."""


class Desk:
    """What tests do on a desk."""

    home = _HOME

    def user(self, alias: str = "ada", **fields: Any) -> User:
        """A contributor who may write, unless `may_write=False`."""
        from whence.desk.models import User

        fields.setdefault("may_write", True)
        fields.setdefault("notes_a_day", 50)
        return User.objects.create_user(alias, password="correct horse battery", **fields)

    def users(self, count: int, prefix: str = "rater") -> list[User]:
        """Several contributors, rater01, rater02 and so on."""
        return [self.user(f"{prefix}{number:02}") for number in range(1, count + 1)]

    def story(self, text: str = TEXT, **fields: Any) -> Story:
        """A story that has been read."""
        from whence.desk.services import stories

        story = stories.add_text(text, **fields)
        stories.read_story(story.pk)
        story.refresh_from_db()
        return story

    def note(self, author: User, story: Story | None = None, **fields: Any) -> Note:
        """A note on the story's first statement, through the service."""
        from whence.desk.services import notes

        story = story or self.story()
        first = story.all_statements.filter(current=True).order_by("number").first()
        assert first is not None
        given: dict[str, Any] = {
            "story": story,
            "statements": [first.pk],
            "says": "misleading",
            "reasons": ["misleadingMissingImportantContext"],
            "text": "The board's minutes of 3 May speak of a partial closure, on Mondays only.",
            "sources": ["https://minutes.example/3-may"],
        }
        return notes.write(author, **(given | fields))

    def rate(self, rater: User, note: Note, level: str = "helpful", tags: tuple[str, ...] = ()) -> Rating:
        """A rating, through the service."""
        from whence.desk.services import ratings

        return ratings.rate(rater, note, level, tags)

    def client(self, user: User | None = None, *, csrf: bool = False) -> Client:
        """A browser without JavaScript; signed in where a user is given."""
        from django.test import Client

        client = Client(enforce_csrf_checks=csrf)
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def settle(self, limit: int = 100) -> int:
        """Do what waits for the commit and for the worker; return how many tasks were done."""
        from django.db import connection
        from django_tasks_db.models import DBTaskResult

        done = 0
        while done < limit:
            waiting, connection.run_on_commit = connection.run_on_commit, []
            for waits in waiting:
                waits[1]()
            task = DBTaskResult.objects.ready().first()
            if task is None and not waiting:
                break
            if task is not None:
                result = task.task_result
                DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL")
                task.task.call(*result.args, **result.kwargs)
                done += 1
        return done


@pytest.fixture(scope="session")
def _migrated() -> Path:
    from django.conf import settings

    # Quick, and without a collected folder of static files; what they are for is tested through the front door.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    return _HOME


def _fresh() -> None:
    from django.core import mail
    from django.core.cache import cache

    cache.clear()
    mail.outbox = []


@pytest.fixture
def db(_migrated: Path) -> Iterator[None]:
    """A database whose changes are rolled back."""
    from django.db import connection, transaction

    _fresh()
    with transaction.atomic():
        try:
            yield
        finally:
            connection.run_on_commit = []
            transaction.set_rollback(True)


@pytest.fixture
def real_db(_migrated: Path) -> Iterator[None]:
    """A database whose changes are committed; its tables are emptied afterwards."""
    from django.core.management import call_command

    _fresh()
    try:
        yield
    finally:
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def desk(db: None) -> Desk:
    """The desk, in a transaction that is rolled back."""
    return Desk()


@pytest.fixture
def real_desk(real_db: None) -> Desk:
    """The desk, with real commits."""
    return Desk()


@pytest.fixture(scope="session")
def messages_tool() -> Any:
    """`tools/desk_messages.py`, which is not part of the package."""
    import importlib.util

    path = Path(__file__).parents[3] / "tools/desk_messages.py"
    if not path.exists():
        pytest.skip("tools/ is not here: this is not a checkout")
    spec = importlib.util.spec_from_file_location("desk_messages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
