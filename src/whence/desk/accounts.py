"""How contributors sign up: under an alias, where the operator lets them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, SignupForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import SignupForm as SocialSignupForm
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from whence.desk import config
from whence.desk.models import User
from whence.desk.services import standing
from whence.desk.services.accounts import suggest_alias

__all__ = ["AccountAdapter", "AliasForm", "Predictable", "SignInForm", "SocialAdapter", "SocialAliasForm"]

_ALIAS = re.compile(r"\w(?:[\w.-]{1,28})\w")
_RESERVED = {"admin", "administrator", "moderator", "operator", "root", "staff", "system", "whence", "anonymous"}
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "01234567890")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth, with the operator's word on who may sign up, and rules for aliases."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anybody may sign up."""
        return config.get().open

    def is_safe_url(self, url: str) -> bool:
        """Return whether somebody may be sent on to an address: one of ours, and a path (not the name of a view)."""
        return bool(url) and url.startswith("/") and bool(super().is_safe_url(url))

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Return an alias in its one form (NFKC), or say what is wrong with it.

        Args:
            username: as it was typed.
            shallow: whether nobody is asked if it is taken.

        Raises:
            ValidationError: when it is too short or long, mixes scripts, looks like an address or an office, or is
                taken in this or another case.
        """
        alias = unicodedata.normalize("NFKC", username).strip()
        if not _ALIAS.fullmatch(alias):
            raise ValidationError(_("An alias has 3 to 30 letters, digits, hyphens, dots and underscores."))
        if len({_script(letter) for letter in alias if letter.isalpha()}) > 1:
            raise ValidationError(_("An alias keeps to one script: letters of two could be taken for somebody else's."))
        if any(word in _RESERVED for word in re.split(r"[\W\d_]+", alias.casefold())):
            raise ValidationError(_("This alias would be taken for an office: choose another."))
        # allauth compares without regard to case.
        return str(super().clean_username(alias, shallow=shallow))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new contributor, and give them their standing."""
        super().save_user(request, user, form, commit=commit)
        if commit:
            standing.welcome(user)
        return user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return the page to begin with: notes that need a rating."""
        return reverse("queue")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An organisation's own sign-in: it vouches for somebody, and never gives the alias."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return whether new people may come: those of the organisation may, also where others may not."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> User:
        """Suggest an invented alias; name and address stay with the organisation."""
        user: User = sociallogin.user
        user.username = suggest_alias()
        user.email = ""
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Forget what the organisation says of somebody but their number there, before anything of it is kept."""
        sociallogin.email_addresses = []
        account = sociallogin.account
        account.extra_data = {}
        if account.pk:
            account.save(update_fields=["extra_data"])

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Save a new contributor, and give them their standing."""
        user: User = super().save_user(request, sociallogin, form)
        standing.welcome(user)
        return user


class SignInForm(LoginForm):  # type: ignore[misc]
    """Signing in by alias or address."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["login"].label = _("Alias or email address")
        _without_placeholders(self)


class AliasForm(SignupForm):  # type: ignore[misc]
    """Signing up: an invented alias is suggested."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        _alias_field(self)


class SocialAliasForm(SocialSignupForm):  # type: ignore[misc]
    """Signing up by an organisation's own sign-in."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        _alias_field(self)


def _alias_field(form: Any) -> None:
    field = form.fields["username"]
    field.label = _("Alias")
    field.help_text = _("Public. 3 to 30 letters, digits, hyphens, dots and underscores; it cannot be changed later.")
    field.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
    if not form.is_bound and not form.initial.get("username"):
        form.initial["username"] = suggest_alias()
    if "email" in form.fields:
        form.fields["email"].label = _("Email address")
    _without_placeholders(form)


def _without_placeholders(form: Any) -> None:
    """Labels say what a field is for; words in its place are gone when they are needed."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


def _script(letter: str) -> str:
    """The script of a letter, as the first word of its name in Unicode says: LATIN, CYRILLIC, GREEK …"""
    return unicodedata.name(letter, "").split(" ")[0]


class Predictable:
    """A password must not be made of one character again and again, or of a row of the keyboard."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password that can be guessed without a dictionary.

        Args:
            password: as it was typed.
            user: whose.

        Raises:
            ValidationError: when less than 5 different characters, or a row of 5 with little besides, make it up.
        """
        plain = password.casefold()
        rest = plain
        for run in _RUNS:
            for way in (run, run[::-1]):
                for length in range(len(way), 4, -1):
                    for start in range(len(way) - length + 1):
                        rest = rest.replace(way[start : start + length], "")
        if len(set(plain)) < 5 or len(set(rest)) < 3:
            raise ValidationError(
                _("This password is a repetition or a row of the keyboard: three or four words make a better one."),
                code="password_predictable",
            )

    def get_help_text(self) -> str:
        """Return what the form says of it."""
        return _("Three or four words that have nothing to do with each other are easy to remember and hard to guess.")
