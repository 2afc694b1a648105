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


def build(state: dict[str, Tensor], heads: int, layers: int, tags: int) -> onnx.ModelProto:
    """Return the graph of a network.

    Args:
        state: Its weights, by the names of `Network`.
        heads: Attention heads.
        layers: Encoder layers.
        tags: Columns of attribution tags, which come first.

    Returns:
        A float32 model: ids (1, pieces), shapes (1, pieces), heads (words,), spelling (words, 2 * NEAR) and case
        (words, NEAR) to scores (words, columns).
    """
    b = _Builder()
    weights = {name: value.float().numpy() for name, value in state.items()}
    width = weights["norm.weight"].shape[0]

    def const(name: str) -> str:
        return b.constant(name, weights[name])

    def matrix(name: str) -> str:
        return b.constant(name, weights[name].T)

    def dense(x: str, name: str, output: str) -> str:
        b.node("MatMul", [x, matrix(f"{name}.weight")], f"{output}.product")
        return b.node("Add", [f"{output}.product", const(f"{name}.bias")], output)

    def norm(x: str, name: str, output: str) -> str:
        # Sum and norm apart: onnxruntime's SkipLayerNormalization is fifteen times slower than both.
        return b.node("LayerNormalization", [x, const(f"{name}.weight"), const(f"{name}.bias")], output, epsilon=1e-12)

    pieces = const("pieces.weight")
    b.node("Gather", [pieces, "ids"], "embedded_pieces")
    b.node("Gather", [const("shapes.weight"), "shapes"], "embedded_shapes")
    b.node("Shape", ["ids"], "length", start=1, end=2)
    b.constant("zero", np.array([0], dtype=np.int64))
    b.node("Slice", [const("positions.weight"), "zero", "length", "zero"], "embedded_positions")
    b.node("Add", ["embedded_pieces", "embedded_shapes"], "embedded_sum")
    x = norm(b.node("Add", ["embedded_sum", "embedded_positions"], "embedded"), "norm", "x0")
    for index in range(layers):
        p = f"layers.{index}"
        attended = b.node(
            "Attention",
            [x, matrix(f"{p}.qkv.weight"), const(f"{p}.qkv.bias")],
            f"{p}.attended",
            _FUSED,
            num_heads=heads,
        )
        b.node("Add", [dense(attended, f"{p}.out", f"{p}.projected"), x], f"{p}.sum1")
        middle = norm(f"{p}.sum1", f"{p}.norm1", f"{p}.middle")
        b.node("MatMul", [middle, matrix(f"{p}.up.weight")], f"{p}.raised")
        b.node("BiasGelu", [f"{p}.raised", const(f"{p}.up.bias")], f"{p}.active", _FUSED)
        b.node("Add", [dense(f"{p}.active", f"{p}.down", f"{p}.lowered"), middle], f"{p}.sum2")
        x = norm(f"{p}.sum2", f"{p}.norm2", f"x{index + 1}")
    b.node("Reshape", [x, b.constant("flat", np.array([-1, width], dtype=np.int64))], "all")
    b.node("Gather", ["all", "heads"], "words")
    # The columns behind those of the named tasks only help in training.
    columns = tags + len(weights["named.bias"])
    weights["head.weight"], weights["head.bias"] = weights["head.weight"][:columns], weights["head.bias"][:columns]
    dense("words", "head", "read")
    # How words are spelt, names too, joins the columns of entities and parts of speech only.
    b.node("Gather", [pieces, "spelling"], "spelt_pieces")
    b.node("Reshape", ["spelt_pieces", b.constant("pairs", np.array([-1, 2 * width], dtype=np.int64))], "spelt_pairs")
    near = weights["near.weight"].shape[1]
    dense("spelt_pairs", "spelt", "spelt_words")
    b.node("Reshape", ["spelt_words", b.constant("joined", np.array([-1, near], dtype=np.int64))], "spelt_joined")
    b.node("Gather", [const("cases.weight"), "case"], "cases_of")
    b.node("ReduceSum", ["cases_of", b.constant("one", np.array([1], dtype=np.int64))], "cases_sum", keepdims=0)
    b.node("MatMul", ["words", matrix("seen.weight")], "seen_words")
    b.node("Add", [dense("spelt_joined", "near", "near_words"), "cases_sum"], "near_cases")
    b.node("Add", ["near_cases", "seen_words"], "near_sum")
    b.node("Gelu", ["near_sum"], "near_active", _FUSED)
    named = columns - tags
    for part, value in (("weight", weights["named.weight"].T), ("bias", weights["named.bias"][None])):
        padded = np.zeros((value.shape[0], columns), dtype=np.float32)
        padded[:, tags : tags + named] = value
        b.constant(f"named.{part}.padded", padded)
    b.node("MatMul", ["near_active", "named.weight.padded"], "named.product")
    b.node("Add", ["named.product", "named.bias.padded"], "named")
    b.node("Add", ["read", "named"], "scores")
    graph = helper.make_graph(
        b.nodes,
        "whence-attribution",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("shapes", TensorProto.INT64, [1, "pieces"]),
            helper.make_tensor_value_info("heads", TensorProto.INT64, ["words"]),
            helper.make_tensor_value_info("spelling", TensorProto.INT64, ["words", "spelt"]),
            helper.make_tensor_value_info("case", TensorProto.INT64, ["words", "near"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", columns])],
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
        nodes_to_exclude=["read.product", "named.product", "embedded_shapes", "cases_of"],
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
