"""Sentences of predictions: what is asked before a run, and what the run said to it."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    # Asking
    "guess.title": Text(en="Predict first", zh="先预测"),
    "guess.title-of": Text(
        en="Predict first ({number} of {total})", zh="先预测（第 {number} / {total} 题）"
    ),
    "guess.about-number": Text(
        en="Type a number, or a formula such as ln(2), and press Enter. Esc: see it without"
        " predicting.",
        zh="输入一个数，或 ln(2) 这样的算式，再按回车。Esc：不预测，直接看。",
    ),
    "guess.about-choice": Text(
        en="Up, down and Enter choose. Esc: see it without predicting.",
        zh="上下键选择，回车确定。Esc：不预测，直接看。",
    ),
    "guess.unreadable": Text(
        en="That is no number. Type one such as 0.5, or a formula such as ln(2).",
        zh="这不是一个数。请输入 0.5 这样的数，或 ln(2) 这样的算式。",
    ),
    "guess.falls": Text(en="the loss falls", zh="损失下降"),
    "guess.stays": Text(en="the loss stays about the same", zh="损失基本不变"),
    "guess.rises": Text(en="the loss rises", zh="损失上升"),
    "guess.diverges": Text(en="the loss is no number in the end", zh="损失最后不再是数"),
    # Offering
    "guess.offer": Text(en="p: predict this run first", zh="按 p：先预测这次训练"),
    "guess.offer-from-afar": Text(
        en="Tab, then p: predict this run", zh="Tab 键，再按 p：先预测这次训练"
    ),
    # What the run says
    "guess.level": Text(en="your guess", zh="你的预测"),
    "guess.none": Text(en="no number", zh="不是数"),
    "guess.waits": Text(
        en="You said: {answer}. The run will show it.", zh="你的预测：{answer}。训练会给出结果。"
    ),
    "guess.waits-for-variant": Text(
        en="You said: {answer}. {variant} will show it.",
        zh="你的预测：{answer}。变体「{variant}」会给出结果。",
    ),
    "guess.waits-for-all": Text(
        en="You said: {answer}. a runs all variants.",
        zh="你的预测：{answer}。按 a 依次训练所有变体。",
    ),
    "guess.right": Text(
        en="You said: {answer}. Right: {truth}.", zh="你的预测：{answer}。正确：{truth}。"
    ),
    "guess.wrong": Text(
        en="You said: {answer}. It was: {truth}.", zh="你的预测：{answer}。结果是：{truth}。"
    ),
    "guess.right-so": Text(
        en="You said: {answer}. So it was.", zh="你的预测：{answer}。正是如此。"
    ),
    "guess.close": Text(
        en="You said: {answer}. Right, though it is close.",
        zh="你的预测：{answer}。算对，不过相差很小。",
    ),
    "guess.ended": Text(en="The losses at the end: {losses}.", zh="最后的损失：{losses}。"),
    "guess.passed": Text(
        en="You did not predict this. p asks again.", zh="你没有预测这一题。按 p 可以再答。"
    ),
    "guess.margin": Text(
        en="Within {margin:g} counts as right.", zh="相差不超过 {margin:g} 算对。"
    ),
    # Keys
    "guess.key-predict": Text(en="Predict", zh="预测"),
    "guess.about-predict": Text(
        en="Say what the run will do, then see it from its beginning",
        zh="先说出训练会怎样，再从头看",
    ),
    "guess.key-about": Text(en="About", zh="说明"),
    "guess.about-about": Text(
        en="What this experiment is for, what you predicted, and what the lab notices",
        zh="这个实验看什么，你的预测，以及实验区发现的问题",
    ),
    "guess.key-all": Text(en="All", zh="全部"),
    "guess.about-all": Text(
        en="Train all variants one after another, at full speed, over each other",
        zh="全速依次训练所有变体，曲线画在一起",
    ),
    "guess.about-noticed": Text(en="What the lab notices", zh="实验区发现的问题"),
    "guess.all-variants": Text(
        en="Variants: {names}. a runs them all.", zh="变体：{names}。按 a 依次全部训练。"
    ),
}
