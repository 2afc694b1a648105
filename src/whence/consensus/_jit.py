"""The one place where numba is imported, so that `import whence` does without it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from whence.errors import MissingExtra

__all__ = ["AHEAD", "kernel", "parallel_kernel", "prange", "prefetch"]

AHEAD = 24
"""How many ratings ahead of its use a row is asked for: enough for memory to answer, few enough to stay in cache."""

F = TypeVar("F", bound=Callable[..., Any])

if TYPE_CHECKING:
    prange = range

    def kernel(function: F) -> F: ...

    def parallel_kernel(function: F) -> F: ...

    def prefetch(table: Any, row: Any) -> None: ...

else:
    # Threads of GNU OpenMP spin between parallel loops unless told to sleep, which costs more CPU time than the loops.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        import numba
        from llvmlite import ir
        from numba.core import cgutils, types
        from numba.extending import intrinsic
    except ImportError as missing:
        raise MissingExtra("numba", "consensus", "score ratings") from missing

    prange = numba.prange

    # fastmath stays off: it would let the compiler reorder sums, and the same input would no longer give the same
    # bytes on another processor.
    # A test of every divisor for zero, as Python has it, would keep loops from becoming vectors.
    _OPTIONS = {"nogil": True, "error_model": "numpy"}

    def _compiled(function, **options):
        try:
            return numba.njit(cache=True, **_OPTIONS, **options)(function)
        except RuntimeError:  # no folder to keep compiled code in: it is compiled anew in each process
            return numba.njit(**_OPTIONS, **options)(function)

    def kernel(function):
        return _compiled(function)

    def parallel_kernel(function):
        return _compiled(function, parallel=True)

    @intrinsic
    def prefetch(typing, table, row):
        """Ask memory for a row of an array before it is used: a hint that changes no result and cannot fail."""

        def generate(context, builder, signature, args):
            array = context.make_array(signature.args[0])(context, builder, args[0])
            wide = context.cast(builder, args[1], signature.args[1], types.int64)
            byte = ir.IntType(8).as_pointer()
            number = ir.IntType(32)
            stride = cgutils.unpack_tuple(builder, array.strides)[0]
            at = builder.gep(builder.bitcast(array.data, byte), [builder.mul(wide, stride)])
            kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
            hint = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
            builder.call(hint, [at, number(0), number(3), number(1)])  # to read, to keep in all caches, data
            return context.get_dummy_value()

        return types.void(table, row), generate
