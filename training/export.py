"""Writes the network as an int8 ONNX graph."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.network import Network

INPUTS = ["tokens", "owner", "slots", "after"]


def export(network: Network, path: Path) -> None:
    """Write ``network`` to ``path`` with 8-bit weights, activations quantised as they come."""
    network.eval()
    tokens = torch.ones(2, 24, dtype=torch.int64)
    owner = torch.tensor([[0] + [1] * 11 + [2] * 12, [0] + [1] * 20 + [-1] * 3])
    example = (tokens, owner, torch.arange(1, 3), torch.tensor(0))
    whole = path.with_suffix(".float.onnx")
    windows, length, slots = "windows", "length", "slots"
    torch.onnx.export(
        network,
        example,
        str(whole),
        input_names=INPUTS,
        output_names=["logits"],
        dynamic_axes={
            "tokens": {0: windows, 1: length},
            "owner": {0: windows, 1: length},
            "slots": {0: slots},
            "logits": {0: windows, 1: slots},
        },
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        onnx.load(whole),
        path,
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )
    whole.unlink()
