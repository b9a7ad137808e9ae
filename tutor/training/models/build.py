"""From an experiment to what is trained."""

from tutor.training.data.dataset import Dataset
from tutor.training.data.sequences import VOCABULARY
from tutor.training.data.source import dataset
from tutor.training.experiments import Experiment, checked
from tutor.training.models.convolutional import Kernel, PooledKernel, lenet_5, small_lenet
from tutor.training.models.linear import (
    LinearRegression,
    OwnSoftmaxRegression,
    Perceptron,
    Valley,
    numbers,
)
from tutor.training.models.model import Layers, Model
from tutor.training.models.sequential import Attention, CharacterRNN, Transformer
from tutor.training.models.told import (
    ToldLinearRegression,
    ToldSoftmaxRegression,
    ToldValley,
)
from tutor.training.models.trained import Trained


def build(made: Experiment) -> Trained:
    """What an experiment trains, at its first step; raises ExperimentError for a bad one."""
    checked(made)
    data = dataset(made)
    layers = Layers(made.model.initial, made.seed)
    match made.model.kind:
        case "valley":
            return ToldValley(made, _valley(made, layers), data)
        case "linear-regression":
            return ToldLinearRegression(made, _line(made, layers), data)
        case "softmax-regression" if made.own:
            weight, bias = numbers(made.own["W"]), numbers(made.own["b"])
            return ToldSoftmaxRegression(made, OwnSoftmaxRegression(layers, weight, bias), data)
        case _:
            return Trained(made, _classifier(made, layers, data), data)


def _valley(made: Experiment, layers: Layers) -> Valley:
    model, own = made.model, made.own
    parts = (
        (own["curvatures"], own["lowest"], own["start"])
        if own
        else (model.curvatures, model.lowest, model.start)
    )
    # One number is a number, and two are a vector, as the lesson has them.
    tensors = (numbers(part) for part in parts)
    return Valley(layers, *(one.reshape(()) if one.numel() == 1 else one for one in tensors))


def _line(made: Experiment, layers: Layers) -> LinearRegression:
    if made.own:
        return LinearRegression(layers, numbers(made.own["w"]), numbers(made.own["b"]))
    weight, bias = layers.first(1, 1)
    return LinearRegression(layers, weight.double().reshape(()), bias.double().reshape(()))


def _classifier(made: Experiment, layers: Layers, data: Dataset) -> Model:
    model, classes = made.model, data.classes
    features = data.inputs[0].numel()
    match model.kind:
        case "softmax-regression":
            return Perceptron(layers, (features, classes))
        case "multilayer-perceptron":
            sizes = (features, *model.hidden, classes)
            return Perceptron(layers, sizes, model.activation)
        case "convolution" if made.data.kind == "edges":
            return Kernel(layers)
        case "convolution":
            return PooledKernel(layers, classes, model.activation, model.pooling)
        case "lenet":
            return small_lenet(layers, classes, model.activation, model.pooling)
        case "lenet-5":
            return lenet_5(layers, classes, model.activation, model.pooling)
        case "character-rnn":
            return CharacterRNN(layers, classes, model.width)
        case "attention":
            return Attention(layers, VOCABULARY, classes, model.width, scaled=model.scaled)
        case _:
            each = made.data.kind == "text"
            return Transformer(
                layers,
                classes if each else VOCABULARY,
                data.inputs.shape[1],
                classes,
                model.width,
                model.heads,
                scaled=model.scaled,
                positions=model.positions,
                causal=model.causal,
                activation=model.activation,
                each=each,
            )
