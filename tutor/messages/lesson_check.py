"""What the lesson check says of formulas, conditions and drawn numbers."""

from tutor.messages import Text

TEXTS = {
    "check.not-a-loss": Text(
        en="A loss is one finite number; this is {value}.",
        zh="损失是一个有限的数，这里是 {value}。",
    ),
    "check.label-count": Text(
        en="There are {labels} labels for {count} rows or columns; write one for each.",
        zh="这里有 {labels} 个标签，而行数或列数是 {count}；请每行或每列写一个。",
    ),
    "check.kind-shape": Text(
        en="The formula gives an array of shape {shape}, which is not what kind: {kind} asks for;"
        " change the kind or the formula.",
        zh="公式的结果形状是 {shape}，与 kind: {kind} 不符；请改 kind 或改公式。",
    ),
    "check.unusable-answer": Text(
        en="The answer {value} cannot be asked for: it is not a number, or rounding on the way"
        " could move it without bound (ln or division of something that may round to 0);"
        " ask for more decimals, or for figures, or choose other numbers.",
        zh="答案 {value} 不能用来提问：它不是数，或者中途四舍五入会使它任意偏离"
        "（对可能舍入为 0 的数取对数或作除数）；请增加小数位数，改用有效数字，或换一组数。",
    ),
    "check.not-whole": Text(
        en="The answer {value} is not whole; kinds shape, whole and the choices need whole"
        " numbers.",
        zh="答案 {value} 不是整数；shape、whole 与选择题的答案必须是整数。",
    ),
    "check.no-right-option": Text(
        en="The formula gives {value}, which picks none of the {count} options (a choice counts"
        " them from 0; choices needs one 0 or 1 for each).",
        zh="公式给出 {value}，在 {count} 个选项中选不出答案（choice 从 0 数起；"
        "choices 每个选项要一个 0 或 1）。",
    ),
    "check.condition-own": Text(
        en="The lesson's own numbers break this condition: {formula}",
        zh="本课自己的数值不满足这个条件：{formula}",
    ),
    "check.condition-never": Text(
        en="Hardly any drawn numbers meet this condition (seed {seed} found none); widen the"
        " ranges or loosen the condition.",
        zh="几乎没有抽到的数值满足这个条件（种子 {seed} 一组也没找到）；请放宽范围或条件。",
    ),
    "check.slip-hides-at": Text(
        en="With the lesson's own numbers the slip {slip} in `{where}` gives the right answer, so"
        " nobody would notice it: choose other numbers, or excuse it by name with the reason.",
        zh="用本课自己的数值时，在 `{where}` 处犯 {slip} 这种错误也会得出正确答案，没有人会发现："
        "请换一组数，或在 excuse 中写明这个错误和理由。",
    ),
    "check.slip-hides": Text(
        en="With the lesson's own numbers the slip {slip} in the answer gives the right answer, so"
        " nobody would notice it: choose other numbers, or excuse it by name with the reason.",
        zh="用本课自己的数值时，对答案犯 {slip} 这种错误也会得出正确答案，没有人会发现："
        "请换一组数，或在 excuse 中写明这个错误和理由。",
    ),
    "check.zero-answer": Text(
        en="With the lesson's own numbers the answer is 0, whatever one does to it: choose other"
        " numbers, or excuse `zero` with the reason.",
        zh="用本课自己的数值时，答案是 0，怎么算错都还是 0：请换一组数，"
        "或在 excuse 中写 `zero` 和理由。",
    ),
    "check.numbers-that-tell": Text(
        en="With these numbers (those of seed {seed}) no slip hides: {numbers}",
        zh="用这组数（种子 {seed}）时，任何错误都看得出来：{numbers}",
    ),
    "check.excuse-unneeded": Text(
        en="The slip {slip} does not hide in this step with the lesson's own numbers: take the"
        " excuse away.",
        zh="用本课自己的数值时，{slip} 这种错误在这一步看得出来：请去掉这一条 excuse。",
    ),
    "check.drawn-hide": Text(
        en="In nearly all drawn numbers (seed {seed} found none without) the slip {slip} gives the"
        " right answer, most often in `{where}`: widen the ranges or add a condition.",
        zh="几乎每组抽到的数值（种子 {seed} 没找到例外）都会使 {slip} 这种错误得出正确答案，"
        "多半在 `{where}` 处：请放宽范围或加一个条件。",
    ),
    "check.drawn-unusable": Text(
        en="Drawn numbers lead to answers that cannot be asked for (seed {seed}): not a number,"
        " or without bound under rounding; add a condition or change the ranges.",
        zh="抽到的数值会得出不能提问的答案（种子 {seed}）：不是数，或受舍入影响没有界限；"
        "请加一个条件或改变范围。",
    ),
}
