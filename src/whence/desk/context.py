"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from whence._version import __version__
from whence.desk import config

__all__ = ["desk"]


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the desk's name, address, version and languages, for templates."""
    given = config.get()
    return {
        "desk_name": given.name,
        "desk_url": given.url,
        "whence_version": __version__,
        "languages": settings.LANGUAGES,
        "sign_up_open": given.open,
    }
