"""An invented community, for a first look: people with an honest spread of views, stories, notes, ratings, scores.

Everything goes through the services that people use, so that log, counts and standings are what they would be. The
same seed gives the same people, notes and ratings; only times, salts and the password differ.
"""

from __future__ import annotations

import hashlib
import random
import secrets
import sys
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from whence.desk.models import Evidence, Note, Rating, Story, User
from whence.desk.services import accounts, notes, ratings, scoring, standing, stories
from whence.desk.vocabulary import HELPFUL_TAGS, NOT_HELPFUL_TAGS

__all__ = ["PEOPLE", "fill"]

PEOPLE = 40
_EARLY = 22  # of them come before the first scoring
_ASIDE = 4  # of them see things from the middle
_NOISE = 0.13
_REACH = 0.45  # what a wholly partisan note gains with its side, and loses with the other
_SHARE = 0.8  # of the notes that somebody rates
_FEW = 3  # ratings of a note that is to need more

_GOOD = ("helpfulGoodSources", "helpfulClear", "helpfulUnbiasedLanguage", "helpfulImportantContext")
_BAD = ("notHelpfulArgumentativeOrBiased", "notHelpfulSourcesMissingOrUnreliable", "notHelpfulOpinionSpeculation")


@dataclass(frozen=True)
class _Person:
    user: User
    view: float  # -1 to 1: what the scorer has to find out


@dataclass(frozen=True)
class _Written:
    note: Note
    quality: float
    slant: float
    few: bool


def fill(seed: int = 1) -> bool:
    """Fill an empty desk; one with a story is left as it is.

    Args:
        seed: of people, ratings and their order.

    Returns:
        Whether it was empty.
    """
    if Story.objects.exists():
        print("whence: the desk has stories already: no sample community was added", file=sys.stderr)
        return False
    with transaction.atomic():
        known = _fill(random.Random(seed))  # noqa: S311 (an invented community hides nothing)
    print(
        f"whence: a sample community was made: {User.objects.filter(is_staff=False).count()} people, "
        f"{Note.objects.count()} notes, {Rating.objects.count()} ratings.\n"
        f"whence: sign in as '{known[0]}' with the password {known[1]}",
        file=sys.stderr,
    )
    return True


def _fill(chance: random.Random) -> tuple[str, str]:
    people = _people(chance)
    samples = _samples()
    read = {sample["key"]: _story(sample) for sample in samples}
    waiting = [(read[s["key"]], given) for s in samples for given in s.get("notes", [])]
    at_once = [one for one in waiting if one[1].get("author") != "later"]
    later = [one for one in waiting if one[1].get("author") == "later"]
    written = [
        _write(people[number % standing.FIRST_MEMBERS].user, story, given)
        for number, (story, given) in enumerate(at_once)
    ]
    _rate(chance, people[:_EARLY], written)
    scoring.score()
    # Those who came later than the first members have earned writing by now, if their ratings foretold outcomes.
    writers = [user for user in User.objects.filter(may_write=True).order_by("-pk") if standing.left_today(user) > 0]
    written += [_write(writers[n % len(writers)], story, given) for n, (story, given) in enumerate(later)]
    known = people[_EARLY - 1]  # leaves some for whoever looks through their eyes
    _rate(chance, [person for person in people if person is not known], written)
    _second_thoughts(chance, people, written)
    scoring.score()
    for sample in samples:
        if "later" in sample:
            Story.objects.filter(pk=read[sample["key"]].pk).update(given=sample["later"].strip())
            stories.read_story(read[sample["key"]].pk)
    # The pages on which notes rest are invented as well: nobody need look for them.
    DBTaskResult.objects.ready().filter(task_path__endswith=".archive_evidence").delete()
    return _open_to_all(known.user)


def _people(chance: random.Random) -> list[_Person]:
    people = []
    for number in range(PEOPLE):
        user = User.objects.create_user(accounts.suggest_alias(chance.choice))
        standing.welcome(user)
        side = 0 if number % (PEOPLE // _ASIDE) == PEOPLE // _ASIDE - 1 else (-1, 1)[number % 2]
        view = side * chance.uniform(0.55, 1.0) if side else chance.uniform(-0.2, 0.2)
        people.append(_Person(user, view))
    return people


def _samples() -> list[dict[str, Any]]:
    folder = resources.files("whence.desk.demo")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return [tomllib.loads(one.read_text(encoding="utf-8")) for one in files]


def _story(sample: dict[str, Any]) -> Story:
    story = stories.add_text(sample["text"].strip(), outlet=sample["outlet"], published=sample["published"])
    Story.objects.filter(pk=story.pk).update(key=sample["key"])
    stories.read_story(story.pk)
    DBTaskResult.objects.ready().filter(task_path__endswith=".read_story").delete()
    return Story.objects.get(pk=story.pk)


def _write(author: User, story: Story, given: dict[str, Any]) -> _Written:
    version = story.versions.get(number=1)
    at = version.text.index(given["on"])
    holding = [s for s in version.statements.all() if s.start <= at < s.end]
    statement = min(holding, key=lambda s: (s.end - s.start, s.number))
    note = notes.write(
        author,
        story=story,
        statements=[statement.pk],
        says=given["says"],
        reasons=given["reasons"],
        text=given["text"],
        sources=[url for url, _, _ in given["sources"]],
        verdict=given.get("verdict", ""),
    )
    for url, title, text in given["sources"]:
        Evidence.objects.filter(note=note, url=url).update(
            title=title,
            archived=f"{title}\n\n{text}",
            archived_at=timezone.now(),
            hash=hashlib.sha256(text.encode()).hexdigest(),
        )
    return _Written(note, given["quality"], given["slant"], given.get("few", False))


def _rate(chance: random.Random, people: list[_Person], written: list[_Written]) -> None:
    for one in written:
        heard = Rating.objects.filter(note=one.note)
        had = set(heard.values_list("rater_id", flat=True))
        for person in people:
            share, liking, noise = chance.random(), chance.random(), chance.gauss(0, _NOISE)
            if person.user.pk in (one.note.author_id, *had) or share > _SHARE:
                continue
            if one.few and heard.count() >= _FEW:
                break
            _rate_one(person, one, noise, liking)


def _rate_one(person: _Person, one: _Written, noise: float, liking: float) -> None:
    found = one.quality + _REACH * one.slant * person.view + noise
    level = Rating.Level.HELPFUL if found > 0.6 else Rating.Level.SOMEWHAT if found > 0.42 else Rating.Level.NOT
    words = {Rating.Level.HELPFUL: _GOOD, Rating.Level.NOT: _BAD}.get(level, ())
    assert set(words) <= HELPFUL_TAGS.keys() | NOT_HELPFUL_TAGS.keys()
    ratings.rate(person.user, one.note, level, [words[int(liking * len(words))]] if words else [])


def _second_thoughts(chance: random.Random, people: list[_Person], written: list[_Written]) -> None:
    """Some change their minds, and one takes a rating back."""
    for person in chance.sample(people[:_EARLY], 3):
        for rating in Rating.objects.filter(rater=person.user, level=Rating.Level.SOMEWHAT)[:1]:
            ratings.rate(person.user, rating.note, Rating.Level.HELPFUL)
    first = Rating.objects.filter(note=written[0].note).order_by("pk").first()
    if first is not None:
        ratings.withdraw(first.rater, written[0].note)


def _open_to_all(user: User) -> tuple[str, str]:
    """Give one of them a password, so that somebody can look at the desk through their eyes."""
    password = secrets.token_urlsafe(9)
    user.refresh_from_db()
    user.set_password(password)
    user.save(update_fields=["password"])
    return user.alias, password
