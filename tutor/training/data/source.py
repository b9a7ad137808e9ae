"""The data of an experiment."""

from collections.abc import Callable, Mapping
from pathlib import Path

import torch

from tutor.course.experiment import Data
from tutor.training.data import images, points, sequences
from tutor.training.data.dataset import Dataset, numbered
from tutor.training.experiments import Experiment
from tutor.training.fits import SIDES
from tutor.training.idx import IdxError, read
from tutor.training.refusal import ExperimentError, refuse

GENERATED: Mapping[str, Callable[[Data], Dataset]] = {
    "line": points.line,
    "blobs": points.blobs,
    "moons": points.moons,
    "xor": points.xor,
    "digits": images.digits,
    "digits-28": images.digits_28,
    "glyphs": images.glyphs,
    "edges": images.edges,
    "bright-pixel": images.bright_pixel,
    "look-ups": sequences.look_ups,
    "text": sequences.text,
}


def dataset(made: Experiment) -> Dataset:
    """What a child trains on; raises ExperimentError where a folder has no data."""
    kind = made.data.kind
    if kind in GENERATED:
        return GENERATED[kind](made.data)
    if kind == "own" and made.model.kind == "softmax-regression":
        return points.own_samples(made.own)
    if kind == "own" and made.model.kind == "linear-regression":
        return points.own_line(made.own)
    if kind == "idx":
        return _folder(made)
    return points.nothing()


def _folder(made: Experiment) -> Dataset:
    """A learner's own MNIST, pixels in [0, 1]."""
    if made.folder is None:
        refuse("lab.no-folder")
    try:
        train, test = read(Path(made.folder), side=SIDES.get(made.model.kind))
    except IdxError as error:
        raise ExperimentError(error.code, **error.details) from error
    inputs, apart = (
        torch.from_numpy(part.images.copy()).float() / 255 * made.data.scale
        for part in (train, test)
    )
    labels, right = (torch.from_numpy(part.labels.copy()).long() for part in (train, test))
    count = made.data.examples or len(labels)
    return Dataset(inputs[:count], labels[:count], apart, right, numbered(10))
