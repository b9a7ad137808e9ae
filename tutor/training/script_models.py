"""The model of an experiment as lines of a script: `model`, with the first weights of the lab.

Layers are those of torch.nn, which draw just the numbers that `tutor/training/models` draws when
they begin by default; where they begin otherwise, `begun` makes them draw nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from textwrap import dedent

from tutor.course.experiment import Activation, Initial
from tutor.training.experiments import Experiment
from tutor.training.own_model import Numeric
from tutor.training.script_data import GLYPHS, TEXT, WINDOW, tensor

ACTIVATIONS: Mapping[Activation, str] = {
    "identity": "nn.Identity()",
    "relu": "nn.ReLU()",
    "leaky-relu": "nn.LeakyReLU()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "gelu": "nn.GELU()",
}

FIRST: Mapping[Initial, str] = {
    "zero": "nn.init.zeros_(layer.weight)",
    "constant": "nn.init.constant_(layer.weight, 0.5)",
    "xavier": "nn.init.xavier_uniform_(layer.weight)",
    "kaiming": 'nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")',
}

TOKENS = 30
"""Of look-ups: 24 pairs of a key and a value, and 6 keys to ask for."""


def model(made: Experiment) -> str:
    """The lines that make `model`."""
    lines = dedent(MODELS[made.model.kind](made)).strip()
    seeded = f"torch.manual_seed({made.seed})\nmodel = "
    return _begun(made) + lines.replace("model = ", seeded)


def _begun(made: Experiment) -> str:
    """What makes layers that do not begin by default."""
    if made.model.initial == "default" or made.own:
        return ""
    bias = "" if made.data.kind == "edges" else "\n    nn.init.zeros_(layer.bias)"
    return (
        "def begun(kind, *sizes, **more):\n"
        "    layer = nn.utils.skip_init(kind, *sizes, **more)\n"
        f"    {FIRST[made.model.initial]}{bias}\n"
        "    return layer\n\n\n"
    )


def parameters(made: Experiment) -> str:
    """What the optimiser moves."""
    if made.model.kind == "valley":
        return "[w]"
    if made.data.kind == "own":
        return "[W, b]" if "W" in made.own else "[w, b]"
    return "model.parameters()"


def _layer(made: Experiment, kind: str, *sizes: int | str, **more: object) -> str:
    """A layer of torch.nn, or one that begins otherwise."""
    given = [*map(str, sizes), *(f"{name}={value}" for name, value in more.items())]
    if made.model.initial == "default":
        return f"nn.{kind}({', '.join(given)})"
    return f"begun(nn.{kind}, {', '.join(given)})"


def _one_after_another(layers: list[str]) -> str:
    """A line for each layer that learns, with what follows it."""
    lines: list[str] = []
    for layer in layers:
        if not lines or "Linear" in layer or "Conv2d" in layer:
            lines.append(f"    {layer},")
        else:
            lines[-1] += f" {layer},"
    return "\n".join(("model = nn.Sequential(", *lines, ")"))


# One layer after another


def classes(made: Experiment) -> int:
    """How many classes the data have."""
    match made.data.kind:
        case "xor" | "moons" | "bright-pixel":
            return 2
        case "blobs":
            return made.data.classes or 3
        case "glyphs":
            return min(made.data.classes or len(GLYPHS), len(GLYPHS))
        case "look-ups":
            return 4
        case "text":
            return len(set(made.data.text or TEXT))
        case _:
            return 10


def _features(made: Experiment) -> str:
    """How many numbers an input has."""
    match made.data.kind:
        case "xor" | "moons" | "blobs":
            return "2"
        case "digits-28":
            return "784"
        case "idx":
            return "inputs[0].numel()"
        case _:
            return "64"


def _perceptron(made: Experiment) -> str:
    sizes = [_features(made), *map(str, made.model.hidden), str(classes(made))]
    layers = ["nn.Flatten()"]
    for inputs, outputs in pairwise(sizes):
        layers += [_layer(made, "Linear", inputs, outputs), ACTIVATIONS[made.model.activation]]
    return _one_after_another(layers[:-1])


def _softmax_regression(made: Experiment) -> str:
    if made.own:
        weight = tensor("W", made.own["W"], learned=True)
        return _own_model(weight, made.own["b"], "inputs @ W.T")
    return _perceptron(made)


def _convolution(made: Experiment) -> str:
    if made.data.kind == "edges":
        return f"model = {_layer(made, 'Conv2d', 1, 1, 3, bias=False)}"
    pooled = "Max" if made.model.pooling == "max" else "Avg"
    return _one_after_another([
        "nn.Unflatten(1, (1, 8))",
        _layer(made, "Conv2d", 1, 1, 3, padding=1),
        ACTIVATIONS[made.model.activation],
        f"nn.Adaptive{pooled}Pool2d(1)",
        "nn.Flatten()",
        _layer(made, "Linear", 1, classes(made)),
    ])  # fmt: skip


def _lenet(made: Experiment) -> str:
    first = _layer(made, "Conv2d", 1, 8, 3, padding=1)
    second = _layer(made, "Conv2d", 8, 16, 3, padding=1)
    return _one_after_another(_convolutions(made, 8, first, second, (64, 32)))


def _lenet_5(made: Experiment) -> str:
    first = _layer(made, "Conv2d", 1, 6, 5, padding=2)
    second = _layer(made, "Conv2d", 6, 16, 5)
    return _one_after_another(_convolutions(made, 28, first, second, (400, 120, 84)))


def _convolutions(
    made: Experiment, side: int, first: str, second: str, sizes: tuple[int, ...]
) -> list[str]:
    activation = ACTIVATIONS[made.model.activation]
    pool = "nn.MaxPool2d(2)" if made.model.pooling == "max" else "nn.AvgPool2d(2)"
    layers = [f"nn.Unflatten(1, (1, {side}))", first, activation, pool, second, activation, pool]
    layers.append("nn.Flatten()")
    for inputs, outputs in pairwise((*sizes, classes(made))):
        layers += [_layer(made, "Linear", inputs, outputs), activation]
    return layers[:-1]


# Sequences


def _recurrent(made: Experiment) -> str:
    characters, width = classes(made), made.model.width
    return f"""
        class Characters(nn.Module):
            def __init__(self):
                super().__init__()
                self.input = {_layer(made, "Linear", characters, width)}
                self.state = {_layer(made, "Linear", width, width)}  # its bias is not used
                self.output = {_layer(made, "Linear", width, characters)}

            def forward(self, codes):
                arriving = self.input(functional.one_hot(codes, {characters}).float())
                state, scores = torch.zeros({width}), []
                for place in range({WINDOW}):
                    state = torch.tanh(arriving[:, place] + state @ self.state.weight.T)
                    scores.append(self.output(state))
                return torch.stack(scores, dim=2)


        model = Characters()
        """


def _table(made: Experiment, rows: int) -> str:
    width = made.model.width
    match made.model.initial:
        case "zero":
            return f"nn.Parameter(torch.zeros({rows}, {width}))"
        case "constant":
            return f"nn.Parameter(torch.full(({rows}, {width}), 0.5))"
        case _:
            return f"nn.Parameter(torch.randn({rows}, {width}) * 0.3)"


def _attention(made: Experiment) -> str:
    width = made.model.width
    square = _layer(made, "Linear", width, width)
    divided = f" / math.sqrt({width})" if made.model.scaled else ""
    return f"""
        class Attention(nn.Module):
            def __init__(self):
                super().__init__()
                self.embedding = {_table(made, TOKENS)}
                self.query = {square}  # only the weights
                self.key = {square}
                self.value = {square}
                self.output = {_layer(made, "Linear", width, classes(made))}

            def forward(self, tokens):
                x = self.embedding[tokens]
                q, k, v = (x @ one.weight.T for one in (self.query, self.key, self.value))
                weights = torch.softmax(q @ k.transpose(1, 2){divided}, dim=2)
                return self.output((weights @ v)[:, -1])


        model = Attention()
        """


def _transformer(made: Experiment) -> str:
    return "\n".join(_transformer_lines(made))


def _transformer_lines(made: Experiment) -> Iterator[str]:
    width, heads = made.model.width, made.model.heads
    each = made.data.kind == "text"
    tokens, length = (classes(made), WINDOW) if each else (TOKENS, 7)
    square = _layer(made, "Linear", width, width)
    divided = f" / math.sqrt({width // heads})" if made.model.scaled else ""
    yield from (
        "class Transformer(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        f"        self.embedding = {_table(made, tokens)}",
    )
    if made.model.positions:
        yield f"        self.positions = {_table(made, length)}"
    yield from (
        f"        self.norm_1 = nn.LayerNorm({width})",
        f"        self.query = {square}  # only the weights",
        f"        self.key = {square}",
        f"        self.value = {square}",
        f"        self.mix = {square}",
        f"        self.norm_2 = nn.LayerNorm({width})",
        f"        self.wide = {_layer(made, 'Linear', width, 4 * width)}",
        f"        self.narrow = {_layer(made, 'Linear', 4 * width, width)}",
        f"        self.output = {_layer(made, 'Linear', width, classes(made))}",
        "",
        "    def forward(self, tokens):",
        f"        x = self.embedding[tokens]{' + self.positions' * made.model.positions}",
        "        normed = self.norm_1(x)",
        "        q, k, v = (",
        f"            (normed @ one.weight.T).unflatten(2, ({heads}, -1)).transpose(1, 2)",
        "            for one in (self.query, self.key, self.value)",
        "        )",
        f"        scores = q @ k.transpose(2, 3){divided}",
    )
    if made.model.causal:
        yield f"        later = torch.ones({length}, {length}).triu(1).bool()"
        yield "        scores = scores.masked_fill(later, -math.inf)"
    activation = ACTIVATIONS[made.model.activation]
    yield from (
        "        mixed = (torch.softmax(scores, dim=3) @ v).transpose(1, 2).flatten(2)",
        "        x = x + self.mix(mixed)",
        f"        x = x + self.narrow({activation}(self.wide(self.norm_2(x))))",
        f"        return self.output(x){'.transpose(1, 2)' if each else '[:, -1]'}",
        "",
        "",
        "model = Transformer()",
    )


# Few numbers


def _valley(made: Experiment) -> str:
    model, own = made.model, made.own
    start = own.get("start", model.start)
    return "\n".join(
        (
            tensor("curvatures", own.get("curvatures", model.curvatures)),
            tensor("lowest", own.get("lowest", model.lowest)),
            tensor("w", start, learned=True),
        )
    )


def _linear_regression(made: Experiment) -> str:
    own = made.own
    if not own:
        return (
            _one_after_another(
                ["nn.Unflatten(0, (-1, 1))", _layer(made, "Linear", 1, 1), "nn.Flatten(0)"]
            )
            + ".double()"
        )
    product = "inputs @ w" if isinstance(own["w"], tuple) else "inputs * w"
    return _own_model(tensor("w", own["w"], learned=True), own["b"], product)


def _own_model(weight: str, bias: Numeric, product: str) -> str:
    named = f"{weight}\n{tensor('b', bias, learned=True)}"
    return f"{named}\n\n\ndef model(inputs):\n    return {product} + b"


MODELS: Mapping[str, Callable[[Experiment], str]] = {
    "valley": _valley,
    "linear-regression": _linear_regression,
    "softmax-regression": _softmax_regression,
    "multilayer-perceptron": _perceptron,
    "convolution": _convolution,
    "lenet": _lenet,
    "lenet-5": _lenet_5,
    "character-rnn": _recurrent,
    "attention": _attention,
    "transformer": _transformer,
}
