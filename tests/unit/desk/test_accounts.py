"""Accounts: aliases, passwords, sessions, second factors, an organisation's own sign-in."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.unit.desk.conftest import Desk
from whence.desk import config
from whence.desk.accounts import AccountAdapter, SocialAdapter
from whence.desk.models import User
from whence.desk.services import accounts

PASSWORD = "seven otters walk home"


def _sign_up(desk: Desk, alias: str, password: str = PASSWORD, **more: str) -> Any:
    given = {"username": alias, "password1": password, **more}
    return desk.client().post(reverse("account_signup"), given)


def test_the_form_suggests_an_alias_and_newcomers_begin_with_the_queue(desk: Desk) -> None:
    client = desk.client()
    page = client.get(reverse("account_signup")).content.decode()
    field = re.search(r'<input[^>]*name="username"[^>]*>', page)
    assert field
    alias = re.search(r'value="([a-z]+-[a-z]+)"', field[0])
    assert alias
    done = client.post(reverse("account_signup"), {"username": alias[1], "password1": PASSWORD})
    assert done["Location"] == reverse("queue")
    user = User.objects.get(username=alias[1])
    assert (user.email, user.may_write, user.notes_a_day) == ("", True, 2)
    assert client.get(reverse("queue")).status_code == 200


def test_suggested_aliases_are_free(desk: Desk) -> None:
    desk.user("amber-alder")
    assert accounts.suggest_alias(lambda words: words[0]) != "amber-alder"
    assert accounts.suggest_alias(lambda words: words[0]).startswith("amber-alder-")


@pytest.mark.parametrize(
    "alias",
    ["ab", "a" * 31, "has space", "me@mail.example", "a/b", "moderator", "The-Moderator", "whence-staff", "pаypal-fan",
     "-dash", "dash-", "<script>", "line\nbreak"],
)  # fmt: skip
def test_aliases_that_mislead_are_refused(desk: Desk, alias: str) -> None:
    assert _sign_up(desk, alias).status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("alias", ["ada", "ёжик-7", "Ærø_92", "日本語", "a.b-c"])
def test_aliases_of_any_one_script_are_taken(desk: Desk, alias: str) -> None:
    assert _sign_up(desk, alias).status_code == 302
    assert User.objects.get().alias == alias


def test_an_alias_is_taken_in_whatever_case(desk: Desk) -> None:
    desk.user("Amber")
    assert _sign_up(desk, "aMBER").status_code == 200
    with pytest.raises(ValidationError):
        AccountAdapter().clean_username("\uff21mber")  # a full-width A


@pytest.mark.parametrize(
    "password",
    ["short", "password123", "1234567890123", "aaaaaaaaaaaaa", "qwertyuiop", "qwertyuiop1", "abcdefghijkl",
     "ababababab", "poiuytrewq", "amber-heron1"],
)  # fmt: skip
def test_passwords_that_are_easily_guessed_are_refused(desk: Desk, password: str) -> None:
    answer = _sign_up(desk, "amber-heron", password)
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()
    assert not User.objects.exists()


def test_the_form_says_what_a_good_password_is(desk: Desk) -> None:
    page = desk.client().get(reverse("account_signup")).content.decode()
    assert "Three or four words" in page
    validate_password(PASSWORD)


def test_a_closed_desk_takes_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    closed = replace(config.get(), open=False)
    monkeypatch.setattr(config, "get", lambda: closed)
    _sign_up(desk, "ada")
    assert not User.objects.exists()


def test_the_session_gets_a_new_key_when_somebody_signs_in(desk: Desk) -> None:
    desk.user("ada")
    client = desk.client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    done = client.post(reverse("account_login"), {"login": "ada", "password": "correct horse battery"})
    assert done.status_code == 302
    assert client.session.session_key != planted
    stranger = desk.client()
    stranger.cookies["sessionid"] = planted
    assert stranger.get(reverse("me")).status_code == 302


def test_wrong_passwords_are_limited(desk: Desk) -> None:
    desk.user("ada")
    client = desk.client()
    answers = [
        client.post(reverse("account_login"), {"login": "ada", "password": f"wrong {number}"}) for number in range(8)
    ]
    right = client.post(reverse("account_login"), {"login": "ada", "password": "correct horse battery"})
    assert right.status_code != 302
    assert any("oo many" in answer.content.decode() for answer in answers) or right.status_code == 429


def test_no_answer_tells_whether_an_alias_exists(desk: Desk) -> None:
    desk.user("ada")

    def answer(alias: str) -> str:
        page = desk.client().post(reverse("account_login"), {"login": alias, "password": "not it at all"})
        return re.sub(r'value="[^"]*"', "", page.content.decode())

    assert answer("ada") == answer("nobody-of-that-name")


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_for_strangers_have_the_desks_dress(desk: Desk, name: str) -> None:
    page = desk.client().get(reverse(name))
    assert page.status_code == 200
    assert 'class="mast"' in page.content.decode()


NAMES = ("account_logout", "account_change_password", "account_email", "mfa_index", "account_reauthenticate")


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_the_account_have_the_desks_dress(desk: Desk, name: str) -> None:
    page = desk.client(desk.user()).get(reverse(name))
    assert page.status_code == 200
    assert 'class="mast"' in page.content.decode()
    assert "style=" not in page.content.decode()


def test_a_second_factor_is_asked_for_once_it_is_there(desk: Desk) -> None:
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
    )

    user = desk.user("ada")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = desk.client()
    first = client.post(reverse("account_login"), {"login": "ada", "password": "correct horse battery"})
    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("me")).status_code == 302  # not signed in yet
    page = client.get(reverse("mfa_authenticate"))
    assert 'class="mast"' in page.content.decode()
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    done = client.post(reverse("mfa_authenticate"), {"code": code})
    assert done.status_code == 302
    assert client.get(reverse("me")).status_code == 200


def test_passkeys_and_codes_are_set_up_after_one_has_signed_in_again(desk: Desk) -> None:
    desk.user("ada")
    client = desk.client()
    client.post(reverse("account_login"), {"login": "ada", "password": "correct horse battery"})
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        again = client.get(reverse(name))
        assert again["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(again["Location"], {"password": "correct horse battery"}).status_code == 302
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        text = page.content.decode()
        assert 'class="mast"' in text
        # Scripts are files of ours: the policy lets no other run. Data in JSON is none.
        assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_an_organisations_sign_in_never_gives_the_alias(desk: Desk) -> None:
    from allauth.socialaccount.models import SocialAccount, SocialLogin

    login = SocialLogin(user=User(), account=SocialAccount(provider="organisation", uid="7"))
    data = {"username": "maria.real-name", "name": "Maria Real", "email": "maria@organisation.example"}
    user = SocialAdapter().populate_user(None, login, data)  # type: ignore[arg-type]
    assert "maria" not in user.username
    assert user.email == ""
