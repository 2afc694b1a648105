"""The versioned read API: typed, described by OpenAPI 3.1, for programs without a key."""

from whence.desk.api.build import api

__all__ = ["api"]
