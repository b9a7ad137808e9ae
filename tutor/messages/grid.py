"""What matrices, answer grids and plots say."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    "grid.key-move": Text(en="move", zh="移动"),
    "grid.key-edge": Text(en="first or last column", zh="第一列或最后一列"),
    "grid.key-corner": Text(en="first or last cell", zh="第一格或最后一格"),
    "grid.key-page": Text(en="a page up or down", zh="上一页或下一页"),
    "grid.key-next": Text(en="Check", zh="检查"),
    "grid.about-next": Text(
        en="to the next empty cell; with none left, check", zh="到下一个空格；都填好了就检查"
    ),
    "grid.key-edit": Text(en="edit", zh="修改"),
    "grid.key-clear": Text(en="clear", zh="清除"),
    "grid.key-cancel": Text(en="drop the edit", zh="放弃修改"),
    "grid.key-undo": Text(en="undo", zh="撤销"),
    "grid.key-redo": Text(en="redo", zh="重做"),
    "grid.channel": Text(en="channel {number}", zh="通道 {number}"),
    "grid.columns": Text(en="columns {first} to {last}", zh="列 {first} 到 {last}"),
    "grid.row": Text(en="row {name}", zh="第 {name} 行"),
    "grid.column": Text(en="column {name}", zh="第 {name} 列"),
    "grid.named-row": Text(en="row {name}", zh="行「{name}」"),
    "grid.named-column": Text(en="column {name}", zh="列「{name}」"),
    "grid.place-join": Text(en=", ", zh="，"),
    "grid.place": Text(en="{place}: {what}", zh="{place}：{what}"),
    "grid.empty": Text(en="empty", zh="空"),
    "grid.marked": Text(en="{text}, {mark}", zh="{text}，{mark}"),
    "grid.mark-right": Text(en="right", zh="正确"),
    "grid.mark-follows": Text(
        en="right, as it follows from your earlier answer", zh="由你前面的答案推得，算作正确"
    ),
    "grid.mark-coarse": Text(en="not wrong, but too few decimals", zh="没有错，但小数位数不够"),
    "grid.mark-wrong": Text(en="wrong", zh="错误"),
    "grid.mark-blank": Text(en="still to be filled in", zh="还没有填"),
    "grid.mark-unreadable": Text(en="could not be read", zh="无法识别"),
    "grid.still-blank": Text(en="This cell is still empty.", zh="这一格还是空的。"),
    "grid.cell-too-long": Text(
        en="A cell holds at most {most} characters.", zh="一格最多 {most} 个字符。"
    ),
    "grid.paste-too-long": Text(
        en="That is too much to paste: {length} characters, at most {most}.",
        zh="粘贴的内容太长：{length} 个字符，最多 {most} 个。",
    ),
    "grid.nothing-to-paste": Text(
        en="There is nothing to paste in there.", zh="没有可以粘贴的内容。"
    ),
    "grid.rows-differ": Text(
        en="The rows pasted are not equally long: row {row} has {count}, the first row {first}.",
        zh="粘贴的各行长度不同：第 {row} 行有 {count} 个，第一行有 {first} 个。",
    ),
    "grid.no-room": Text(
        en="{rows} x {columns} pasted numbers do not fit: from this cell on there is room for "
        "{room_rows} x {room_columns}. Nothing was changed.",
        zh="粘贴的 {rows} x {columns} 个数放不下：从这一格起只有 {room_rows} x {room_columns} "
        "的位置。内容没有改变。",
    ),
    "grid.nothing-to-undo": Text(en="There is nothing to undo.", zh="没有可以撤销的操作。"),
    "grid.nothing-to-redo": Text(en="There is nothing to redo.", zh="没有可以重做的操作。"),
    "grid.plot-empty": Text(en="nothing measured yet", zh="还没有数据"),
    "grid.plot-log": Text(en="log scale", zh="对数坐标"),
    "grid.plot-not-log": Text(
        en="a log scale needs values above 0: linear", zh="对数坐标要求数值大于 0：改用线性坐标"
    ),
    "grid.plot-minimum": Text(en="min {value} at {step}", zh="最小 {value}（第 {step} 步）"),
}
