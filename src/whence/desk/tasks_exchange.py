"""Work of the exchange with others that the worker does; may be done twice without harm."""

from __future__ import annotations

from typing import Any

from django_tasks import task

__all__ = ["publish_data", "send_webhook"]


@task()
def send_webhook(pk: int, body: dict[str, Any], message: str, tries: int) -> None:
    """Send a message to a subscriber; the id tells them of one that comes twice."""
    from whence.desk.services import webhooks

    webhooks.deliver(pk, body, message, tries)


@task()
def publish_data() -> None:
    """Write the bulk data anew."""
    from whence.desk.services import exports

    exports.write()
