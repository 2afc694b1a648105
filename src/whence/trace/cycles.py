"""Circles in a directed graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["strongly_connected"]


def strongly_connected(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Which nodes can reach one another: for each node of a circle, the least number in it.

    Tarjan, "Depth-first search and linear graph algorithms" (1972), section 4, without recursion.

    Args:
        edges: from, to.

    Returns:
        Nodes of circles of two or more; a node that reaches only itself is left out.
    """
    out: defaultdict[int, list[int]] = defaultdict(list)
    for start, end in edges:
        if start != end:
            out[start].append(end)
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    waiting: list[int] = []
    held: set[int] = set()
    label: dict[int, int] = {}
    for root in sorted(out):
        if root in order:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                order[node] = low[node] = len(order)
                waiting.append(node)
                held.add(node)
            ahead = out.get(node, [])
            if at > 0:
                low[node] = min(low[node], low[ahead[at - 1]])
            for i in range(at, len(ahead)):
                if ahead[i] not in order:
                    work.extend([(node, i + 1), (ahead[i], 0)])
                    break
                if ahead[i] in held:
                    low[node] = min(low[node], order[ahead[i]])
            else:
                if low[node] == order[node]:
                    circle = []
                    while True:
                        member = waiting.pop()
                        held.discard(member)
                        circle.append(member)
                        if member == node:
                            break
                    if len(circle) > 1:
                        label.update(dict.fromkeys(circle, min(circle)))
    return label
