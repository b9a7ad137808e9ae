"""An experiment as a script of plain PyTorch that prints the same losses, step by step."""

import re
from math import ceil
from textwrap import dedent

from tutor.training import script_data, script_models
from tutor.training.experiments import Experiment

IMPORTS = (
    ("gzip.", "import gzip"),
    ("math.", "import math"),
    ("files(", "from importlib.resources import files"),
    ("Path(", "from pathlib import Path"),
)
STRANGERS = (
    ("np.", "import numpy as np"),
    ("torch.", "import torch"),
    ("nn.", "from torch import nn"),
    ("functional.", "from torch.nn import functional"),
    ("read(", "from tutor.training.idx import read"),
)
"""What a script imports, by what stands in it; the standard library is apart."""


def script(made: Experiment) -> str:
    """The text: what is imported, the data, the model, the loop."""
    parts = (script_data.data(made), script_models.model(made), loop(made))
    body = "\n\n".join(part for part in parts if part)
    imports = (
        "\n".join(line for word, line in table if word in body) for table in (IMPORTS, STRANGERS)
    )
    # Of a run's folder that came from somebody else, the name may be anything.
    name = re.sub(r"[^\w/.-]", "-", made.name)[:80]
    heading = f'"""{name}: the losses of the lab, step by step, by plain PyTorch."""'
    text = "\n\n".join(part for part in (heading, *imports, body) if part) + "\n"
    # As one leaves lines empty before and after functions and classes.
    text = re.sub(r"\n{2,}(?=def |class )", "\n\n\n", text)
    return re.sub(r"(\n +[^\n]*)\n\n(?=\S)", r"\1\n\n\n", text)


def loop(made: Experiment) -> str:
    """The batches, their losses, and how the weights move."""
    count = script_data.examples(made)
    if made.model.kind == "valley":
        loss = "(curvatures / 2 * (w - lowest) ** 2).sum()"
    elif count is not None and count <= made.batch:
        loss = _loss(made, "model(inputs)", "labels")
    else:
        loss = _loss(made, "model(inputs[batch])", "labels[batch]")
    head = f"for step in range(1, {made.steps + 1}):"
    batches = ""
    if "[batch]" in loss:
        head = f"for step, batch in zip(range(1, {made.steps + 1}), batches):"
        batches = _batches(made, count)
    return (
        batches
        + dedent(f"""
        optimiser = {_optimiser(made)}
        {head}
            loss = {loss}
            print(step, loss.item())
            if not loss.isfinite():
                break
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        """).strip()
    )


def _batches(made: Experiment, examples: int | None) -> str:
    """All examples in a new order each epoch, as many epochs as are needed at most."""
    epochs = made.steps if examples is None else ceil(made.steps / ceil(examples / made.batch))
    return dedent(f"""
        order = torch.Generator().manual_seed({made.seed})
        batches = (
            batch
            for epoch in range({epochs})
            for batch in torch.randperm(len(labels), generator=order).split({made.batch})
        )
        """).lstrip()


def _optimiser(made: Experiment) -> str:
    kind, settings = made.optimiser.kind, [f"lr={made.learning_rate!r}"]
    if kind == "momentum":
        settings.append(f"momentum={made.optimiser.momentum!r}")
    if made.optimiser.weight_decay:
        settings.append(f"weight_decay={made.optimiser.weight_decay!r}")
    method = "Adam" if kind == "adam" else "SGD"
    return f"torch.optim.{method}({', '.join((script_models.parameters(made), *settings))})"


def _loss(made: Experiment, scores: str, labels: str) -> str:
    if made.loss == "mean-squared-error":
        return f"functional.mse_loss({scores}, {labels})"
    if made.temperature != 1:
        scores += f" / {made.temperature!r}"
    if made.loss == "softmax-cross-entropy":
        scores = f"torch.softmax({scores}, 1)"
    return f"functional.cross_entropy({scores}, {labels})"
