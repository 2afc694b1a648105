"""Telling subscribers what is new: signed messages, tried again for a day, never into a private network."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from whence.desk.models import Note, StatusChange, User, Webhook
from whence.desk.services import changes, posting
from whence.errors import InputError, WhenceError
from whence.publish.webhook import webhook_headers
from whence.records.change import Change

__all__ = ["EVENTS", "add", "announce_note", "announce_statuses", "deliver", "drop"]

EVENTS = ("note", "status")
_MOST = 5  # webhooks of one person
_WAITS = (60, 300, 1800, 3 * 3600, 8 * 3600, 12 * 3600)  # seconds between tries: a day in all
_GIVE_UP = 50  # failures in a row after which nothing more is sent


def add(owner: User, url: str, events: list[str]) -> Webhook:
    """Keep an address that wants to be told.

    Args:
        owner: whose it is.
        url: https, at most 2,000 characters, outside private networks.
        events: of EVENTS, at least one.

    Raises:
        InputError: when the address cannot be one, the events are none, or there are too many.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or len(url) > 2000:
        raise InputError("a webhook's address begins with https:// and has at most 2,000 characters: this has not")
    if not events or any(event not in EVENTS for event in events):
        raise InputError(f"a webhook is told of {' or '.join(EVENTS)}: choose")
    if owner.webhooks.count() >= _MOST:
        raise InputError(f"one person has at most {_MOST} webhooks: delete one")
    posting.check(url)
    return Webhook.objects.create(owner=owner, url=url, events=sorted(set(events)))


def drop(owner: User, pk: int) -> None:
    """Delete a webhook of one's own.

    Raises:
        InputError: when there is none.
    """
    if not Webhook.objects.filter(owner=owner, pk=pk).delete()[0]:
        raise InputError("there is no such webhook of yours")


def announce_note(note: Note) -> None:
    """Queue the news that a note was written, within the transaction that writes it."""
    _announce(changes.note_change(note))


def announce_statuses(rows: Iterable[StatusChange]) -> None:
    """Queue the news that statuses have changed, within the transaction that changes them."""
    if not Webhook.objects.filter(failures__lt=_GIVE_UP).exists():
        return
    keys = [row.pk for row in rows]
    for change in StatusChange.objects.filter(pk__in=keys).select_related("note__author", "note__story__outlet"):
        if not change.note.hidden and change.note.withdrawn is None:
            _announce(changes.status_change(change))


def _announce(change: Change) -> None:
    from whence.desk import tasks_exchange

    hooks = Webhook.objects.filter(failures__lt=_GIVE_UP)
    body = {
        "type": f"{change.kind}.new" if change.kind == "note" else f"{change.kind}.changed",
        "data": change.to_dict(),
    }
    for hook in hooks:
        if change.kind in hook.events:
            tasks_exchange.send_webhook.enqueue(hook.pk, body, change.id.replace(".", "-"), 0)


def deliver(pk: int, body: dict[str, object], message: str, tries: int) -> None:
    """Send one message; where that fails, queue the next try.

    Args:
        pk: the webhook's.
        body: the message.
        message: its id, the same at each try.
        tries: how often it was tried before.
    """
    from whence.desk import tasks_exchange

    hook = Webhook.objects.filter(pk=pk, failures__lt=_GIVE_UP).first()
    if hook is None:
        return
    now = int(time.time())
    sent = {**body, "timestamp": timezone.now().isoformat(timespec="seconds")}
    data = json.dumps(sent, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    headers = webhook_headers(hook.secret, message, now, data) | {"Content-Type": "application/json"}
    try:
        posting.post(hook.url, data, headers)
    except WhenceError as failure:
        with transaction.atomic():
            Webhook.objects.filter(pk=pk).update(failures=F("failures") + 1, last_trouble=str(failure)[:300])
            if tries < len(_WAITS):
                later = timezone.now() + timedelta(seconds=_WAITS[tries])
                tasks_exchange.send_webhook.using(run_after=later).enqueue(pk, body, message, tries + 1)
    else:
        Webhook.objects.filter(pk=pk).exclude(failures=0).update(failures=0, last_trouble="")
