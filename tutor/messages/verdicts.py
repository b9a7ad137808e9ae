"""The words for verdicts, of cells and of whole answers, and for letters that pick options."""

from tutor.messages import Text

TEXTS = {
    "verdict.right": Text(en="right", zh="正确"),
    "verdict.follows": Text(en="follows from your earlier answer", zh="与你前面的结果一致"),
    "verdict.too-coarse": Text(en="too coarse", zh="精度不够"),
    "verdict.blank": Text(en="blank", zh="未填"),
    "verdict.incomplete": Text(en="incomplete", zh="未填完"),
    "verdict.unreadable": Text(en="cannot be read", zh="无法读懂"),
    "verdict.wrong": Text(en="wrong", zh="不对"),
    "verdict.all-right": Text(en="Right.", zh="正确。"),
    "verdict.all-follows": Text(
        en="Right: it follows from your own earlier numbers, though they are not the exact ones.",
        zh="算对了：它与你自己前面的数一致，虽然前面的数并不精确。",
    ),
    "verdict.all-too-coarse": Text(
        en="Right so far, but rounded too much: give {asked}.",
        zh="目前没错，但舍入得太多了：请给出 {asked}。",
    ),
    "verdict.all-incomplete": Text(
        en="{blank} of {count} cells are still empty.", zh="{count} 格中还有 {blank} 格没填。"
    ),
    "verdict.all-wrong": Text(
        en="{wrong} of {count} cells wrong; what you typed stays.",
        zh="{count} 格中有 {wrong} 格不对；你填的数保留着，请修改。",
    ),
    "verdict.one-wrong": Text(en="Not right yet.", zh="还不对。"),
    "verdict.wrong-shape": Text(
        en="The shape is not right: you gave {got}, but {asked} is asked.",
        zh="形状不对：你给的是 {got}，要求的是 {asked}。",
    ),
    "verdict.decimals": Text(en="{count} decimals", zh="{count} 位小数"),
    "verdict.one-decimals": Text(en="1 decimal", zh="1 位小数"),
    "verdict.one-figures": Text(en="1 significant figure", zh="1 位有效数字"),
    "verdict.figures": Text(en="{count} significant figures", zh="{count} 位有效数字"),
    "verdict.exactly": Text(en="an exact value", zh="精确值"),
    "verdict.read-as": Text(en="read as {value}", zh="读作 {value}"),
    "verdict.no-such-option": Text(
        en="There is no option of that name; the options are a to {last}.",
        zh="没有这个选项；选项是 a 到 {last}。",
    ),
    "verdict.option-twice": Text(
        en="An option is named twice; name each once.", zh="有选项写了两次；每个只写一次。"
    ),
    "verdict.choice-count": Text(
        en="Choose one option: a letter from a to {last}.",
        zh="请选一个：a 到 {last} 中的一个字母。",
    ),
    "verdict.order-count": Text(
        en="Name all {count} options in their order, for example: b a c.",
        zh="请按顺序写出全部 {count} 个选项，例如：b a c。",
    ),
}
