import msgspec
import pytest

from tutor.course.catalog import entries
from tutor.course.load import load
from tutor.messages import LANGUAGES, say
from tutor.training.experiments import (
    DEFAULTS,
    NAMES,
    OWN,
    ExperimentError,
    checked,
    experiment,
)

WALK = {
    "W": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
    "x": [0.5, 0.6, 0.7],
    "b": [0.1, 0.2, 0.3],
    "k": 1,
    "y": [0, 1, 0],
    "eta": 0.25,
}
BIND = {"W": "W", "x": "x", "b": "b", "label": "k"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - {OWN}))
def test_a_name_alone_is_an_experiment(name):
    assert experiment({"experiment": name}, {}) == DEFAULTS[name]


def test_what_the_lesson_says_goes_before_the_default():
    lab = {"experiment": "digits-softmax", "learning_rate": 1, "batch": 8, "steps": 50, "pace": 0}
    made = experiment({**lab, "seed": 7}, {})
    assert (made.learning_rate, made.batch, made.steps, made.pace, made.seed) == (1, 8, 50, 0, 7)


def test_the_lessons_own_numbers_are_bound():
    made = experiment({"experiment": OWN, "bind": BIND}, WALK)
    assert made.own.W == ((0.1, 0.2, 0.3), (0.4, 0.5, 0.6), (0.7, 0.8, 0.9))
    assert made.own.x == (0.5, 0.6, 0.7)
    assert made.own.label == 1


def test_a_label_may_be_one_hot_and_the_learning_rate_a_number_of_the_lesson():
    bind = {**BIND, "label": "y", "learning_rate": "eta"}
    made = experiment({"experiment": OWN, "bind": bind}, WALK)
    assert made.own.label == 1
    assert made.learning_rate == 0.25


def test_an_experiment_survives_the_pipe():
    made = experiment({"experiment": OWN, "bind": BIND}, WALK)
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_the_lab_of_every_lesson_is_an_experiment(path):
    lesson = load(path).lesson
    if lesson.lab is None:
        pytest.skip("a lesson without a lab")
    numbers = {name: given.value for name, given in lesson.givens.items()}
    assert experiment(lesson.lab.settings(), numbers).name == lesson.lab.experiment


def bound(**numbers):
    return {"experiment": OWN, "bind": BIND}, {**WALK, **numbers}


REFUSED = {
    "no name": (({}, {}), "lab.unknown-experiment"),
    "unknown name": (({"experiment": "mnist"}, {}), "lab.unknown-experiment"),
    "name that is a list": (({"experiment": ["x"]}, {}), "lab.unknown-experiment"),
    "unknown field": (({"experiment": NAMES[0], "epochs": 3}, {}), "lab.unknown-field"),
    "text for a rate": (({"experiment": NAMES[0], "learning_rate": "0.1"}, {}), "lab.not-a-number"),
    "true for a rate": (({"experiment": NAMES[0], "learning_rate": True}, {}), "lab.not-a-number"),
    "nan": (({"experiment": NAMES[0], "learning_rate": float("nan")}, {}), "lab.not-a-number"),
    "negative": (({"experiment": NAMES[0], "learning_rate": -1}, {}), "lab.out-of-range"),
    "no steps": (({"experiment": NAMES[0], "steps": 0}, {}), "lab.out-of-range"),
    "half a batch": (({"experiment": NAMES[0], "batch": 1.5}, {}), "lab.not-whole"),
    "bind as text": (({"experiment": OWN, "bind": "W"}, WALK), "lab.bad-bind"),
    "nothing bound": (({"experiment": OWN}, WALK), "lab.unbound"),
    "bound to digits": (({"experiment": NAMES[0], "bind": BIND}, WALK), "lab.unknown-field"),
    "no such": (({"experiment": OWN, "bind": BIND | {"x": "v"}}, WALK), "lab.unknown-number"),
    "W of another shape": (bound(W=[[1, 2], [3, 4]]), "lab.wrong-shape"),
    "ragged W": (bound(W=[[1, 2, 3], [4, 5], [6, 7, 8]]), "lab.wrong-shape"),
    "W as a number": (bound(W=3), "lab.not-a-number"),
    "text in x": (bound(x=[1, "two", 3]), "lab.not-a-number"),
    "empty": (bound(W=[], x=[], b=[], y=[]), "lab.out-of-range"),
    "too large for a line": (bound(x=[0.0] * 1000), "lab.out-of-range"),
    "label of no class": (bound(k=3), "lab.out-of-range"),
    "half a label": (bound(k=0.5), "lab.not-whole"),
    "two right classes": (bound(k=[1, 1, 0]), "lab.bad-label"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_experiment_is_refused_in_words(given, code):
    with pytest.raises(ExperimentError) as refused:
        experiment(*given)
    assert refused.value.code == code
    for language in LANGUAGES:
        assert say(code, language, **refused.value.details)


def test_what_comes_through_a_pipe_is_checked_again():
    with pytest.raises(ExperimentError):
        checked(msgspec.structs.replace(DEFAULTS["digits-softmax"], learning_rate=1e9))
    with pytest.raises(ExperimentError):
        checked(msgspec.structs.replace(DEFAULTS["digits-softmax"], name="own"))
    with pytest.raises(ExperimentError):
        checked(DEFAULTS[OWN])
