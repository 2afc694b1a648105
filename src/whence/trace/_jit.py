"""The one place of `trace` where numba is imported: when a kernel is first called, and not before.

Starting numba costs the better part of a second, which one question to an index does without (`trace/plain_one.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

from whence.errors import MissingExtra

__all__ = ["kernel"]

F = TypeVar("F", bound=Callable[..., Any])


class _Kernel:
    """A function that is compiled when it is first called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self._compiled: Any = None
        update_wrapper(self, function)

    def compiled(self) -> Any:
        """The function for numba's eyes, and the kernels that it calls in their places."""
        if self._compiled is None:
            try:
                import numba
            except ImportError as missing:
                raise MissingExtra("numba", "trace", "trace stories") from missing
            around = self._function.__globals__
            for name in self._function.__code__.co_names:
                if isinstance(around.get(name), _Kernel):
                    around[name] = around[name].compiled()
            try:
                self._compiled = numba.njit(cache=True, nogil=True)(self._function)
            except RuntimeError:  # no folder to keep compiled code in: it is compiled anew in each process
                self._compiled = numba.njit(nogil=True)(self._function)
        return self._compiled

    def __call__(self, *args: Any) -> Any:
        return self.compiled()(*args)


if TYPE_CHECKING:

    def kernel(function: F) -> F: ...

else:
    kernel = _Kernel
