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
    "lab.killed-outright": Text(
        en="The training process was ended from outside, by signal {signal}. The system does so"
        " when memory runs out; then a smaller batch or model helps. What was drawn stays.",
        zh="训练进程被信号 {signal} 终止。内存不足时系统会这样做；这时请用更小的批量或模型。"
        "已画出的曲线仍然保留。",
    ),
    "lab.no-memory": Text(
        en="The training process found no more memory; a smaller batch or model needs less. The"
        " last that it printed: {said}",
        zh="训练进程内存不足；更小的批量或模型需要的内存更少。它最后输出的是：{said}",
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
    "lab.unfit-data": Text(
        en="{field} is {value}; a {model} can be trained on: {known}.",
        zh="{field} 是 {value}；{model} 可以用这些数据训练：{known}。",
    ),
    "lab.unfit": Text(
        en="{field} is {value}; a {model} on {data} takes: {known}.",
        zh="{field} 是 {value}；在 {data} 上训练 {model} 时，可以用：{known}。",
    ),
    "lab.field-not-needed": Text(
        en="{field} changes nothing for {kind}: leave it out. It takes: {known}.",
        zh="{field} 对 {kind} 不起作用，请去掉。可用的字段有：{known}。",
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
    "lab.pane-gone-on": Text(
        en="It goes on from step {step}, where it was last written down.",
        zh="从第 {step} 步继续，这是上次保存的位置。",
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
    "lab.about-reset": Text(
        en="Train from the beginning with the knobs as they are; this run stays as a shadow",
        zh="用现在的设置从头训练；这一次的曲线留在图上作对照",
    ),
    "lab.key-reseed": Text(en="New seed", zh="换种子"),
    "lab.about-reseed": Text(
        en="Train from other first weights, over this run",
        zh="换一组初始权重从头训练，原曲线留作对照",
    ),
    "lab.key-knobs": Text(en="Knobs", zh="旋钮"),
    "lab.about-knobs": Text(
        en="All knobs: batch, optimiser, temperature and so on",
        zh="全部旋钮：批量大小、优化器、温度等",
    ),
    "lab.key-go-to": Text(en="Go to", zh="前往"),
    "lab.about-go-to": Text(
        en="Train on to a step or a loss, or go back to a step",
        zh="训练到某一步或某个损失，或回到某一步",
    ),
    "lab.key-variant": Text(en="Variant", zh="变体"),
    "lab.about-variant": Text(
        en="The next variant of the experiment, over those before it",
        zh="实验的下一个变体，与之前的曲线画在一起",
    ),
    "lab.key-next-lab": Text(en="Experiment", zh="实验"),
    "lab.about-next-lab": Text(en="The next experiment of this lesson", zh="本课的下一个实验"),
    "lab.key-cursor-left": Text(en="Read", zh="读数"),
    "lab.about-cursor-left": Text(en="Read the curve at an earlier step", zh="读取更早一步的数值"),
    "lab.key-cursor-right": Text(en="Read", zh="读数"),
    "lab.about-cursor-right": Text(en="Read the curve at a later step", zh="读取更晚一步的数值"),
    "lab.key-cursor-far-left": Text(en="Read", zh="读数"),
    "lab.about-cursor-far-left": Text(en="The same, ten times as far", zh="同上，一次移动十格"),
    "lab.key-cursor-far-right": Text(en="Read", zh="读数"),
    "lab.about-cursor-far-right": Text(en="The same, ten times as far", zh="同上，一次移动十格"),
    "lab.key-drop-cursor": Text(en="No cursor", zh="取消读数"),
    "lab.about-drop-cursor": Text(en="Put the cursor away", zh="取消读数光标"),
    "lab.key-back": Text(en="Go back", zh="回到此处"),
    "lab.about-back": Text(
        en="Go back to the step of the cursor, with the weights of then; this run stays as a"
        " shadow",
        zh="回到光标所在的那一步，恢复当时的权重；原曲线留作对照",
    ),
    "lab.key-forget": Text(en="Clear", zh="清除对照"),
    "lab.about-forget": Text(en="Take the earlier runs off the plot", zh="从图上去掉之前的曲线"),
    "lab.key-export": Text(en="Export", zh="导出"),
    "lab.about-export": Text(
        en="Write the run to a file: a table, a PyTorch script, a picture",
        zh="把这次训练写成文件：表格、PyTorch 脚本或图片",
    ),
    "lab.about-leave": Text(en="Leave this experiment", zh="离开这个实验"),
    # Knobs
    "lab.knobs-title": Text(en="Knobs", zh="旋钮"),
    "lab.knobs-about": Text(
        en="Up and down turn a number; or type it and press Enter. Tab: the next knob. Esc: back.",
        zh="上下键调节数值，也可以输入后按回车。Tab 键：下一个旋钮。Esc：返回。",
    ),
    "lab.knob-learning-rate": Text(en="learning rate", zh="学习率"),
    "lab.knob-momentum": Text(en="momentum", zh="动量"),
    "lab.knob-weight-decay": Text(en="weight decay", zh="权重衰减"),
    "lab.knob-batch": Text(en="batch size", zh="批量大小"),
    "lab.knob-temperature": Text(en="temperature", zh="温度"),
    "lab.knob-optimiser": Text(en="optimiser", zh="优化器"),
    "lab.knob-activation": Text(en="activation", zh="激活函数"),
    "lab.knob-initial": Text(en="initial weights", zh="初始权重"),
    "lab.knob-seed": Text(en="seed", zh="随机种子"),
    "lab.knob-set": Text(
        en="{knob} is {value} from the next step on.", zh="从下一步起，{knob}为 {value}。"
    ),
    "lab.knob-set-again": Text(
        en="{knob} is {value}: training begins again, the earlier run stays on the plot.",
        zh="{knob}为 {value}：从头训练，之前的曲线留在图上。",
    ),
    "lab.knob-range": Text(
        en="Type a number from {low:g} to {high:g}.", zh="请输入 {low:g} 到 {high:g} 之间的数。"
    ),
    "lab.knob-whole-range": Text(
        en="Type a whole number from {low:g} to {high:g}.",
        zh="请输入 {low:g} 到 {high:g} 之间的整数。",
    ),
    # Going to a step
    "lab.go-to-about": Text(
        en="The run is at step {step}. Type a later step to train on to it, an earlier one to go"
        " back to it with the weights of then, or a loss such as <0.3 to train until it is"
        " reached.",
        zh="现在在第 {step} 步。输入更大的步数：训练到那一步；输入更小的步数：回到那一步并恢复"
        "当时的权重；输入 <0.3 这样的损失：训练到损失降到它为止。",
    ),
    "lab.go-to-unreadable": Text(
        en="Type a step such as 500, or a loss such as <0.3.",
        zh="请输入步数，例如 500；或损失，例如 <0.3。",
    ),
    # Files
    "lab.export-title": Text(en="Write this run to a file", zh="把这次训练写成文件"),
    "lab.export-csv": Text(en="CSV: every loss as a table", zh="CSV：每一步损失的表格"),
    "lab.export-jsonl": Text(en="JSON lines: the same rows", zh="JSON 行：同样的内容"),
    "lab.export-script": Text(
        en="PyTorch script that gives the same losses", zh="能得到同样损失的 PyTorch 脚本"
    ),
    "lab.export-picture": Text(en="SVG picture of the screen", zh="屏幕的 SVG 图片"),
    "lab.export-done": Text(en="Written: {path}", zh="已写入：{path}"),
    "lab.export-failed": Text(
        en="{path} could not be written: {reason}", zh="无法写入 {path}：{reason}"
    ),
    # What stands at the cursor
    "lab.at-step": Text(en="step {step}: {loss}", zh="第 {step} 步：{loss}"),
    "lab.at-steps": Text(
        en="steps {first} to {last}: mean {mean}, from {low} to {high}",
        zh="第 {first} 到 {last} 步：平均 {mean}，从 {low} 到 {high}",
    ),
    "lab.at-lost": Text(en="step {step}: not a number", zh="第 {step} 步：不是数"),
    # What makes a run differ from another
    "lab.same-again": Text(en="the same", zh="相同"),
    "lab.field-learning-rate": Text(en="rate {value}", zh="学习率 {value}"),
    "lab.field-momentum": Text(en="momentum {value}", zh="动量 {value}"),
    "lab.field-weight-decay": Text(en="decay {value}", zh="衰减 {value}"),
    "lab.field-temperature": Text(en="T={value}", zh="T={value}"),
    "lab.field-batch": Text(en="batch {value}", zh="批量 {value}"),
    "lab.field-optimiser": Text(en="{value}", zh="{value}"),
    "lab.field-seed": Text(en="seed {value}", zh="种子 {value}"),
    "lab.field-fork": Text(en="from step {value}", zh="自第 {value} 步"),
    "lab.field-loss": Text(en="{value}", zh="{value}"),
    "lab.field-model-kind": Text(en="{value}", zh="{value}"),
    "lab.field-model-activation": Text(en="{value}", zh="{value}"),
    "lab.field-model-initial": Text(en="init {value}", zh="初始化 {value}"),
    "lab.field-model-pooling": Text(en="{value} pooling", zh="{value} 池化"),
    "lab.field-model-width": Text(en="width {value}", zh="宽度 {value}"),
    "lab.field-model-heads": Text(en="{value} heads", zh="{value} 个头"),
    "lab.field-model-scaled": Text(en="scaled {value}", zh="缩放 {value}"),
    "lab.field-model-positions": Text(en="positions {value}", zh="位置 {value}"),
    "lab.field-model-causal": Text(en="causal {value}", zh="因果 {value}"),
    "lab.field-data-kind": Text(en="{value}", zh="{value}"),
    "lab.field-data-examples": Text(en="{value} examples", zh="{value} 个样本"),
    "lab.field-data-classes": Text(en="{value} classes", zh="{value} 类"),
    "lab.field-data-noise": Text(en="noise {value}", zh="噪声 {value}"),
    "lab.field-data-text": Text(en="another text", zh="另一段文本"),
    "lab.field-data-scale": Text(en="inputs x{value}", zh="输入 x{value}"),
    "lab.field-folder": Text(en="other data", zh="另一组数据"),
    "lab.experiments-title": Text(en="Experiments", zh="实验"),
    "lab.experiments-search": Text(en="Type to search, Enter opens", zh="输入文字搜索，按回车打开"),
    "lab.experiments-none": Text(en="No experiment is called that.", zh="没有这样的实验。"),
    "lab.help": Text(
        en="Space trains and rests, s takes one step, r begins again: the curve of the run before"
        " stays as a shadow, named by what differs. Arrows read the curve, b goes back to that"
        " step with the weights of then.",
        zh="空格键开始或暂停，s 走一步，r 从头训练：之前的曲线留作对照，并标出不同之处。"
        "左右键读取曲线上的数值，b 回到那一步并恢复当时的权重。",
    ),
}
