"""What an operator sets: read from the environment once, checked, and held in one place."""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from whence.errors import InputError

__all__ = ["Config", "from_environment", "get"]


@dataclass(frozen=True)
class Config:
    """An operator's settings.

    Attributes:
        home: folder of the desk's own files: database, keys, snapshots of pages.
        database: URL of the database; a file in `home` where none is given.
        secret: key of sessions and tokens, at least 32 characters.
        url: address under which people reach the desk, without a final slash.
        hosts: names it answers to.
        name: what it is called on its pages.
        email: URL of the mail server (smtp://user:password@host:port), or None: mails are then written to the log.
        network: addresses (CIDR) inside the organisation that may be fetched from; none by default.
        open: whether anybody may sign up.
        json_logs: whether the log is JSON, a line an event.
        proxies: how many of our own proxies stand in front, whose word on the visitor's address is taken.
        score_minutes: pause between two scorings.
        oidc: issuer, client id and secret of the organisation's own sign-in, or None.
    """

    home: Path
    database: str
    secret: str
    url: str
    hosts: tuple[str, ...]
    name: str
    email: str | None
    network: tuple[str, ...]
    open: bool
    json_logs: bool
    proxies: int
    score_minutes: int
    oidc: tuple[str, str, str] | None

    @property
    def secure(self) -> bool:
        """Whether people reach the desk by https: cookies are then sent by it alone."""
        return self.url.startswith("https://")

    @property
    def origin(self) -> str:
        """Name of the public log: the desk's address without its scheme (C2SP tlog-checkpoint)."""
        return urlsplit(self.url).netloc + "/log"


def _home(environment: Mapping[str, str]) -> Path:
    if given := environment.get("WHENCE_DESK_HOME"):
        return Path(given).expanduser().absolute()
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "whence" / "desk"


def _secret(home: Path) -> str:
    """Return the secret of a file in the desk's home, made on first use and readable by its owner alone."""
    path = home / "secret.key"
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii").strip()
        secret = secrets.token_urlsafe(48)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret + "\n")
    except OSError as failure:
        raise InputError(f"the desk keeps its files in {home}, which cannot be used ({failure.strerror})") from None
    return secret


def _yes(environment: Mapping[str, str], name: str, default: bool) -> bool:
    value = environment.get(name, "").strip().lower()
    if value in ("", "yes", "no"):
        return default if not value else value == "yes"
    raise InputError(f"{name} is yes or no, not {value[:40]!r}")


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = environment.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and low <= int(value) <= high):
        raise InputError(f"{name} is a number from {low} to {high}, not {value[:40]!r}")
    return int(value)


def _networks(environment: Mapping[str, str]) -> tuple[str, ...]:
    given = tuple(n.strip() for n in environment.get("WHENCE_NETWORK", "").split(",") if n.strip())
    for network in given:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise InputError(f"WHENCE_NETWORK lists networks like 10.1.0.0/16, unlike {network[:60]!r}") from None
    return given


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read the settings (docs/reference/desk.md lists them).

    Args:
        environment: variables by name; all are optional.

    Raises:
        InputError: when one is out of its bounds, or the desk's home cannot be used.
    """
    home = _home(environment)
    url = environment.get("WHENCE_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise InputError(f"WHENCE_URL is an http(s) address without a path, unlike {url[:200]!r}")
    hosts = tuple(h.strip() for h in environment.get("WHENCE_HOSTS", "").split(",") if h.strip())
    secret = environment.get("WHENCE_SECRET", "") or _secret(home)
    if len(secret) < 32:
        raise InputError(f"WHENCE_SECRET has at least 32 characters, not {len(secret)}: make one at random")
    database = environment.get("WHENCE_DATABASE", "") or f"sqlite:///{home / 'desk.sqlite3'}"
    if not database.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise InputError("WHENCE_DATABASE is postgres://user:password@host:port/name or sqlite:///path: it is neither")
    issuer = environment.get("WHENCE_OIDC_ISSUER", "")
    return Config(
        home=home,
        database=database,
        secret=secret,
        url=url,
        hosts=hosts or (parts.hostname, "localhost", "127.0.0.1", "[::1]"),
        name=environment.get("WHENCE_NAME", "whence"),
        email=environment.get("WHENCE_EMAIL") or None,
        network=_networks(environment),
        open=_yes(environment, "WHENCE_OPEN", True),
        json_logs=_yes(environment, "WHENCE_JSON_LOGS", False),
        proxies=_number(environment, "WHENCE_PROXIES", 0, 0, 5),
        score_minutes=_number(environment, "WHENCE_SCORE_MINUTES", 5, 1, 1440),
        oidc=(issuer, environment.get("WHENCE_OIDC_CLIENT", ""), environment.get("WHENCE_OIDC_SECRET", ""))
        if issuer
        else None,
    )


@lru_cache(maxsize=1)
def get() -> Config:
    """Return the settings of this process's environment.

    Raises:
        InputError: as from_environment.
    """
    return from_environment(os.environ)
