"""The one place where numba is imported, so that `import whence` does without it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from whence.errors import MissingExtra

__all__ = ["kernel", "parallel_kernel", "prange"]

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    prange = range

    def kernel(function: F) -> F: ...

    def parallel_kernel(function: F) -> F: ...

else:
    # Threads of GNU OpenMP spin between parallel loops unless told to sleep, which costs more CPU time than the loops.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        import numba
    except ImportError as missing:
        raise MissingExtra("numba", "consensus", "score ratings") from missing

    prange = numba.prange

    # fastmath stays off: it would let the compiler reorder sums, and the same input would no longer give the same
    # bytes on another processor.
    def _compiled(function, **options):
        try:
            return numba.njit(cache=True, nogil=True, **options)(function)
        except RuntimeError:  # no folder to keep compiled code in: it is compiled anew in each process
            return numba.njit(nogil=True, **options)(function)

    def kernel(function):
        return _compiled(function)

    def parallel_kernel(function):
        return _compiled(function, parallel=True)
