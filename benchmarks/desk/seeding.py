"""Fill a desk for a measurement: people with sessions, a story of 700 words, notes. Prints what was made as JSON."""

from __future__ import annotations

import argparse
import json
import random

__all__ = ["story_text"]

_NAMES = ("Mira Okonjo", "Teo Brandt", "Ines Halloran", "Pavel Sorde", "Ada Lindqvist", "Jon Terwin")
_ROLES = (
    "who chairs the board",
    "of the dockers' union",
    "the mayor",
    "an engineer",
    "a councillor",
    "the port's manager",
)
_SAID = (
    "the pier would be closed on Mondays until the repairs are done",
    "the costs had been known to the board since the spring",
    "nobody had asked the people who work there",
    "the figures in the report were wrong by a third",
    "the town would pay for it in the end",
    "a second opinion was on its way",
)


def story_text(words: int = 700, seed: int = 1) -> str:
    """An invented story of about so many words, with about thirty statements."""
    pick = random.Random(seed)
    parts = [f"Harbour board weighs a closure, part {seed}"]
    count = 0
    while count < words:
        who, role = pick.choice(list(zip(_NAMES, _ROLES, strict=True)))
        sentences = [
            f"“{pick.choice(_SAID).capitalize()},” said {who}, {role}.",
            f"{who} denied that {pick.choice(_SAID)}.",
            f"According to a report that officials described but did not show, {pick.choice(_SAID)}, and "
            f"{pick.choice(_SAID)}, in a town whose harbour has been its living for two hundred years and more.",
        ]
        paragraph = " ".join(sentences)
        parts.append(paragraph)
        count += len(paragraph.split())
    return "\n\n".join(parts)


def main() -> None:
    """Fill the desk of this environment."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--notes", type=int, default=10)
    options = parser.parse_args()
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whence.desk.settings")
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from whence.desk.models import Statement, User
    from whence.desk.services import notes, stories

    people = {}
    for number in range(options.people):
        person = User(username=f"person{number:04}", may_write=True, notes_a_day=50)
        person.set_unusable_password()
        person.save()
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        people[person.username] = session.session_key
    story = stories.add_text(story_text())
    stories.read_story(story.pk)
    story.refresh_from_db()
    statements = list(Statement.objects.filter(story=story, current=True).order_by("number"))
    written = []
    for number in range(options.notes):
        author = User.objects.get(username=f"person{number:04}")
        note = notes.write(
            author,
            story=story,
            statements=[statements[number % len(statements)].pk],
            says="misleading",
            reasons=["misleadingMissingImportantContext"],
            text=f"The minutes of {number + 1} May speak of a partial closure, on Mondays only, and of its costs.",
            sources=["https://minutes.invalid/may"],
        )
        written.append(note.pk)
    found = {
        "people": people,
        "story": story.key,
        "words": len(story.versions.get().text.split()),
        "statements": [one.pk for one in statements],
        "notes": written,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
