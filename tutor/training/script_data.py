"""The data of an experiment as lines of a script: `inputs` and `labels`, only what is trained on.

They draw just the numbers that `tutor/training/data` draws, in the same order.
"""

from collections.abc import Callable, Mapping
from textwrap import dedent, indent, wrap

from tutor.training.experiments import Experiment
from tutor.training.own_model import Numeric


def data(made: Experiment) -> str:
    """The lines that make `inputs` and `labels`."""
    lines = dedent(LINES[made.data.kind](made)).strip()
    scale = made.data.scale
    return f"{lines}\ninputs = inputs * {scale!r}" if scale != 1 else lines


LONGEST = 88
"""Characters in a line."""

WINDOW = 16
"""Characters of a text that are seen at once."""


def examples(made: Experiment) -> int | None:
    """How many examples are trained on; None where only the folder knows."""
    match made.data.kind:
        case "none":
            return 1
        case "digits" | "digits-28":
            return min(made.data.examples or 1437, 1437)
        case "xor":
            return 4
        case "text":
            return len(made.data.text or TEXT)
        case "own":
            right = made.own.get("y", made.own.get("label"))
            return len(right) if isinstance(right, tuple) else 1
        case "idx":
            return None
        case _:
            return _count(made)


def _count(made: Experiment) -> int:
    return made.data.examples or EXAMPLES[made.data.kind]


EXAMPLES: Mapping[str, int] = {
    "line": 3, "blobs": 300, "moons": 300, "glyphs": 1000, "edges": 200, "bright-pixel": 400,
    "look-ups": 2000,
}  # fmt: skip
"""Where an experiment does not say how many."""

TEXT = "hello world "


def tensor(name: str, numbers: Numeric, *, learned: bool = False) -> str:
    """A line, or more where there are many numbers, that names a lesson's own numbers."""
    text = repr(numbers).replace("(", "[").replace(",)", "]").replace(")", "]")
    text += ", dtype=torch.float64" + ", requires_grad=True" * learned
    line = f"{name} = torch.tensor({text})"
    if len(line) <= LONGEST:
        return line
    wrapped = wrap(text, LONGEST - 4, break_on_hyphens=False, break_long_words=False)
    return f"{name} = torch.tensor(\n{indent(chr(10).join(wrapped), '    ')}\n)"


def _digits(made: Experiment) -> str:
    return f"""
        with np.load(files("tutor.training") / "digits.npz") as held:  # 8x8 pixels, 0 to 16
            inputs = torch.from_numpy(held["images"]).float() / 16
            labels = torch.from_numpy(held["labels"]).long()
        shuffle = torch.Generator().manual_seed(1998)
        order = torch.randperm(len(labels), generator=shuffle)[:{examples(made)}]
        inputs, labels = inputs[order], labels[order]
        """


def _large_digits(made: Experiment) -> str:
    enlarged = 'functional.interpolate(inputs[:, None], (28, 28), mode="bilinear")[:, 0]'
    return f"{dedent(_digits(made)).rstrip()}\ninputs = {enlarged}"


def _line(made: Experiment) -> str:
    count, noise = _count(made), made.data.noise
    noisy = (
        f"random = torch.Generator().manual_seed(1998)\n        labels = labels"
        f" + torch.randn({count}, generator=random, dtype=torch.float64) * {noise!r}"
        if noise
        else ""
    )
    return f"""
        inputs = torch.arange(1, {count} + 1, dtype=torch.float64) * 3 / {count}
        labels = 2 * inputs
        {noisy}
        """


def _blobs(made: Experiment) -> str:
    classes, train = made.data.classes or 3, _count(made)
    count = train + 200
    return f"""
        random = torch.Generator().manual_seed(1998)
        labels = torch.arange({count}) % {classes}
        angle = labels * (2 * math.pi / {classes}) + math.pi / 2
        centres = 2 * torch.stack([angle.cos(), angle.sin()], dim=1)
        inputs = centres + torch.randn({count}, 2, generator=random) * {_noise(made, 0.7)}
        order = torch.randperm({count}, generator=random)[:{train}]
        inputs, labels = inputs[order], labels[order]
        """


def _moons(made: Experiment) -> str:
    train = _count(made)
    count = train + 200
    return f"""
        random = torch.Generator().manual_seed(1998)
        labels = torch.arange({count}) % 2
        angle = torch.rand({count}, generator=random) * math.pi
        upper = torch.stack([angle.cos(), angle.sin()], dim=1)
        lower = torch.stack([1 - angle.cos(), 0.5 - angle.sin()], dim=1)
        inputs = torch.where(labels[:, None] == 0, upper, lower)
        inputs = inputs + torch.randn({count}, 2, generator=random) * {_noise(made, 0.1)}
        order = torch.randperm({count}, generator=random)[:{train}]
        inputs, labels = inputs[order], labels[order]
        """


def _xor(made: Experiment) -> str:
    return """
        inputs = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
        labels = torch.tensor([0, 1, 1, 0])
        """


GLYPHS = (
    "111101101101111", "010110010010111", "111001111100111", "111001011001111", "101101111001001",
    "111100111001111", "111100111101111", "111001010010010", "111101111101111", "111101111001111",
)  # fmt: skip
"""The digits in 3x5 dots, by rows."""


def _glyphs(made: Experiment) -> str:
    classes = min(made.data.classes or len(GLYPHS), len(GLYPHS))
    train = _count(made)
    count = train + 200
    font = " ".join(GLYPHS[:classes])
    return f"""
        font = "{font[:79]}" \\
            "{font[79:]}"
        font = torch.tensor([[float(dot) for dot in glyph] for glyph in font.split()])
        random = torch.Generator().manual_seed(1998)
        labels = torch.randint({classes}, ({count},), generator=random)
        top = torch.randint(4, ({count},), generator=random)
        left = torch.randint(6, ({count},), generator=random)
        inputs = torch.randn({count}, 8, 8, generator=random) * {_noise(made, 0.1)}
        for image, label, row, column in zip(inputs, labels, top, left):
            image[row : row + 5, column : column + 3] += font[label].view(5, 3)
        inputs, labels = inputs[:{train}], labels[:{train}]
        """


def _edges(made: Experiment) -> str:
    train = _count(made)
    count = train + 200
    noise = made.data.noise or 0.0
    noisy = f"labels += torch.randn(labels.shape, generator=random) * {noise!r}" if noise else ""
    return f"""
        random = torch.Generator().manual_seed(1998)
        inputs = (torch.rand({count}, 1, 8, 8, generator=random) < 0.5).float()
        labels = functional.conv2d(inputs, torch.tensor([[[[1.0, 0.0, -1.0]] * 3]]))
        {noisy}
        inputs, labels = inputs[:{train}], labels[:{train}]
        """.replace("\n        \n", "\n")


def _bright_pixel(made: Experiment) -> str:
    train = _count(made)
    count = train + 200
    return f"""
        random = torch.Generator().manual_seed(1998)
        inputs = torch.randn({count}, 8, 8, generator=random) * {_noise(made, 0.1)}
        labels = torch.randint(2, ({count},), generator=random)
        places = torch.randint(64, ({count},), generator=random)
        inputs.flatten(1)[torch.arange({count}), places] += labels
        inputs, labels = inputs[:{train}], labels[:{train}]
        """


def _look_ups(made: Experiment) -> str:
    train = _count(made)
    count = train + 500
    return f"""
        random = torch.Generator().manual_seed(1998)  # 6 keys, each with one of 4 values
        keys = torch.rand({count}, 6, generator=random).argsort(1)
        values = torch.randint(4, ({count}, 6), generator=random)
        asked = torch.randint(6, ({count}, 1), generator=random)
        inputs = torch.cat([keys * 4 + values, 24 + keys.gather(1, asked)], dim=1)[:{train}]
        labels = values.gather(1, asked).squeeze(1)[:{train}]
        """


def _text(made: Experiment) -> str:
    words = made.data.text or TEXT
    return f"""
        words = {words!r}
        alphabet = sorted(set(words))
        codes = torch.tensor([alphabet.index(character) for character in words])
        places = torch.arange(len(words))[:, None] + torch.arange({WINDOW + 1})
        windows = codes[places % len(words)]
        inputs, labels = windows[:, :-1], windows[:, 1:]
        """


def _own(made: Experiment) -> str:
    own = made.own
    match made.model.kind:
        case "valley":
            return ""
        case "linear-regression":
            return f"{tensor('inputs', own['x'])}\n{tensor('labels', own['y'])}"
        case _:
            label = own["label"]
            # One sample is a row of inputs, and its label a list of one.
            x, labels = (own["x"], label) if isinstance(label, tuple) else ((own["x"],), (label,))
            indices = [int(one) for one in labels if not isinstance(one, tuple)]
            return f"{tensor('inputs', x)}\nlabels = torch.tensor({indices})"  # type: ignore[arg-type]


def _idx(made: Experiment) -> str:
    count = "" if made.data.examples is None else f"[:{made.data.examples}]"
    return f"""
        train = read(Path({made.folder!r})).train  # MNIST's own files
        inputs = torch.from_numpy(train.images.copy()){count}.float() / 255
        labels = torch.from_numpy(train.labels.copy()){count}.long()
        """


def _noise(made: Experiment, otherwise: float) -> str:
    return repr(otherwise if made.data.noise is None else made.data.noise)


LINES: Mapping[str, Callable[[Experiment], str]] = {
    "none": lambda made: "",
    "digits": _digits,
    "digits-28": _large_digits,
    "line": _line,
    "blobs": _blobs,
    "moons": _moons,
    "xor": _xor,
    "glyphs": _glyphs,
    "edges": _edges,
    "bright-pixel": _bright_pixel,
    "look-ups": _look_ups,
    "text": _text,
    "own": _own,
    "idx": _idx,
}
