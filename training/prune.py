"""Half of the inner units of each layer taken out: those that say least, and the rest made to speak for them.

A unit's worth is the spread of its activation times the length of the weights that read it. What is left is fitted to
the layer's old output by least squares, layer by layer.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from training.batches import Batch
from training.network import Network

_ROWS = 12_000  # activations looked at in each layer
_RIDGE = 1e-3


@torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
def prune(network: Network, batches: Iterable[Batch], keep: int) -> dict[str, Tensor]:
    """Return the weights of a network with fewer inner units.

    Args:
        network: The network; its weights are left as they are.
        batches: Some training batches, to see what the units do.
        keep: Inner units of each layer that stay.

    Returns:
        A state for a network of that inner size.
    """
    seen: list[list[Tensor]] = [[] for _ in network.layers]

    def watch(index: int) -> torch.utils.hooks.RemovableHandle:
        def note(module: nn.Module, given: tuple[Tensor, ...], output: Tensor) -> None:
            seen[index].append(given[0].flatten(0, 1)[::3].float())

        return network.layers[index].down.register_forward_hook(note)

    handles = [watch(index) for index in range(len(network.layers))]
    network.eval()
    for batch in batches:
        network(batch.ids, batch.shapes, batch.heads, batch.spelling, batch.case, batch.mask)
    for handle in handles:
        handle.remove()
    state = {name: value.clone() for name, value in network.state_dict().items()}
    for index, activations in enumerate(seen):
        name = f"layers.{index}"
        before = torch.cat(activations)[:_ROWS]
        down = state[f"{name}.down.weight"]
        worth = before.std(0) * down.norm(dim=0)
        kept = worth.argsort(descending=True)[:keep].sort().values
        given = torch.cat([before[:, kept], torch.ones(len(before), 1)], dim=1)
        ridge = _RIDGE * len(before) * before.square().mean() * torch.eye(keep + 1)
        fitted = torch.linalg.solve(given.T @ given + ridge, given.T @ (before @ down.T))
        state[f"{name}.down.weight"] = fitted[:-1].T.contiguous()
        state[f"{name}.down.bias"] += fitted[-1]
        state[f"{name}.up.weight"] = state[f"{name}.up.weight"][kept]
        state[f"{name}.up.bias"] = state[f"{name}.up.bias"][kept]
    return state
