"""A model as matrices to be looked at, and what it says of a few examples."""

import torch
from torch import Tensor

from tutor.training.data.dataset import Dataset, few
from tutor.training.data.sequences import token_names
from tutor.training.models.model import Model
from tutor.training.protocol import MOST_CELLS, MOST_SAMPLES, Sample
from tutor.training.trainee import Drawn

GRID = 24
"""Points across, and along, of a picture of the plane."""

MARGIN = 0.1
"""Of the plane around the examples."""


def names(model: Model, data: Dataset) -> tuple[str, ...]:
    """What can be drawn of a model."""
    found = []
    for place, layer in enumerate(model.names):
        ranks = {one.ndim for one in _of_layer(model, place)}
        if 4 in ranks:
            found.append(f"filters:{layer}")
        elif 2 in ranks:
            found.append(f"weights:{layer}")
    with torch.no_grad():
        looks = model.attended(data.inputs[:1])
    if looks is not None:
        heads = looks.shape[1]
        found += ["attention"] if heads == 1 else [f"attention:{head + 1}" for head in range(heads)]
    if 0 < data.classes <= MOST_CELLS:
        found.append("confusion")
        if data.inputs.ndim == 2 and data.inputs.shape[1] == 2 and data.inputs.is_floating_point():
            found.append("regions")
    return tuple(found)


def drawn(name: str, model: Model, data: Dataset) -> Drawn:
    """One of these."""
    what, _, which = name.partition(":")
    match what:
        case "filters" | "weights":
            return Drawn(_cells(_layer(model, which)))
        case "attention":
            return _attention(model, data, int(which or 1) - 1)
        case "confusion":
            return _confusion(model, data)
        case _:
            return _regions(model, data)


def _of_layer(model: Model, place: int) -> list[Tensor]:
    pairs = zip(model.parameters, model.layer_of, strict=True)
    return [parameter for parameter, layer in pairs if layer == place]


def _layer(model: Model, layer: str) -> Tensor:
    """The weight of a layer as a matrix; kernels below and beside each other."""
    largest = max(_of_layer(model, model.names.index(layer)), key=lambda one: one.ndim)
    if largest.ndim < 4:
        return largest
    outputs, inputs, side, _ = largest.shape
    whole = largest[: MOST_CELLS // side, : MOST_CELLS // side]
    outputs, inputs = whole.shape[:2]
    return whole.transpose(1, 2).reshape(outputs * side, inputs * side)


def _cells(values: Tensor) -> tuple[tuple[float | None, ...], ...]:
    """The upper left of a matrix, to five figures."""
    part = values.detach()[:MOST_CELLS, :MOST_CELLS].double()
    return tuple(
        tuple(float(f"{cell:.5g}") if abs(cell) < float("inf") else None for cell in row)
        for row in part.tolist()
    )


def _attention(model: Model, data: Dataset, head: int) -> Drawn:
    inputs = (data.validation_inputs if len(data.validation_inputs) else data.inputs)[:1]
    looks = model.attended(inputs)
    assert looks is not None
    words = data.shown(inputs[0])
    text = " " not in data.names and isinstance(words, str) and len(words) > len(inputs[0])
    labels = token_names(inputs[0]) if text else tuple(words)
    return Drawn(_cells(looks[0, head]), tuple(map(str, labels)), tuple(map(str, labels)))


def _examples(data: Dataset) -> tuple[Tensor, Tensor]:
    """Those that are not trained on, where there are such."""
    if len(data.validation_labels):
        return few(data.validation_inputs, data.validation_labels)
    return few(data.inputs, data.labels)


def _confusion(model: Model, data: Dataset) -> Drawn:
    inputs, labels = _examples(data)
    answers = model.scores(inputs).argmax(1)
    places = labels.flatten() * data.classes + answers.flatten()
    counts = torch.bincount(places, minlength=data.classes**2)
    return Drawn(_cells(counts.reshape(data.classes, data.classes)), data.names, data.names)


def _regions(model: Model, data: Dataset) -> Drawn:
    """The class of each point of the plane, from above: the second coordinate falls by rows."""
    low, high = data.inputs.amin(0), data.inputs.amax(0)
    low, high = low - MARGIN * (high - low), high + MARGIN * (high - low)
    across = torch.linspace(float(low[0]), float(high[0]), GRID)
    along = torch.linspace(float(high[1]), float(low[1]), GRID)
    points = torch.cartesian_prod(along, across).flip(1).to(data.inputs.dtype)
    answers = model.scores(points).argmax(1).reshape(GRID, GRID)
    rows, columns = ([f"{value:.2f}" for value in line.tolist()] for line in (along, across))
    return Drawn(_cells(answers), tuple(rows), tuple(columns))


def board(model: Model, data: Dataset, temperature: float) -> tuple[Sample, ...]:
    """A few examples with the model's answers; of sequences, the answer at the last place."""
    if not data.classes:
        return ()
    inputs, labels = (part[:MOST_SAMPLES] for part in _examples(data))
    scores = model.scores(inputs)
    if scores.ndim == 3:
        scores, labels = scores[:, :, -1], labels[:, -1]
    shares = torch.softmax(scores / temperature, dim=1)
    return tuple(
        Sample(
            input=data.shown(example),
            label=data.names[label],
            answer=data.names[int(share.argmax())],
            share=round(float(share.max()), 4) if share.isfinite().all() else None,
        )
        for example, label, share in zip(inputs, labels.tolist(), shares, strict=True)
    )
