"""What is said of a file with a learner's own numbers."""

from tutor.messages import Text

TEXTS = {
    "own.not-a-mapping": Text(
        en="the numbers stand below each other, a name and what it is, like `x: [0.5, 0.6]`; this"
        " lesson has {known}",
        zh="每行写一个名称和它的数值，例如 `x: [0.5, 0.6]`；本课有 {known}",
    ),
    "own.unknown": Text(
        en="this lesson has no given `{found}`; it has {known}",
        zh="本课没有已知量 `{found}`；本课有 {known}",
    ),
    "own.unknown-near": Text(
        en="this lesson has no given `{found}`: did you mean `{near}`?",
        zh="本课没有已知量 `{found}`：是不是想写 `{near}`？",
    ),
    "own.derived": Text(
        en="`{found}` is computed as `{formula}`: give the numbers that it is computed from",
        zh="`{found}` 由 `{formula}` 算出：请改为给出它所用的数",
    ),
    "own.given": Text(
        en="so the lesson's other givens cannot be computed with these numbers",
        zh="因此用这些数算不出本课的其他已知量",
    ),
    "own.step": Text(
        en="so the step {step} cannot be computed with these numbers",
        zh="因此用这些数无法计算 {step} 这一步",
    ),
    "own.text": Text(
        en="so the words of the step {step} cannot be filled in: they need numbers of the shapes"
        " that the lesson has",
        zh="因此 {step} 这一步的文字填不出来：它们需要与本课形状相同的数",
    ),
    "own.other-kind": Text(
        en="with these numbers the answer of the step {step} has the shape {got} instead of {was}:"
        " rows and columns may be more or fewer, but not lists within lists",
        zh="用这些数时，{step} 这一步的答案形状是 {got}，而不是 {was}："
        "行数和列数可以改变，但嵌套的层数不能变",
    ),
    "own.unusable": Text(
        en="with these numbers the step {step} has no answer that could be asked for: it is no"
        " number, or not whole, or rounding on the way could move it without bound",
        zh="用这些数时，{step} 这一步没有可以提问的答案：它不是数，或不是整数，"
        "或中途舍入会使它任意偏离",
    ),
    "own.no-option": Text(
        en="with these numbers none of the options of the step {step} is right",
        zh="用这些数时，{step} 这一步的选项都不对",
    ),
}
