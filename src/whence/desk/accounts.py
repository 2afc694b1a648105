"""How contributors sign up: under an alias, where the operator lets them."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from whence.desk import config

__all__ = ["AccountAdapter"]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth, with the operator's word on who may sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anybody may sign up."""
        return config.get().open
