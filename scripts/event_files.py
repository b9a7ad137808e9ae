"""Writes the event files of tests/watching/files, as torch and TensorFlow write theirs.

It needs the package `tensorboard`, which is no dependency of ours, not even of the tests: with all
that it needs beside NumPy it takes 88 MB. Where it is installed beside torch:

    python scripts/event_files.py
"""

import math
import sys
from pathlib import Path

import torch
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary, SummaryMetadata
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboard.compat.proto.types_pb2 import DT_DOUBLE, DT_FLOAT, DT_HALF, DT_INT64, DT_STRING
from tensorboard.summary.writer.event_file_writer import EventFileWriter
from torch.utils.tensorboard import SummaryWriter

FILES = Path(__file__).parents[1] / "tests" / "watching" / "files"


def by_torch(folder: Path) -> None:
    """Scalars among everything else that torch can write."""
    with SummaryWriter(folder) as writer:
        for step in range(50):
            writer.add_scalar("loss/train", math.exp(-step / 20), step, walltime=1e9 + step)
            if step % 10 == 0:
                accuracy = torch.tensor(1 - math.exp(-step / 20))
                writer.add_scalar("accuracy", accuracy, step, new_style=True, walltime=1e9 + step)
        writer.add_scalar("odd/nan", math.nan, 3)
        writer.add_scalar("odd/infinite", -math.inf, 4)
        writer.add_scalar("odd/negative-step", 2.5, -7)
        writer.add_scalar("损失", 0.5, 2**40)
        writer.add_text("notes", "a text, which is no number", 1)
        writer.add_histogram("weights", torch.arange(20.0), 1)
        writer.add_tensor("tensor", torch.arange(3.0), 1)


def tensors(folder: Path) -> None:
    """Single numbers as tensors of every kind, as TensorFlow 2 writes them, and no such numbers."""
    one = TensorShapeProto(dim=[TensorShapeProto.Dim(size=1)])
    two = TensorShapeProto(dim=[TensorShapeProto.Dim(size=2)])
    half = torch.tensor(0.5, dtype=torch.float16).view(torch.int16).item()
    kinds = {
        "float": TensorProto(dtype=DT_FLOAT, float_val=[0.25]),
        "float-content": TensorProto(dtype=DT_FLOAT, tensor_content=b"\0\0\x80\x3e"),
        "double": TensorProto(dtype=DT_DOUBLE, double_val=[0.1]),
        "int64": TensorProto(dtype=DT_INT64, int64_val=[-12]),
        "half": TensorProto(dtype=DT_HALF, half_val=[half]),
        "zero": TensorProto(dtype=DT_FLOAT),
        "one-cell": TensorProto(dtype=DT_FLOAT, tensor_shape=one, float_val=[7]),
        "two-cells": TensorProto(dtype=DT_FLOAT, tensor_shape=two, float_val=[7, 8]),
        "words": TensorProto(dtype=DT_STRING, string_val=[b"word"]),
        "other-plugin": TensorProto(dtype=DT_FLOAT, float_val=[9]),
    }
    writer = EventFileWriter(str(folder))
    for step in (1, 2):
        for tag, tensor in kinds.items():
            value = Summary.Value(tag=tag, tensor=tensor)
            if step == 1:
                plugin = "pr_curves" if tag == "other-plugin" else "scalars"
                data = SummaryMetadata.PluginData(plugin_name=plugin)
                value.metadata.CopyFrom(SummaryMetadata(plugin_data=data))
            summary = Summary(value=[value])
            writer.add_event(Event(wall_time=2e9 + step, step=step, summary=summary))
    writer.close()


def main() -> None:
    """Write both, under names that do not change."""
    FILES.mkdir(exist_ok=True)
    for name, write in (("torch", by_torch), ("tensors", tensors)):
        folder = FILES / name
        write(folder)
        (written,) = folder.glob("*.tfevents.*")
        written.replace(FILES / f"events.out.tfevents.{name}")
        folder.rmdir()


if __name__ == "__main__":
    sys.exit(main())
