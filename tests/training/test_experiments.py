import msgspec
import pytest

from tests.training.labs import ATTENTION, LENET, SOFTMAX, WALK
from tutor.course.catalog import entries
from tutor.course.experiment import Data, Lab, Model, Optimiser, Variant
from tutor.course.load import load
from tutor.course.wording import Text
from tutor.messages import LANGUAGES, say
from tutor.training.experiments import checked, experiment, varied
from tutor.training.refusal import ExperimentError

NUMBERS = {
    "W": [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9]],
    "x": [0.5, 0.6, 0.7],
    "b": [0.1, 0.2, 0.3],
    "k": 1,
    "y": [0, 1, 0],
    "X": [[0.5, 0.6, 0.7], [1, 0, 0]],
    "Y": [[0, 1, 0], [0, 0, 1]],
    "eta": 0.25,
}
BIND = {"W": "W", "x": "x", "b": "b", "label": "k"}
WORDS = Text("words", "词")
SOFTMAX_LAB = Lab(
    "soft", WORDS, WORDS, Model("softmax-regression", initial="zero"), Data("digits"), 0.5
)
OWN_LAB = Lab("own", WORDS, WORDS, Model("softmax-regression"), Data("own"), 0.1, bind=BIND)


def changed(lab, **fields):
    return msgspec.structs.replace(lab, **fields)


def of(kind, data, **fields):
    """A lab of a kind of model and of data."""
    model = {name: fields.pop(name) for name in list(fields) if name in Model.__struct_fields__}
    told = {name: fields.pop(name) for name in list(fields) if name in Data.__struct_fields__}
    return changed(SOFTMAX_LAB, model=Model(kind, **model), data=Data(data, **told), **fields)


def test_what_the_lesson_says_is_what_is_trained():
    lab = changed(SOFTMAX_LAB, learning_rate=1, batch=8, steps=50, pace=0, seed=7)
    made = experiment(lab, {}, lesson="softmax")
    assert made.name == "softmax/soft"
    assert (made.learning_rate, made.batch, made.steps, made.pace, made.seed) == (1, 8, 50, 0, 7)


def test_the_lessons_own_numbers_are_bound():
    made = experiment(OWN_LAB, NUMBERS)
    assert made.own == WALK.own


def test_a_label_may_be_one_hot_and_the_learning_rate_a_number_of_the_lesson():
    lab = changed(OWN_LAB, bind={**BIND, "label": "y"}, learning_rate="eta")
    made = experiment(lab, NUMBERS)
    assert made.own["label"] == 1
    assert made.learning_rate == 0.25


def test_several_samples_have_several_labels():
    made = experiment(changed(OWN_LAB, bind={**BIND, "x": "X", "label": "Y"}), NUMBERS)
    assert made.own["label"] == (1, 2)


@pytest.mark.parametrize("made", [SOFTMAX, LENET, ATTENTION, WALK], ids=lambda made: made.name)
def test_an_experiment_survives_the_pipe(made):
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made


@pytest.mark.parametrize("path", entries(), ids=lambda path: path.stem)
def test_the_labs_of_every_lesson_are_experiments(path):
    lesson = load(path).lesson
    numbers = {name: given.value for name, given in lesson.givens.items()}
    for lab in lesson.labs:
        assert experiment(lab, numbers, lesson=lesson.id).name == f"{lesson.id}/{lab.id}"
        for variant in lab.variants:
            experiment(lab, numbers, variant, lesson.id)


def test_a_variant_differs_in_what_it_sets():
    variant = Variant(WORDS, {"model.initial": "xavier", "optimiser.kind": "adam", "batch": 64.0})
    made = experiment(SOFTMAX_LAB, {}, variant)
    assert made == changed(
        experiment(SOFTMAX_LAB, {}),
        model=Model("softmax-regression", initial="xavier"),
        optimiser=Optimiser("adam"),
        batch=64,
    )


def own(**numbers):
    return OWN_LAB, {**NUMBERS, **numbers}


VALLEY = of("valley", "none", curvatures=(2.0,), lowest=(3.0,), start=(0.0,))
REFUSED = {
    "data of others": ((of("lenet", "blobs"), {}), "lab.unfit-data"),
    "loss of others": ((changed(SOFTMAX_LAB, loss="mean-squared-error"), {}), "lab.unfit"),
    "loss of a line": ((of("linear-regression", "line"), {}), "lab.unfit"),
    "temperature": ((changed(VALLEY, temperature=2.0), {}), "lab.unfit"),
    "field of another model": ((of("attention", "look-ups", heads=2), {}), "lab.field-not-needed"),
    "field of other data": (
        (of("softmax-regression", "digits", classes=3), {}), "lab.field-not-needed",
    ),
    "a valley without a floor": ((of("valley", "none", start=(1.0,)), {}), "lab.valley"),
    "heads": ((of("transformer", "look-ups", heads=3), {}), "lab.heads"),
    "a knob that turns nothing": (
        (changed(SOFTMAX_LAB, knobs=("activation",)), {}), "lab.unknown-field",
    ),
    "no scores to be divided": (
        (changed(VALLEY, knobs=("temperature",)), {}), "lab.unknown-field",
    ),
    "text for a rate": ((changed(SOFTMAX_LAB, learning_rate="v"), {"v": ""}), "lab.not-a-number"),
    "vector for a rate": ((changed(SOFTMAX_LAB, learning_rate="x"), NUMBERS), "lab.not-a-number"),
    "nan": ((changed(SOFTMAX_LAB, learning_rate=float("nan")), {}), "lab.out-of-range"),
    "nothing bound": ((changed(OWN_LAB, bind={}), NUMBERS), "lab.unbound"),
    "bound to digits": ((changed(SOFTMAX_LAB, bind=BIND), NUMBERS), "lab.unknown-field"),
    "no such": ((changed(OWN_LAB, bind=BIND | {"x": "v"}), NUMBERS), "lab.unknown-number"),
    "watched but not told": ((changed(SOFTMAX_LAB, watch={"p": "p"}), {}), "lab.unknown-field"),
    "W of another shape": (own(W=[[1, 2], [3, 4]]), "lab.wrong-shape"),
    "ragged W": (own(W=[[1, 2, 3], [4, 5], [6, 7, 8]]), "lab.wrong-shape"),
    "W as a number": (own(W=3), "lab.wrong-shape"),
    "text in x": (own(x=[1, "two", 3]), "lab.not-a-number"),
    "empty": (own(W=[], x=[], b=[], y=[]), "lab.out-of-range"),
    "too large for a line": (own(x=[0.0] * 1000), "lab.out-of-range"),
    "label of no class": (own(k=3), "lab.out-of-range"),
    "half a label": (own(k=0.5), "lab.not-whole"),
    "two right classes": (own(k=[1, 1, 0]), "lab.bad-label"),
    "a label a sample": (own(x=[[0.5, 0.6, 0.7]]), "lab.wrong-shape"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_experiment_is_refused_in_words(given, code):
    with pytest.raises(ExperimentError) as refused:
        experiment(*given)
    assert refused.value.code == code
    for language in LANGUAGES:
        assert say(code, language, **refused.value.details)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"learning": 0.1}, "lesson.unknown-field-near"),
        ({"model": "lenet"}, "lesson.unknown-field"),
        ({"model.depth": 3.0}, "lesson.unknown-field-near"),
        ({"name": "x"}, "lesson.unknown-field"),
        ({"model.initial": "zeros"}, "lesson.unknown-word-near"),
        ({"batch": 1.5}, "lesson.expected-whole"),
        ({"optimiser.momentum": 2.0}, "lesson.number-above"),
        ({"model.width": "wide"}, "lesson.expected-whole"),
        ({"batch": 0.0}, "lab.out-of-range"),
        ({"data.kind": "text"}, "lab.unfit-data"),
    ],
)
def test_a_variant_that_is_no_experiment_is_refused(changes, code):
    with pytest.raises(ExperimentError) as refused:
        experiment(SOFTMAX_LAB, {}, Variant(WORDS, changes))
    assert refused.value.code == code
    for language in LANGUAGES:
        assert say(code, language, **refused.value.details)


def test_what_comes_through_a_pipe_is_checked_again():
    with pytest.raises(ExperimentError):
        checked(changed(SOFTMAX, learning_rate=1e9))
    with pytest.raises(ExperimentError):
        checked(changed(SOFTMAX, own=WALK.own))
    with pytest.raises(ExperimentError):
        checked(changed(WALK, own={}))
    with pytest.raises(ExperimentError):
        varied(SOFTMAX, {"seed": -1.0})
