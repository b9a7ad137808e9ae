"""What the library of the commands says of their use, word for word, and the same in Chinese."""

from tutor.messages import Text

TEXTS = {
    # The help
    "usage.usage": Text(en="Usage: ", zh="用法："),
    "usage.arguments": Text(en="\nArguments:\n", zh="\n参数：\n"),
    "usage.options": Text(en="\nOptions:\n", zh="\n选项：\n"),
    "usage.commands": Text(en="\nCommands:\n", zh="\n命令：\n"),
    "usage.any-options": Text(en="[OPTIONS]", zh="[选项]"),
    "usage.any-command": Text(en="COMMAND [ARGS]...", zh="命令 [参数]..."),
    "usage.required": Text(en="[required]", zh="[必填]"),
    "usage.default": Text(en="[default: {value}]", zh="[默认：{value}]"),
    "usage.help": Text(en="Show this message and exit.", zh="显示这段说明。"),
    "usage.install": Text(
        en="Install completion for the current shell.", zh="为当前的 shell 安装命令补全。"
    ),
    "usage.show": Text(
        en="Show completion for the current shell, to copy it or customize the installation.",
        zh="显示当前 shell 的补全脚本，以便自行安装。",
    ),
    # Mistakes
    "usage.try": Text(en="Try '{command}' for help.", zh="用法说明：{command}"),
    "usage.error": Text(en="Error: ", zh="错误："),
    "usage.possible": Text(en=" (Possible options: {options})", zh="（可用的选项：{options}）"),
    "usage.no-option": Text(en="No such option: {name}", zh="没有选项 {name}"),
    "usage.no-command": Text(en="No such command '{name}'.", zh="没有命令 '{name}'。"),
    "usage.no-command-meant": Text(en=" Did you mean '{name}'?", zh="是不是 '{name}'？"),
    "usage.no-argument": Text(en="Missing argument '{name}'.", zh="缺少参数 {name}。"),
    "usage.extra": Text(en="Got unexpected extra argument(s) ({words})", zh="多余的参数：{words}"),
    "usage.no-value": Text(en="Option '{name}' requires an argument.", zh="选项 {name} 缺少值。"),
    "usage.needless-value": Text(
        en="Option '{name}' does not take a value.", zh="选项 {name} 不需要值。"
    ),
    "usage.bad-value": Text(en="Invalid value for {name}: ", zh="{name} 的值不对："),
    "usage.no-number": Text(en="'{value}' is not a valid int.", zh="'{value}' 不是整数。"),
    "usage.no-number-in-range": Text(
        en="'{value}' is not a valid int range.", zh="'{value}' 不是整数。"
    ),
    "usage.beyond": Text(
        en="{value} is not in the range {range}.", zh="{value} 不在范围 {range} 内。"
    ),
    "usage.none-of": Text(
        en="'{value}' is not one of {values}.", zh="'{value}' 不在 {values} 之中。"
    ),
    "usage.folder": Text(en="File '{name}' is a directory.", zh="'{name}' 是文件夹，不是文件。"),
}
