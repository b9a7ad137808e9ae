"""What is said of the runs that are kept, of training without a screen, and of exporting."""

from tutor.messages import Text

TEXTS = {
    "run.unknown": Text(
        en="There is no run {name} in {folder}. tutor lab --runs lists them.",
        zh="{folder} 里没有训练记录 {name}。tutor lab --runs 会列出全部。",
    ),
    "run.several": Text(
        en="{name} fits several runs: {known}. Say more of the name.",
        zh="{name} 对应多个训练记录：{known}。请把名字写得更完整。",
    ),
}
