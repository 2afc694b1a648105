"""The trained network as an ONNX graph, built node by node so that it is the same with every version of torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

_FUSED = "com.microsoft"  # onnxruntime's own operators, which it quantises as wholes


class _Builder:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output


def build(state: dict[str, Tensor], heads: int, layers: int) -> onnx.ModelProto:
    """Return the graph of a network.

    Args:
        state: Its weights, by the names of `Network`.
        heads: Attention heads.
        layers: Encoder layers.

    Returns:
        A float32 model: ids (1, pieces), shapes (1, pieces), heads (words,) to scores (words, columns).
    """
    b = _Builder()
    weights = {name: value.float().numpy() for name, value in state.items()}
    width = weights["norm.weight"].shape[0]

    def const(name: str) -> str:
        return b.constant(name, weights[name])

    def matrix(name: str) -> str:
        return b.constant(name, weights[name].T)

    b.node("Gather", [const("pieces.weight"), "ids"], "embedded_pieces")
    b.node("Gather", [const("shapes.weight"), "shapes"], "embedded_shapes")
    b.node("Shape", ["ids"], "length", start=1, end=2)
    b.constant("zero", np.array([0], dtype=np.int64))
    b.node("Slice", [const("positions.weight"), "zero", "length", "zero"], "embedded_positions")
    b.node("Add", ["embedded_pieces", "embedded_shapes"], "embedded_sum")
    b.node("Add", ["embedded_sum", "embedded_positions"], "embedded")
    x = b.node("LayerNormalization", ["embedded", const("norm.weight"), const("norm.bias")], "x0", epsilon=1e-12)
    for index in range(layers):
        p = f"layers.{index}"
        attended = b.node(
            "Attention",
            [x, matrix(f"{p}.qkv.weight"), const(f"{p}.qkv.bias")],
            f"{p}.attended",
            _FUSED,
            num_heads=heads,
        )
        b.node("MatMul", [attended, matrix(f"{p}.out.weight")], f"{p}.projected")
        norm = [const(f"{p}.norm1.weight"), const(f"{p}.norm1.bias"), const(f"{p}.out.bias")]
        middle = b.node("SkipLayerNormalization", [f"{p}.projected", x, *norm], f"{p}.middle", _FUSED, epsilon=1e-12)
        b.node("MatMul", [middle, matrix(f"{p}.up.weight")], f"{p}.raised")
        b.node("BiasGelu", [f"{p}.raised", const(f"{p}.up.bias")], f"{p}.active", _FUSED)
        b.node("MatMul", [f"{p}.active", matrix(f"{p}.down.weight")], f"{p}.lowered")
        norm = [const(f"{p}.norm2.weight"), const(f"{p}.norm2.bias"), const(f"{p}.down.bias")]
        x = b.node("SkipLayerNormalization", [f"{p}.lowered", middle, *norm], f"x{index + 1}", _FUSED, epsilon=1e-12)
    b.node("Reshape", [x, b.constant("flat", np.array([-1, width], dtype=np.int64))], "all")
    b.node("Gather", ["all", "heads"], "words")
    b.node("MatMul", ["words", matrix("head.weight")], "head.product")
    b.node("Add", ["head.product", const("head.bias")], "scores")
    graph = helper.make_graph(
        b.nodes,
        "whence-attribution",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("shapes", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("heads", TensorProto.INT64, ["words"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", weights["head.bias"].shape[0]])],
        b.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="whence", ir_version=8)
    onnx.checker.check_model(model)
    return model


def quantise(source: Path, target: Path) -> None:
    """Write an int8 version of a model: weights by channel, activations scaled as they come.

    Weights use seven of the eight bits: on CPUs without VNNI the eighth can overflow, and one story would then be read
    differently on different machines. The heads stay in float32.

    Args:
        source: The float32 model.
        target: Where the int8 model goes.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=["head.product", "embedded_shapes"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
