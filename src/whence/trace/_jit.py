"""The one place of `trace` where numba is imported, so that `import whence` does without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from whence.errors import MissingExtra

__all__ = ["kernel"]

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:

    def kernel(function: F) -> F: ...

else:
    try:
        import numba
    except ImportError as missing:
        raise MissingExtra("numba", "trace", "trace stories") from missing

    def kernel(function):
        try:
            return numba.njit(cache=True, nogil=True)(function)
        except RuntimeError:  # no folder to keep compiled code in: it is compiled anew in each process
            return numba.njit(nogil=True)(function)
