"""The objects of a JSON-LD document: found wherever they stand, and put together where one refers to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["Graph", "types"]

_NODES = 50_000  # objects of one document that are looked at
_HOPS = 8  # references that are followed one after another
_PREFIXES = (
    "schema:",
    "http://schema.org/",
    "https://schema.org/",
    "http://www.schema.org/",
    "https://www.schema.org/",
)


class Graph:
    """A document's objects, with the ids by which they refer to one another.

    Names of types and properties lose schema.org's prefix ("schema:ClaimReview").

    Args:
        document: an object, or a list of them, nested as JSON-LD allows (`@graph`, `item`, `itemListElement`, …).
    """

    def __init__(self, document: Any) -> None:
        self.cut = False
        """Whether the document has more objects than are looked at."""
        self._nodes: list[dict[str, Any]] = []
        self._ids: dict[str, dict[str, Any]] = {}
        stack = [document]
        while stack:
            at = stack.pop()
            if isinstance(at, list):
                stack.extend(reversed(at[:_NODES]))
            elif isinstance(at, Mapping):
                if len(self._nodes) >= _NODES:
                    self.cut = True
                    break
                node = {_bare(str(k)): v for k, v in at.items()}
                self._nodes.append(node)
                id = node.get("@id")
                # The object that says most about itself is the one that others mean.
                if isinstance(id, str) and len(node) > len(self._ids.get(id, {"@id": id})):
                    self._ids[id] = node
                stack.extend(v for v in reversed(list(node.values())) if isinstance(v, (list, Mapping)))

    def of_type(self, name: str) -> Iterator[dict[str, Any]]:
        """Every object of a type, in the document's order; one that only refers to another is left out."""
        for node in self._nodes:
            named = any(t.casefold() == name.casefold() for t in types(node))
            if named and any(k not in ("@id", "@type", "@context") for k in node):
                yield node

    def look_up(self, value: Any) -> Any:
        """What a value refers to: an object that holds nothing but an `@id` stands for the one that says more.

        References that lead back to themselves end where they began. In a list each is looked up.
        """
        if isinstance(value, list):
            return [self.look_up(v) for v in value[:_NODES] if not isinstance(v, list)]
        seen: set[str] = set()
        while isinstance(value, Mapping) and len(seen) < _HOPS:
            value = {_bare(str(k)): v for k, v in value.items()}
            id = value.get("@id")
            if not isinstance(id, str) or id in seen or id not in self._ids:
                break
            if any(k not in ("@id", "@type") for k in value):
                break
            seen.add(id)
            value = self._ids[id]
        return value


def types(node: Mapping[str, Any]) -> list[str]:
    """The names of an object's types."""
    given = node.get("@type", node.get("type"))
    return [_bare(t.strip()) for t in (given if isinstance(given, list) else [given]) if isinstance(t, str)]


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name
