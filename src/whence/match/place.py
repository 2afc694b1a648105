"""Where a user's data is kept on this system."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["default_store"]

_NAME = "factchecks.sqlite"


def default_store(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The file that fact-checks are kept in unless the user names another.

    `$XDG_DATA_HOME/whence/` (by default `~/.local/share/whence/`; XDG Base Directory Specification), on macOS
    `~/Library/Application Support/whence/`, on Windows `%LOCALAPPDATA%\\whence\\`.

    Args:
        environ: the environment; by default the process's.
        platform: as `sys.platform` names it.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("HOME") or env.get("USERPROFILE") or Path.home())
    if platform == "win32":
        base = Path(env.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        given = env.get("XDG_DATA_HOME", "")
        # "All paths must be absolute. If a relative path is encountered … it should be ignored."
        base = Path(given) if given and Path(given).is_absolute() else home / ".local" / "share"
    return base / "whence" / _NAME
