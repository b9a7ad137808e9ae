"""Experiments that the tests of the lab train."""

from tutor.course.experiment import Data, Model
from tutor.training.experiments import Experiment

SOFTMAX = Experiment(
    "digits-softmax", Model("softmax-regression", initial="zero"), Data("digits"),
    learning_rate=0.5, steps=900,
)  # fmt: skip
LENET = Experiment(
    "digits-lenet", Model("lenet", initial="kaiming"), Data("digits"),
    learning_rate=0.1, steps=900, pace=30,
)  # fmt: skip
ATTENTION = Experiment(
    "look-ups",
    Model("attention", initial="xavier"),
    Data("look-ups"),
    learning_rate=0.2,
    steps=750,
    pace=30,
)
WALK = Experiment(
    "walk", Model("softmax-regression"), Data("own"), learning_rate=0.1, batch=1, steps=100, pace=4,
    own={
        "W": ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6), (0.7, 0.8, 0.9)),
        "x": (0.5, 0.6, 0.7),
        "b": (0.1, 0.2, 0.3),
        "label": 1.0,
    },
)  # fmt: skip
"""The softmax-regression lesson's own model."""
