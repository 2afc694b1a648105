"""Look in a desk's tables and log for what people were told it had. Prints JSON.

Without an argument: what still waits or runs in the queue.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

__all__: list[str] = []


def _queue() -> dict[str, int]:
    from django_tasks_db.models import DBTaskResult

    from whence.desk.models import Story

    return {
        "ready": DBTaskResult.objects.ready().count(),
        "running": DBTaskResult.objects.filter(status="RUNNING").count(),
        "stories": Story.objects.filter(state="waiting").count(),
    }


def _troubles(said: dict[str, Any]) -> list[str]:
    from whence.desk.models import Note, Rating, Story
    from whence.desk.services import facts
    from whence.ledger import Verifier
    from whence.verification import verify_log

    found = verify_log(facts.LogStorage().get, Verifier.parse(facts.first_key()), runs="none")
    log = facts.log()
    entries = [log.entry(place) for place in range(found.checkpoint.size)]
    logged: dict[tuple[str, str], str] = {}
    for entry in entries:
        if entry.kind == "rating":
            logged[str(entry.body["note"]), str(entry.body["rater"])] = str(entry.body["helpful"])
    rows = {(str(one.note_id), one.rater.alias): one.level for one in Rating.objects.select_related("rater")}
    troubles = []
    if rows != logged:
        troubles.append(f"ratings in the tables and in the log differ: {len(rows)} and {len(logged)}")
    for note, alias, levels in said["ratings"]:
        if rows.get((str(note), alias), "") not in levels:
            troubles.append(f"{alias} rated note {note} {levels}, and there is {rows.get((str(note), alias))}")
    texts = Counter(Note.objects.values_list("text", flat=True))
    for text, acknowledged in said["notes"].items():
        if texts[text] > 1 or (acknowledged and not texts[text]):
            troubles.append(f"a note is there {texts[text]} times: {text[:60]}")
    if (facts_of_notes := found.kinds.get("note", 0)) != sum(texts.values()):
        troubles.append(f"{sum(texts.values())} notes have {facts_of_notes} entries in the log")
    titles = Counter(Story.objects.values_list("title", flat=True))
    for title, acknowledged in said["stories"].items():
        if titles[title] > 1 or (acknowledged and not titles[title]):
            troubles.append(f"a story is there {titles[title]} times: {title[:60]}")
    unread = Story.objects.exclude(state="read").values_list("title", "state", "trouble")
    troubles += [f"a story was not read: {row}" for row in unread]
    versions = Counter(Story.objects.filter(versions__isnull=False).values_list("pk", flat=True))
    troubles += [f"story {pk} was read {times} times" for pk, times in versions.items() if times > 1]
    return troubles


def main() -> None:
    """Print what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whence.desk.settings")
    import django

    django.setup()
    print(json.dumps(_troubles(json.loads(Path(sys.argv[1]).read_text())) if len(sys.argv) > 1 else _queue()))


if __name__ == "__main__":
    main()
