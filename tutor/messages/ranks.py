"""What is said of several processes that train one model together."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    # The command
    "ranks.about-parallel": Text(
        en="Train by so many processes that average their gradients, each with its part of every"
        " batch.",
        zh="用多个进程一起训练：每个进程算每个小批量的一部分，再把梯度取平均。",
    ),
    "ranks.about-slow": Text(
        en="With --parallel: make each step of a process so much longer, to see what a straggler"
        " does; may be given several times.",
        zh="与 --parallel 合用：让某个进程每步多花这么久，看看慢的进程有什么影响；可以写多次。",
    ),
    "ranks.rank-and-time": Text(
        en="{typed} is no process and milliseconds, at most 1000: write 1:20.",
        zh="{typed} 不是《进程:毫秒》（最多 1000 毫秒），应写成 1:20。",
    ),
    "ranks.no-such-rank": Text(
        en="There is no process {rank}: they are 0 to {last}.",
        zh="没有进程 {rank}，只有 0 到 {last}。",
    ),
    "ranks.too-many": Text(
        en="No more than {most} processes on one machine.", zh="一台机器上最多 {most} 个进程。"
    ),
    "ranks.slow-alone": Text(
        en="--slow says which of several processes is slow: use it with --parallel.",
        zh="--slow 用来指定多个进程中哪个慢：请与 --parallel 合用。",
    ),
    "ranks.cannot-start": Text(
        en="The processes cannot be started: {reason}", zh="无法启动这些进程：{reason}"
    ),
    "ranks.failed": Text(
        en="The processes have ended with exit code {code}. The last that they printed: {reason}",
        zh="这些进程已退出，退出码 {code}。最后输出的是：{reason}",
    ),
    "ranks.not-alone": Text(
        en="Several processes trained {name}: it can be watched (tutor watch), but neither gone on"
        " with nor written as a table.",
        zh="{name} 由多个进程训练：可以用 tutor watch 观看，不能接着训练，也不能导出成表格。",
    ),
    # How it goes
    "ranks.step": Text(
        en="steps {first} to {step}  mean loss {loss}  ({low} to {high} in single processes)",
        zh="第 {first} 到 {step} 步  平均损失 {loss}（单个进程 {low} 到 {high}）",
    ),
    "ranks.times": Text(
        en="process {rank}: {computing} ms computing and {waiting} ms waiting a step",
        zh="进程 {rank}：每步计算 {computing} 毫秒，等待 {waiting} 毫秒",
    ),
    "ranks.alike": Text(
        en="All processes hold the same weights, to the last bit.", zh="所有进程的权重完全相同。"
    ),
    "ranks.ended": Text(
        en="{state} after step {step}; kept as {name}", zh="第 {step} 步后{state}；保存为 {name}"
    ),
    # What is noticed
    "ranks.lost-closed": Text(
        en="Process {rank} is lost: its connection ended, as process {by} noticed after {seconds}"
        " s. No step can be taken without it.",
        zh="进程 {rank} 丢失：连接已断开，进程 {by} 等了 {seconds} 秒后发现。少了它就无法继续"
        "训练。",
    ),
    "ranks.lost-silent": Text(
        en="Process {rank} is lost: nothing came from it while process {by} waited {seconds} s."
        " No step can be taken without it.",
        zh="进程 {rank} 丢失：进程 {by} 等了 {seconds} 秒，没有收到它的任何数据。少了它就无法"
        "继续训练。",
    ),
    "ranks.silent": Text(
        en="Process {rank} has said nothing for {seconds} s, while others wait for it.",
        zh="进程 {rank} 已有 {seconds} 秒没有动静，其他进程在等它。",
    ),
    "ranks.apart": Text(
        en="The processes do not hold the same weights any more: something but the averaged"
        " gradient has changed them.",
        zh="各进程的权重已经不一致：除了平均梯度，还有别的东西改动了权重。",
    ),
    "ranks.straggler": Text(
        en="Process {rank} holds the others up: it computes {computing} ms a step, they"
        " {others} ms, and wait {waited} ms.",
        zh="进程 {rank} 拖慢了大家：它每步计算 {computing} 毫秒，别的进程 {others} 毫秒，却要等"
        " {waited} 毫秒。",
    ),
}
