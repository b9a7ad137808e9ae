"""Sentences of the lab: what is trained, how it stands, and what went wrong."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    # How it stands
    "lab.state-stopped": Text(en="stopped", zh="已停止"),
    "lab.state-starting": Text(en="starting", zh="正在启动"),
    "lab.state-training": Text(en="training", zh="训练中"),
    "lab.state-paused": Text(en="paused", zh="已暂停"),
    "lab.state-finished": Text(en="finished", zh="训练结束"),
    "lab.state-diverged": Text(en="diverged", zh="已发散"),
    "lab.state-failed": Text(en="failed", zh="出错"),
    "lab.state-missing-torch": Text(en="PyTorch is missing", zh="缺少 PyTorch"),
    # Words of the plot and of the figures beside it
    "lab.axis-step": Text(en="step", zh="步"),
    "lab.axis-loss": Text(en="loss", zh="损失"),
    "lab.axis-log-loss": Text(en="loss, logarithmic", zh="损失（对数坐标）"),
    "lab.word-epoch": Text(en="epoch", zh="轮次"),
    "lab.word-steps-per-second": Text(en="steps/s", zh="步/秒"),
    "lab.word-learning-rate": Text(en="learning rate", zh="学习率"),
    "lab.word-pace": Text(en="speed", zh="速度"),
    "lab.word-full-speed": Text(en="as fast as it goes", zh="全速"),
    "lab.word-last": Text(en="last", zh="最近"),
    "lab.word-least": Text(en="lowest", zh="最低"),
    "lab.word-loss": Text(en="loss", zh="损失"),
    "lab.word-accuracy": Text(en="accuracy", zh="准确率"),
    "lab.word-train": Text(en="training set", zh="训练集"),
    "lab.word-validation": Text(en="validation set", zh="验证集"),
    "lab.word-parameters": Text(en="parameters", zh="参数个数"),
    "lab.word-batch": Text(en="batch size", zh="批量大小"),
    "lab.word-seed": Text(en="seed", zh="随机种子"),
    # A loss that is no number
    "lab.diverged": Text(
        en="At step {step} the loss is no longer a number. One step before it was {last_loss:.4g},"
        " with a gradient of norm {gradient_norm:.3g} and learning rate {learning_rate:g}: the"
        " step was too large. Lower the learning rate and start again.",
        zh="第 {step} 步的损失已经不是数了。前一步的损失是 {last_loss:.4g}，"
        "梯度的范数是 {gradient_norm:.3g}，学习率是 {learning_rate:g}：这一步迈得太大。"
        "请调低学习率，重新开始。",
    ),
    "lab.diverged-overflow": Text(
        en="At step {step} the loss is no longer a number. One step before it was {last_loss:.4g},"
        " and its gradient was already too large to be stored, at learning rate"
        " {learning_rate:g}. Lower the learning rate and start again.",
        zh="第 {step} 步的损失已经不是数了。前一步的损失是 {last_loss:.4g}，"
        "而梯度已经大到无法存储，学习率是 {learning_rate:g}。请调低学习率，重新开始。",
    ),
    "lab.diverged-at-once": Text(
        en="The very first loss, at step {step}, is not a number. So it is not the learning rate"
        " ({learning_rate:g}) but the numbers that the model starts with.",
        zh="第 {step} 步，也就是最初的损失就不是数。所以问题不在学习率（{learning_rate:g}），"
        "而在模型的初始数值。",
    ),
    # A child that does not do what it is for
    "lab.missing-torch": Text(
        en="The lab needs PyTorch, which is not installed here ({reason}). The lessons work"
        " without it. To install it: python -m pip install torch",
        zh="实验室需要 PyTorch，但这里没有安装（{reason}）。没有它课程也能照常进行。"
        "安装命令：python -m pip install torch",
    ),
    "lab.broken-torch": Text(
        en="PyTorch is installed but does not load: {reason}. The lessons work without it."
        " Installing it anew usually helps: python -m pip install --force-reinstall torch",
        zh="PyTorch 已安装，但无法加载：{reason}。没有它课程也能照常进行。"
        "重新安装通常能解决：python -m pip install --force-reinstall torch",
    ),
    "lab.cannot-start": Text(
        en="The training process could not be started: {reason}",
        zh="无法启动训练进程：{reason}",
    ),
    "lab.killed": Text(
        en="The training process was ended from outside, by signal {signal}. What was drawn stays.",
        zh="训练进程被信号 {signal} 终止。已画出的曲线仍然保留。",
    ),
    "lab.exited": Text(
        en="The training process ended with exit code {code}. The last that it printed: {said}",
        zh="训练进程已退出，退出码 {code}。它最后输出的是：{said}",
    ),
    "lab.exited-silently": Text(
        en="The training process ended with exit code {code} and printed nothing.",
        zh="训练进程已退出，退出码 {code}，没有任何输出。",
    ),
    "lab.silent": Text(
        en="The training process has said nothing for {seconds:g} seconds. It may be stopped or"
        " stuck; if it speaks again, the run goes on.",
        zh="训练进程已有 {seconds:g} 秒没有任何消息，可能被暂停或卡住了。"
        "如果它恢复响应，训练会继续。",
    ),
    "lab.garbage": Text(
        en="The training process sent {lines} lines that cannot be read, so it was ended.",
        zh="训练进程发来了 {lines} 行无法识别的内容，因此已将它终止。",
    ),
    "lab.bad-lines": Text(
        en="{lines} lines of the training process could not be read and were passed over.",
        zh="训练进程有 {lines} 行无法识别，已跳过。",
    ),
    "lab.protocol": Text(
        en="The training process speaks version {theirs} of the protocol, this program version"
        " {ours}. Two versions of handgrad are mixed: install one of them anew.",
        zh="训练进程使用协议第 {theirs} 版，本程序使用第 {ours} 版。"
        "两个版本的 handgrad 混在了一起，请重新安装其中一个。",
    ),
    "lab.bad-experiment": Text(
        en="The training process refuses this experiment: {reason}",
        zh="训练进程拒绝了这个实验：{reason}",
    ),
    # A command that was refused
    "lab.refused-no-run": Text(en="Nothing is being trained yet.", zh="还没有开始训练。"),
    "lab.refused-diverged": Text(
        en="This run has diverged: it cannot go on, but it can be started again.",
        zh="这次训练已经发散，不能继续，但可以重新开始。",
    ),
    "lab.refused-bad-value": Text(
        en="That value is too large or too small; the old one stays.",
        zh="这个值太大或太小，仍用原来的值。",
    ),
    "lab.refused-too-far": Text(
        en="The run has not come to that step yet.", zh="训练还没有走到那一步。"
    ),
    "lab.refused-unknown-knob": Text(
        en="This experiment has no such knob.", zh="这个实验没有这个旋钮。"
    ),
    "lab.refused-unknown-picture": Text(
        en="There is no such picture of this model.", zh="这个模型没有这种图。"
    ),
    "lab.not-recorded": Text(
        en="The run cannot be written to disk any more ({reason}). Training goes on.",
        zh="这次训练无法再写入磁盘（{reason}）。训练会继续。",
    ),
    "lab.not-resumed": Text(
        en="There is no state on disk to go on from ({reason}), so the run begins anew.",
        zh="磁盘上没有可以继续的状态（{reason}），因此从头开始。",
    ),
    # A lesson's `lab:` that is no experiment
    "lab.unknown-field": Text(
        en="The lab has no field {field}. There are: {known}.",
        zh="lab 中没有字段 {field}。可用的字段有：{known}。",
    ),
    "lab.unfit": Text(
        en="{field} is {value}; a {model} on {data} takes: {known}.",
        zh="{field} 是 {value}；在 {data} 上训练 {model} 时，可以用：{known}。",
    ),
    "lab.field-not-needed": Text(
        en="{field} changes nothing for {kind}: leave it out. It takes: {known}.",
        zh="{field} 对 {kind} 不起作用，请去掉。可用的字段有：{known}。",
    ),
    "lab.bad-value": Text(
        en="{field} cannot be {value}. {reason}",
        zh="{field} 不能是 {value}。{reason}",
    ),
    "lab.valley": Text(
        en="A valley needs curvatures, lowest and start, each with one number for a curve or two"
        " for a surface.",
        zh="valley 需要 curvatures、lowest 和 start：一维曲线各写一个数，二维曲面各写两个数。",
    ),
    "lab.heads": Text(
        en="The width {width} cannot be shared among {heads} heads.",
        zh="宽度 {width} 不能平均分给 {heads} 个头。",
    ),
    "lab.not-a-number": Text(
        en="{field} must be made of finite numbers; found {value}.",
        zh="{field} 必须由有限的数组成，这里是 {value}。",
    ),
    "lab.not-whole": Text(
        en="{field} must be a whole number; found {value}.",
        zh="{field} 必须是整数，这里是 {value}。",
    ),
    "lab.out-of-range": Text(
        en="{field} is {value}; it must be from {low:g} to {high:g}.",
        zh="{field} 是 {value}，应在 {low:g} 到 {high:g} 之间。",
    ),
    "lab.unbound": Text(
        en="The experiment {experiment} needs bind to name the lesson's {field}.",
        zh="实验 {experiment} 需要在 bind 中写明课程中的哪个数是 {field}。",
    ),
    "lab.unknown-number": Text(
        en="{field} names {name}, but the lesson has no number of that name.",
        zh="{field} 写的是 {name}，但课程中没有这个名称的数。",
    ),
    "lab.wrong-shape": Text(
        en="{field} is {found}; with this x and b it must be {expected}.",
        zh="{field} 的形状是 {found}；对应这里的 x 和 b，它应是 {expected}。",
    ),
    "lab.bad-label": Text(
        en="The label is an index from 0, or a vector of {classes} cells with a single 1 among"
        " zeros; found {value}.",
        zh="label 应是从 0 开始的下标，或长度为 {classes} 的独热向量；这里是 {value}。",
    ),
    # The pane
    "lab.pane-title": Text(en="The lab", zh="实验"),
    "lab.pane-parameters": Text(en="{count} parameters", zh="{count} 个参数"),
    "lab.pane-examples": Text(
        en="{train} training examples, {validation} for validation",
        zh="训练样本 {train} 个，验证样本 {validation} 个",
    ),
    "lab.pane-step": Text(en="step {step} of {until}", zh="第 {step} / {until} 步"),
    "lab.pane-speed": Text(en="{now} steps/s (limit {pace})", zh="{now} 步/秒（上限 {pace}）"),
    "lab.pane-full-speed": Text(en="{now} steps/s (full speed)", zh="{now} 步/秒（全速）"),
    "lab.pane-starting": Text(
        en="PyTorch is being loaded; the first time takes some seconds.",
        zh="正在加载 PyTorch，第一次需要几秒钟。",
    ),
    "lab.pane-again": Text(
        en="To start it again: Tab to this pane, then t.",
        zh="重新启动：用 Tab 键移到这里，再按 t。",
    ),
    "lab.pane-again-here": Text(en="To start it again: t.", zh="重新启动：按 t。"),
    "lab.pane-batch-loss": Text(en="batch {loss}", zh="本批 {loss}"),
    "lab.pane-least-loss": Text(en="lowest {loss}", zh="最低 {loss}"),
    "lab.pane-train": Text(en="train", zh="训练"),
    "lab.pane-validation": Text(en="validation", zh="验证"),
    "lab.pane-own": Text(en="Step 1: yours, then torch's", zh="第 1 步：你的数，torch 的数"),
    "lab.pane-own-later": Text(
        en="Step 1 is the step of this lesson: your answers will stand here beside torch's.",
        zh="第 1 步就是本课手算的这一步：你的答案会和 torch 的数一起列在这里。",
    ),
    "lab.pane-agree": Text(en="{count} of {total} agree", zh="{total} 个中 {count} 个一致"),
    "lab.pane-differs": Text(en="differs", zh="不一致"),
    "lab.pane-more": Text(
        en="{count} more lines: f shows all", zh="还有 {count} 行：按 f 全部显示"
    ),
    "lab.pane-more-still": Text(en="{count} more lines have no room", zh="还有 {count} 行放不下"),
    # Its keys: a word in the footer, and what the help says
    "lab.key-pause": Text(en="Pause", zh="暂停"),
    "lab.about-pause": Text(en="Pause training", zh="暂停训练"),
    "lab.key-resume": Text(en="Go on", zh="继续"),
    "lab.about-resume": Text(en="Go on training", zh="继续训练"),
    "lab.key-step": Text(en="Step", zh="一步"),
    "lab.about-step": Text(en="Take one step, then rest", zh="走一步，然后停下"),
    "lab.key-reset": Text(en="Reset", zh="重来"),
    "lab.about-reset": Text(
        en="Train from the beginning, at this learning rate", zh="用现在的学习率从头训练"
    ),
    "lab.key-rate-up": Text(en="Rate", zh="学习率"),
    "lab.about-rate-up": Text(en="A higher learning rate, at once", zh="调高学习率，立即生效"),
    "lab.key-rate-down": Text(en="Rate", zh="学习率"),
    "lab.about-rate-down": Text(en="A lower learning rate, at once", zh="调低学习率，立即生效"),
    "lab.key-faster": Text(en="Faster", zh="加快"),
    "lab.about-faster": Text(en="More steps a second", zh="每秒走更多步"),
    "lab.key-slower": Text(en="Slower", zh="减慢"),
    "lab.about-slower": Text(en="Fewer steps a second", zh="每秒走更少步"),
    "lab.key-log": Text(en="Log", zh="对数"),
    "lab.about-log": Text(en="A logarithmic or a linear scale", zh="对数坐标或线性坐标"),
    "lab.key-full": Text(en="Full", zh="全屏"),
    "lab.about-full": Text(en="The lab on the full screen", zh="实验占满整个屏幕"),
    "lab.key-small": Text(en="Back", zh="返回"),
    "lab.about-small": Text(en="Back to the lesson; training goes on", zh="回到课程，训练不停"),
    "lab.key-again": Text(en="Start again", zh="重新启动"),
    "lab.about-again": Text(en="Start the training process again", zh="重新启动训练进程"),
}
