"""What is said of the runs that are kept, of training without a screen, and of exporting."""

from tutor.messages import Text

TEXTS = {
    # Runs that are kept
    "run.unknown": Text(
        en="There is no run {name} in {folder}. tutor lab --runs lists them.",
        zh="{folder} 里没有训练记录 {name}。tutor lab --runs 会列出全部。",
    ),
    "run.several": Text(
        en="{name} fits several runs: {known}. Say more of the name.",
        zh="{name} 对应多个训练记录：{known}。请把名字写得更完整。",
    ),
    "run.in-use": Text(
        en="{name} is in use: it is trained or shown elsewhere.",
        zh="{name} 正在使用中：别处正在训练或查看它。",
    ),
    "run.resume-alone": Text(
        en="A run goes on as it began: --resume goes with --headless and --json only.",
        zh="训练会按原来的设置继续：--resume 只能与 --headless、--json 合用。",
    ),
    "run.none": Text(en="No run is kept yet.", zh="还没有训练记录。"),
    "run.column-name": Text(en="run", zh="训练记录"),
    "run.column-begun": Text(en="begun", zh="开始时间"),
    "run.column-experiment": Text(en="experiment", zh="实验"),
    "run.column-state": Text(en="state", zh="状态"),
    "run.column-step": Text(en="steps", zh="步数"),
    "run.column-loss": Text(en="last loss", zh="最后的损失"),
    "run.column-title": Text(en="title", zh="标题"),
    "run.state-training": Text(en="training", zh="训练中"),
    "run.state-paused": Text(en="paused", zh="已暂停"),
    "run.state-finished": Text(en="finished", zh="训练结束"),
    "run.state-diverged": Text(en="diverged", zh="已发散"),
    "run.state-interrupted": Text(en="interrupted", zh="中断"),
    "run.state-broken": Text(en="cannot be read", zh="无法读取"),
    "run.state-empty": Text(en="nothing yet", zh="还没有内容"),
    "run.state-failed": Text(en="failed", zh="出错"),
    "run.state-missing-torch": Text(en="PyTorch is missing", zh="缺少 PyTorch"),
    # Without a screen
    "run.begins": Text(
        en="{experiment}: {parameters} parameters, {train} examples to train on.",
        zh="{experiment}：{parameters} 个参数，{train} 个训练样本。",
    ),
    "run.step": Text(en="step {step}  loss {loss}", zh="第 {step} 步  损失 {loss}"),
    "run.validation": Text(en="validation loss {loss}", zh="验证集损失 {loss}"),
    "run.accuracy": Text(en="accuracy {share:.1%}", zh="准确率 {share:.1%}"),
    "run.ended": Text(
        en="{state} after {step} steps in {seconds:.1f} s; loss of the last batch {loss}.",
        zh="{state}：共 {step} 步，用时 {seconds:.1f} 秒；最后一批的损失 {loss}。",
    ),
    "run.kept-as": Text(
        en="Kept as {name}; tutor export last writes the newest as a table.",
        zh="已保存为 {name}；tutor export last 可把最新的导出成表格。",
    ),
    "run.not-kept": Text(
        en="The run is trained but not kept: {reason}.", zh="照常训练，但不能保存：{reason}。"
    ),
    "run.goes-on": Text(
        en="tutor lab --resume {name} --headless goes on from the last state that was kept.",
        zh="tutor lab --resume {name} --headless 可从最后保存的状态继续。",
    ),
    # The commands
    "run.about-lab": Text(
        en="Open an experiment on the full screen, or train it without a screen (--headless).",
        zh="打开一个实验（全屏），或不用屏幕直接训练（--headless）。",
    ),
    "run.about-experiment": Text(
        en="An experiment: LESSON/ID, LESSON for its first, the name of one that stands alone, or"
        " a file. --list names them all.",
        zh="实验：课名/实验名、课名（该课的第一个实验）、独立实验的名字，或文件。--list 列出全部。",
    ),
    "run.about-headless": Text(
        en="Train without a screen, as fast as it goes.", zh="不用屏幕，全速训练。"
    ),
    "run.about-steps": Text(en="How many steps.", zh="训练多少步。"),
    "run.about-seed": Text(
        en="For the first weights and the order of the batches.",
        zh="初始权重和批次顺序的随机种子。",
    ),
    "run.about-set": Text(
        en="Turn a knob before the start, as often as needed: learning_rate=0.05,"
        " optimiser=adam, activation=tanh, data.noise=0.3.",
        zh="开始前调整一项，可重复使用：learning_rate=0.05、optimiser=adam、activation=tanh、"
        "data.noise=0.3。",
    ),
    "run.about-data": Text(
        en="Train on the images of this folder: the four IDX files of MNIST, packed or not.",
        zh="用这个文件夹里的图像训练：MNIST 的四个 IDX 文件（.gz 也可以）。",
    ),
    "run.about-json": Text(
        en="JSON lines of a run, without a screen; with --list or --runs: JSON.",
        zh="不开界面，逐行输出训练的 JSON；与 --list、--runs 合用：输出 JSON。",
    ),
    "run.about-list": Text(en="List the experiments.", zh="列出所有实验。"),
    "run.about-resume": Text(
        en="Go on with a run that is kept, from where it was left: after a crash, or for as many"
        " steps again. RUN is a name that --runs lists, or last.",
        zh="继续一个保存的训练记录，从中断处接着训练；已结束的再训练同样多步。"
        "RUN 是 --runs 列出的名字，或 last。",
    ),
    "run.about-runs": Text(en="List the runs that are kept.", zh="列出保存的训练记录。"),
    "run.about-export": Text(
        en="Write a run as a table, or as a PyTorch script that gives the same losses.",
        zh="把训练记录导出成表格，或导出成损失相同的 PyTorch 脚本。",
    ),
    "run.about-run": Text(
        en="A run: its name, the beginning of it, last for the newest, or its folder. For a script"
        " an experiment will do.",
        zh="训练记录：名字、名字的开头、last（最新的），或它的文件夹。导出脚本时也可以用实验名。",
    ),
    "run.about-form": Text(en="In which form.", zh="导出的格式。"),
    "run.about-out": Text(
        en="Into this file rather than to standard output.", zh="写入文件，而不是标准输出。"
    ),
    "run.about-lab-statuses": Text(
        en="Exit status: 0 all is well; 1 the run diverged or failed, or there is nothing to train"
        " like this; 2 the command is not used like this, or there is no terminal;"
        " 130 interrupted.",
        zh="退出码：0 正常；1 训练发散或出错，或无法这样训练；"
        "2 命令用法不对或没有终端；130 被中断。",
    ),
    "run.about-export-statuses": Text(
        en="Exit status: 0 written; 1 there is no such run, or it cannot be written; 2 the command"
        " is not used like this.",
        zh="退出码：0 已写成；1 没有这个训练记录，或无法写成；2 命令用法不对。",
    ),
    # What was asked for
    "run.which-experiment": Text(
        en="Name the experiment: tutor lab EXPERIMENT; tutor lab --list shows them all.",
        zh="请给出实验名：tutor lab EXPERIMENT；tutor lab --list 会列出全部。",
    ),
    "run.unknown-experiment": Text(
        en="There is no experiment {name}. tutor lab --list names them all.",
        zh="没有实验 {name}。tutor lab --list 会列出全部。",
    ),
    "run.takes-no-images": Text(
        en="{name} is not trained on images of your own. --data goes with: {known}.",
        zh="{name} 不能用自己的图像训练。可以使用 --data 的实验有：{known}。",
    ),
    "run.needs-images": Text(
        en="{name} is trained on images of your own: name their folder with --data FOLDER.",
        zh="{name} 要用自己的图像训练：请用 --data FOLDER 指定图像所在的文件夹。",
    ),
    "run.no-terminal": Text(
        en="The screen needs a terminal. Without one, --headless trains the same experiment.",
        zh="图形界面需要在终端里运行。没有终端时，可用 --headless 训练同一个实验。",
    ),
    "run.unknown-near": Text(
        en="There is no experiment {name}; did you mean {near}?",
        zh="没有实验 {name}；是指 {near} 吗？",
    ),
    "run.no-experiment": Text(en="{file} has no experiment.", zh="{file} 里没有实验。"),
    "run.knob-and-value": Text(
        en="--set {typed}: write a knob and its value, like --set learning_rate=0.1.",
        zh="--set {typed}：请写成 名字=值，例如 --set learning_rate=0.1。",
    ),
    # Exports
    "run.not-done": Text(en="Not done: {reason}.", zh="没有完成：{reason}。"),
    "run.unreadable": Text(
        en="What {name} trained cannot be read: {reason}.",
        zh="无法读取 {name} 训练的是什么：{reason}。",
    ),
    "run.unread": Text(
        en="{lines} lines of the run could not be read and are left out.",
        zh="训练记录中有 {lines} 行无法读取，已略去。",
    ),
}
