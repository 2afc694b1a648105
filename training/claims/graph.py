"""The trained encoder as an ONNX graph, built node by node so that it is the same with every version of torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor

_FUSED = "com.microsoft"  # onnxruntime's own operators, which it quantises as wholes


def build(state: dict[str, Tensor], heads: int, layers: int) -> onnx.ModelProto:
    """Return the graph of an encoder.

    Args:
        state: Its weights, by the names of `training.claims.network.Encoder`.
        heads: Attention heads.
        layers: Encoder layers.

    Returns:
        A float32 model: ids (1, pieces) to vector (width,), of length 1.
    """
    nodes: list[onnx.NodeProto] = []
    constants: list[onnx.TensorProto] = []

    def value(name: str, array: npt.NDArray[np.generic]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def const(name: str) -> str:
        return value(name, state[name].float().numpy())

    def matrix(name: str) -> str:
        return value(name, state[name].float().numpy().T)

    def node(operator: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        nodes.append(helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def settled(given: str, linear: str, beside: str, norm: str, output: str) -> str:
        """A linear layer, what stands beside it added, and the norm of the sum.

        In nodes of their own: the bias then belongs to the int8 product, and SkipLayerNormalization, which does sum and
        norm in one, takes three times as long.
        """
        node("MatMul", [given, matrix(f"{linear}.weight")], f"{output}.product")
        node("Add", [f"{output}.product", const(f"{linear}.bias")], f"{output}.linear")
        node("Add", [f"{output}.linear", beside], f"{output}.sum")
        scale = [const(f"{norm}.weight"), const(f"{norm}.bias")]
        return node("LayerNormalization", [f"{output}.sum", *scale], output, epsilon=1e-12)

    width = state["norm.weight"].shape[0]
    node("Gather", [const("pieces.weight"), "ids"], "embedded_pieces")
    node("Shape", ["ids"], "length", start=1, end=2)
    value("zero", np.array([0], dtype=np.int64))
    node("Slice", [const("positions.weight"), "zero", "length", "zero"], "embedded_positions")
    node("Add", ["embedded_pieces", "embedded_positions"], "embedded")
    x = node("LayerNormalization", ["embedded", const("norm.weight"), const("norm.bias")], "x0", epsilon=1e-12)
    for index in range(layers):
        p = f"layers.{index}"
        attended = node(
            "Attention",
            [x, matrix(f"{p}.qkv.weight"), const(f"{p}.qkv.bias")],
            f"{p}.attended",
            _FUSED,
            num_heads=heads,
        )
        middle = settled(attended, f"{p}.out", x, f"{p}.norm1", f"{p}.middle")
        node("MatMul", [middle, matrix(f"{p}.up.weight")], f"{p}.raised")
        node("BiasGelu", [f"{p}.raised", const(f"{p}.up.bias")], f"{p}.active", _FUSED)
        x = settled(f"{p}.active", f"{p}.down", middle, f"{p}.norm2", f"x{index + 1}")
    node("ReduceMean", [x], "mean", axes=[0, 1], keepdims=0)
    node("LpNormalization", ["mean"], "vector", axis=0, p=2)
    graph = helper.make_graph(
        nodes,
        "whence-claims",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [width])],
        constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
    model = helper.make_model(graph, opset_imports=opsets, producer_name="whence", ir_version=8)
    onnx.checker.check_model(model)
    return model


def quantise(source: Path, target: Path) -> None:
    """Write an int8 version of a model: weights by channel, activations scaled as they come.

    Weights use seven of the eight bits: on CPUs without VNNI the eighth can overflow, and one text would then get
    different vectors on different machines.

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
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
