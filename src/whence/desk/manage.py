"""`python -m whence.desk.manage`: Django's own commands, on the desk of this environment."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Run one of Django's commands.

    Args:
        arguments: the command and its arguments, without the program's name.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "whence.desk.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["whence-desk", *arguments])


if __name__ == "__main__":
    main(sys.argv[1:])
