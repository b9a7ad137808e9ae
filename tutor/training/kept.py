"""Earlier runs that are laid under the present one, and what makes them differ."""

from collections.abc import Mapping
from typing import Any

import msgspec

from tutor.training.experiments import Experiment
from tutor.training.snapshot import Snapshot

MOST_KEPT = 3
"""With the present one, as many as one plot can tell apart."""


def kept_with(kept: tuple[Snapshot, ...], before: Snapshot) -> tuple[Snapshot, ...]:
    """The runs that are kept once another begins; one that took no step is not worth it."""
    if before.step == before.start and before.state != "diverged":
        return kept
    return (*kept, before)[-MOST_KEPT:]


def differences(runs: tuple[Snapshot, ...]) -> list[dict[str, float | str | bool]]:
    """For each of some runs, the fields that are not the same in all, by name.

    Names are those of a variant's `set`, with the knobs as they stood last; `fork` is the step at
    which a run was rewound.
    """
    all_fields = [_fields(one) for one in runs]
    names = list(dict.fromkeys(name for fields in all_fields for name in fields))
    differing = [name for name in names if len({fields.get(name) for fields in all_fields}) > 1]
    return [
        {name: fields[name] for name in differing if fields.get(name) is not None}
        for fields in all_fields
    ]


def _fields(run: Snapshot) -> dict[str, float | str | bool]:
    assert run.experiment is not None
    fields = _flat(run.experiment)
    fields |= run.knobs
    for knob in ("momentum", "weight_decay"):
        fields.pop(f"optimiser.{knob}", None)
    fields.pop("optimiser.kind", None)
    if run.ready is not None:
        fields["seed"] = run.ready.seed
        if run.ready.forked_from is not None:
            fields["fork"] = run.ready.forked_from.step
    return fields


def _flat(experiment: Experiment) -> dict[str, float | str | bool]:
    """The fields that can be told in a word: those of the parts with a point."""
    fields: dict[str, float | str | bool] = {}
    parts: Mapping[str, Any] = {
        name: getattr(experiment, name) for name in experiment.__struct_fields__
    }
    for name, value in parts.items():
        if isinstance(value, msgspec.Struct):
            for inner in value.__struct_fields__:
                held = getattr(value, inner)
                if isinstance(held, float | int | str):
                    fields[f"{name}.{inner}"] = held
        elif isinstance(value, float | int | str) and name not in ("name", "pace", "steps"):
            fields[name] = value
    return fields
