"""The mail server's address as Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from whence.errors import InputError

__all__ = ["settings_of"]


def settings_of(url: str) -> dict[str, Any]:
    """Return Django's settings of a mail server.

    Args:
        url: smtp://user:password@host:port, or smtps:// for TLS from the start; ?from= gives the sender's address.

    Raises:
        InputError: when it is neither.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise InputError("WHENCE_EMAIL is smtp://user:password@host:port or smtps://…: it is neither")
    implicit = parts.scheme == "smtps"
    found: dict[str, Any] = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit,
        "EMAIL_TIMEOUT": 20,
    }
    sender = parse_qs(parts.query).get("from")
    if sender:
        found["DEFAULT_FROM_EMAIL"] = sender[0]
    return found
