"""What the lab notices of a run, in words: a sentence with its evidence, and a short one."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    "diagnosis.nan": Text(
        en="At step {step} the loss is no longer a number. One step before it was {last_loss:.4g},"
        " with a gradient of norm {gradient_norm:.3g} and learning rate {learning_rate:g}: the"
        " step was too large. Halve the rate (-), and begin again (r) or go back (g).",
        zh="第 {step} 步的损失已经不是数了。前一步的损失是 {last_loss:.4g}，"
        "梯度的范数是 {gradient_norm:.3g}，学习率是 {learning_rate:g}：这一步迈得太大。"
        "请把学习率减半（按 -），再按 r 重来，或按 g 回到前面的某一步。",
    ),
    "diagnosis.nan-overflow": Text(
        en="At step {step} the loss is no longer a number. One step before it was {last_loss:.4g},"
        " and its gradient was already too large to be stored, at learning rate"
        " {learning_rate:g}. Halve the rate (-), and begin again (r) or go back (g).",
        zh="第 {step} 步的损失已经不是数了。前一步的损失是 {last_loss:.4g}，"
        "而梯度已经大到无法存储，学习率是 {learning_rate:g}。"
        "请把学习率减半（按 -），再按 r 重来，或按 g 回到前面的某一步。",
    ),
    "diagnosis.nan-at-once": Text(
        en="The very first loss, at step {step}, is not a number. So it is not the learning rate"
        " ({learning_rate:g}) but the numbers that the model starts with.",
        zh="第 {step} 步，也就是最初的损失就不是数。所以问题不在学习率（{learning_rate:g}），"
        "而在模型的初始数值。",
    ),
    "diagnosis.divergence": Text(
        en="The loss grows: it began at {first:.4g} and is at {now:.4g}, {times:.3g} times as much,"
        " at learning rate {learning_rate:g}. The steps are too large: halve the rate (to about"
        " {half:g}).",
        zh="损失在变大：开始时是 {first:.4g}，现在是 {now:.4g}，是原来的 {times:.3g} 倍，"
        "学习率是 {learning_rate:g}。步子太大：请把学习率减半（约 {half:g}）。",
    ),
    "diagnosis.vanishing-gradient": Text(
        en="The gradient vanishes on its way: at step {step} its norm is {last:.2g} at"
        " {last_layer} and {first:.2g} at {layer}, that is {part:.1g} of it. The first layers"
        " hardly learn.",
        zh="梯度在传回的路上消失了：第 {step} 步，{last_layer} 的梯度范数是 {last:.2g}，"
        "{layer} 的是 {first:.2g}，只有前者的 {part:.1g} 倍。前面几层几乎学不到东西。",
    ),
    "diagnosis.dead-relu": Text(
        en="At step {step}, {share:.0%} of the ReLU units of {layer} give 0 for every sample: no"
        " gradient reaches their weights any more.",
        zh="第 {step} 步，{layer} 中 {share:.0%} 的 ReLU 单元对所有样本都输出 0："
        "它们的权重再也得不到梯度。",
    ),
    "diagnosis.overfitting": Text(
        en="Overfitting: validation was best at step {step} with {best:.4g} and is {now:.4g} at"
        " step {last}, while the training loss fell from {train_then:.4g} to {train:.4g}.",
        zh="过拟合：验证损失在第 {step} 步最低，为 {best:.4g}，到第 {last} 步升为 {now:.4g}，"
        "而训练损失从 {train_then:.4g} 降到了 {train:.4g}。",
    ),
    "diagnosis.chance": Text(
        en="After {steps} steps the loss is {loss:.4f}, about ln({classes}) = {chance:.4f}, as if"
        " all {classes} classes had the same probability. Nothing is learned yet; the layers (w)"
        " may show why.",
        zh="走了 {steps} 步，损失是 {loss:.4f}，约等于 ln({classes}) = {chance:.4f}："
        "这正是给 {classes} 个类别相同概率时的损失。模型还没有学到东西；"
        "按 w 看各层，也许能找到原因。",
    ),
    "diagnosis.floor": Text(
        en="The loss is {loss:.4f}, and with a softmax too many it cannot fall below {floor:.4f}"
        " for {classes} classes.",
        zh="损失是 {loss:.4f}；多做了一次 softmax，{classes} 个类别时它不可能低于 {floor:.4f}。",
    ),
    "diagnosis.plateau": Text(
        en="The loss has come to rest at {loss:.4g}: over the last {steps} steps, from step"
        " {since}, it moved by {change:.2g}.",
        zh="损失停在 {loss:.4g}：从第 {since} 步起的最近 {steps} 步里，只变化了 {change:.2g}。",
    ),
    # The same in a few words, for the pane beside a lesson
    "diagnosis.short-nan": Text(en="not a number: halve the rate", zh="不是数了：学习率减半"),
    "diagnosis.short-nan-overflow": Text(
        en="not a number: halve the rate", zh="不是数了：学习率减半"
    ),
    "diagnosis.short-nan-at-once": Text(en="not a number from the start", zh="一开始就不是数"),
    "diagnosis.short-divergence": Text(en="diverging: lower the rate", zh="发散：调低学习率"),
    "diagnosis.short-vanishing-gradient": Text(en="the gradient vanishes", zh="梯度消失"),
    "diagnosis.short-dead-relu": Text(
        en="{share:.0%} dead in {layer}", zh="{layer} 有 {share:.0%} 死单元"
    ),
    "diagnosis.short-overfitting": Text(en="overfitting since {step}", zh="第 {step} 步起过拟合"),
    "diagnosis.short-chance": Text(en="at chance, ln({classes})", zh="停在随机水平 ln({classes})"),
    "diagnosis.short-floor": Text(en="at its floor, {floor:.4f}", zh="到了下限 {floor:.4f}"),
    "diagnosis.short-plateau": Text(en="at rest at {loss:.4g}", zh="停在 {loss:.4g}"),
}
