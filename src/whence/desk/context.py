"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from whence._version import __version__
from whence.desk import config

__all__ = ["desk"]


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return the desk's name, address and version, for templates."""
    settings = config.get()
    return {"desk_name": settings.name, "desk_url": settings.url, "version": __version__, "sign_up_open": settings.open}
