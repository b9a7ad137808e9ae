"""What is said of several ranks that train one model together."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    "ranks.lost-closed": Text(
        en="Rank {rank} is lost: its connection ended, as {by} noticed after {seconds} s. No step"
        " can be taken without it.",
        zh="进程 {rank} 丢失：连接已断开，进程 {by} 等了 {seconds} 秒后发现。少了它就无法继续"
        "训练。",
    ),
    "ranks.lost-silent": Text(
        en="Rank {rank} is lost: nothing came from it while {by} waited {seconds} s. No step can be"
        " taken without it.",
        zh="进程 {rank} 丢失：进程 {by} 等了 {seconds} 秒，没有收到它的任何数据。少了它就无法"
        "继续训练。",
    ),
    "ranks.silent": Text(
        en="Rank {rank} has said nothing for {seconds} s, while others wait for it.",
        zh="进程 {rank} 已有 {seconds} 秒没有动静，其他进程在等它。",
    ),
    "ranks.apart": Text(
        en="The ranks do not hold the same weights any more: something but the averaged gradient"
        " has changed them.",
        zh="各进程的权重已经不一致：除了平均梯度，还有别的东西改动了权重。",
    ),
    "ranks.straggler": Text(
        en="Rank {rank} holds the others up: it computes {computing} ms a step, they {others} ms,"
        " and wait {waited} ms.",
        zh="进程 {rank} 拖慢了大家：它每步计算 {computing} 毫秒，别的进程 {others} 毫秒，却要等"
        " {waited} 毫秒。",
    ),
}
