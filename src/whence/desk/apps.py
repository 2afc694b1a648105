"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["DeskConfig"]


class DeskConfig(AppConfig):
    """Name and label of the application."""

    name = "whence.desk"
    label = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        """Connect what keeps pages and search up to date."""
        from whence.desk import search, signals

        signals.connect()
        search.connect()
