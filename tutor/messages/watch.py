"""Sentences about runs that are watched: what is read, how it goes on, and what is wrong."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    # The command
    "watch.about": Text(
        en="Watch a training run of any program: curves that grow with its file.",
        zh="观看任何程序的训练：曲线随文件一起增长。",
    ),
    "watch.path": Text(
        en="A file or a folder of runs: events.jsonl of the lab, CSV, JSON lines, or event files of"
        " TensorBoard. Without one: the runs of the lab.",
        zh="文件，或存放训练记录的文件夹：实验的 events.jsonl、CSV、JSON 行或 TensorBoard 的事件"
        "文件。不写时观看实验的训练记录。",
    ),
    "watch.x": Text(
        en="The column or field that counts the steps.", zh="用哪一列或哪个字段作为步数。"
    ),
    "watch.field": Text(
        en="Read only this tag, column or field; may be given several times.",
        zh="只读这个标签、列或字段；可以写多次。",
    ),
    "watch.once": Text(
        en="Print the last values and end, also where there is a terminal.",
        zh="只打印最近的数值后结束，有终端时也一样。",
    ),
    "watch.json": Text(en="The same as JSON.", zh="同上，以 JSON 输出。"),
    "watch.statuses": Text(
        en="Exit status: 0 closed by you, or printed; 1 there is nothing to watch, or no number in"
        " it; 70 the program failed. Without a terminal the last values are printed, as with"
        " --once.",
        zh="退出码：0 正常关闭或已打印；1 没有可观看的内容，或其中没有数值；70 程序出错。"
        "没有终端时与 --once 相同，只打印最近的数值。",
    ),
    # What cannot be watched
    "watch.missing": Text(
        en="There is nothing at {path}. Give a file or a folder of runs: events.jsonl of the lab,"
        " a CSV file, JSON lines, or event files of TensorBoard.",
        zh="{path} 不存在。请给出文件或存放训练记录的文件夹：实验的 events.jsonl、CSV 文件、"
        "JSON 行或 TensorBoard 的事件文件。",
    ),
    "watch.no-path": Text(
        en="{path} cannot be read: {reason}. Give a file or a folder that you may read.",
        zh="无法读取 {path}：{reason}。请给出可以读取的文件或文件夹。",
    ),
    "watch.special": Text(
        en="{path} is neither a file nor a folder but a pipe or a device, which cannot be read"
        " twice. Write into a file and watch that.",
        zh="{path} 不是文件或文件夹，而是管道或设备，无法重复读取。请写入文件后再观看。",
    ),
    "watch.no-runs": Text(
        en="No run was found in {path}: no event files of TensorBoard, and nothing named .csv,"
        " .tsv, .jsonl or .ndjson.",
        zh="{path} 中没有训练记录：没有 TensorBoard 的事件文件，也没有 .csv、.tsv、.jsonl 或"
        " .ndjson 文件。",
    ),
    "watch.no-numbers": Text(en="No numbers were found in {name}.", zh="{name} 中没有找到数值。"),
    "watch.no-lab-runs": Text(
        en="The lab has kept no run yet. Give a file or a folder: tutor watch PATH",
        zh="实验还没有保存训练记录。请给出文件或文件夹：tutor watch PATH",
    ),
    # What is wrong with a file
    "watch.compressed": Text(
        en="{name} is compressed. Unpack it first.", zh="{name} 是压缩文件，请先解压。"
    ),
    "watch.binary": Text(
        en="{name} is neither text nor an event file of TensorBoard.",
        zh="{name} 既不是文本，也不是 TensorBoard 的事件文件。",
    ),
    "watch.not-lines": Text(
        en="{name} is one JSON document. Write JSON lines instead: one object a line.",
        zh="{name} 是单个 JSON 文档。请改为 JSON 行：每行一个对象。",
    ),
    "watch.gone": Text(
        en="{name} is gone. What was read stays; it goes on when the file comes back.",
        zh="{name} 已不存在。已读的内容保留，文件恢复后会继续。",
    ),
    "watch.not-allowed": Text(
        en="{name} may not be read any more. What was read stays.",
        zh="已没有读取 {name} 的权限。已读的内容保留。",
    ),
    "watch.not-a-file": Text(
        en="{name} is no longer a file. What was read stays.",
        zh="{name} 已不是普通文件。已读的内容保留。",
    ),
    "watch.cannot-read": Text(
        en="{name} cannot be read: {reason}. What was read stays.",
        zh="无法读取 {name}：{reason}。已读的内容保留。",
    ),
    "watch.replaced": Text(
        en="Written anew {count} times; what is shown is of the present file.",
        zh="文件被重写了 {count} 次，显示的是现在的文件。",
    ),
    # What was passed over
    "watch.bad-checksums": Text(
        en="Damaged records passed over: {count}, the first at byte {at}.",
        zh="跳过了 {count} 条损坏的记录，第一条在第 {at} 字节。",
    ),
    "watch.bad-events": Text(
        en="Records that are no events passed over: {count}, the first at byte {at}.",
        zh="跳过了 {count} 条不是事件的记录，第一条在第 {at} 字节。",
    ),
    "watch.bad-lengths": Text(
        en="Bytes without a whole record passed over: {count}, from byte {at} on.",
        zh="跳过了 {count} 个字节，其中没有完整的记录，从第 {at} 字节开始。",
    ),
    "watch.bad-lines": Text(
        en="Unreadable lines passed over: {count}, the first is line {at}.",
        zh="跳过了 {count} 行无法读取的内容，第一处在第 {at} 行。",
    ),
    "watch.bad-rows": Text(
        en="Rows without a number passed over: {count}, the first is line {at}.",
        zh="跳过了 {count} 行没有数值的内容，第一处在第 {at} 行。",
    ),
    "watch.ragged-rows": Text(
        en="Rows with more or fewer cells than the header passed over: {count}, the first is line"
        " {at}.",
        zh="跳过了 {count} 行列数与表头不符的内容，第一处在第 {at} 行。",
    ),
    "watch.long-lines": Text(
        en="Lines longer than 1 MB passed over: {count}, the first is line {at}.",
        zh="跳过了 {count} 行超过 1 MB 的内容，第一处在第 {at} 行。",
    ),
    "watch.no-field": Text(
        en="Lines without a number in {name}, which counts the steps: {count}, the first is line"
        " {at}.",
        zh="有 {count} 行的步数字段 {name} 没有数值，第一处在第 {at} 行。",
    ),
    "watch.no-column": Text(
        en="There is no column {name}, so rows are counted. There are: {known}.",
        zh="没有名为 {name} 的列，改用行号。已有的列：{known}。",
    ),
    "watch.no-tag": Text(
        en="There is no tag {name}. Among those that are there: {known}.",
        zh="没有名为 {name} 的标签。已有的标签包括：{known}。",
    ),
    "watch.far-steps": Text(
        en="Steps beyond 2^63 passed over: {count}.", zh="跳过了 {count} 个超过 2^63 的步数。"
    ),
    "watch.went-back": Text(
        en="The run went back to an earlier step {count} times; what it had measured after that"
        " step is dropped.",
        zh="训练有 {count} 次回到较早的步，那一步之后的旧数据已去掉。",
    ),
    "watch.many-tags": Text(
        en="Only the first {most} tags are read; choose with --field.",
        zh="只读取前 {most} 个标签；可用 --field 选择。",
    ),
    "watch.more-remarks": Text(en="(and {count} more: i)", zh="（还有 {count} 条：按 i）"),
    # The screen
    "watch.title": Text(en="Watching {path}", zh="正在观看 {path}"),
    "watch.search": Text(en="part of a tag's name", zh="标签名的一部分"),
    "watch.tags": Text(en="tags: {count}", zh="标签：{count} 个"),
    "watch.found-tags": Text(en="tags: {found} of {count}", zh="标签：{count} 个中的 {found} 个"),
    "watch.no-tags": Text(en="no tag has these words", zh="没有包含这些字的标签"),
    "watch.nothing-yet": Text(
        en="Nothing to draw: no number was read yet.", zh="没有可画的：还没有读到数值。"
    ),
    "watch.no-run-yet": Text(
        en="No run in this folder yet: waiting for one.",
        zh="这个文件夹里还没有训练记录，正在等待。",
    ),
    "watch.kind-tensorboard": Text(en="TensorBoard events", zh="TensorBoard 事件"),
    "watch.kind-csv": Text(en="a table", zh="表格"),
    "watch.kind-jsonl": Text(en="JSON lines", zh="JSON 行"),
    "watch.kind-lab": Text(en="a run of the lab", zh="实验的训练记录"),
    "watch.reading": Text(en="reading: {percent} % of {size}", zh="正在读取：{size} 的 {percent}%"),
    "watch.steps": Text(en="step {step}, {points} values", zh="第 {step} 步，{points} 个数值"),
    "watch.waiting": Text(
        en="waiting for more; last written {age} ago", zh="等待新数据；最近写入于 {age}前"
    ),
    "watch.waiting-tail": Text(
        en="waiting: the last {bytes} bytes are not whole yet; last written {age} ago",
        zh="等待中：末尾 {bytes} 字节还不完整；最近写入于 {age}前",
    ),
    "watch.written": Text(en="written {age} ago", zh="写入于 {age}前"),
    "watch.ended": Text(en="{state}; last written {age} ago", zh="{state}；最近写入于 {age}前"),
    "watch.seconds": Text(en="{count} s", zh="{count} 秒"),
    "watch.minutes": Text(en="{count} min", zh="{count} 分钟"),
    "watch.hours": Text(en="{count} h", zh="{count} 小时"),
    "watch.days": Text(en="{count} days", zh="{count} 天"),
    "watch.last": Text(en="last: {value} at step {step}", zh="最近：{value}（第 {step} 步）"),
    "watch.at-step": Text(en="step {step}: {value}", zh="第 {step} 步：{value}"),
    "watch.at-steps": Text(
        en="step {step} and on: {low} to {high}, mean {mean} of {count}",
        zh="从第 {step} 步起：{low} 到 {high}，{count} 个的平均 {mean}",
    ),
    "watch.at-lost": Text(
        en="{lost} not finite",
        zh="{lost} 个非有限数",
    ),
    "watch.not-here": Text(en="not measured", zh="没有数据"),
    "watch.smoothed": Text(
        en="smoothed by {weight}; dots: the raw values", zh="平滑 {weight}；点：原始数值"
    ),
    "watch.smoothed-several": Text(
        en="smoothed by {weight}; dots: raw, first run", zh="平滑 {weight}；点：第一个的原始数值"
    ),
    "watch.raw": Text(en="raw values", zh="原始数值"),
    "watch.runs-title": Text(
        en="Runs, the newest first: up to {most} are drawn over each other",
        zh="训练记录，最新的在前：最多重叠画出 {most} 个",
    ),
    "watch.runs-search": Text(en="part of a run's name", zh="训练记录名的一部分"),
    "watch.runs-most": Text(
        en="{most} runs are chosen already: take one away first.",
        zh="已选了 {most} 个，请先去掉一个。",
    ),
    "watch.runs-close": Text(
        en="Enter chooses or takes away, Esc closes", zh="回车选择或取消，Esc 关闭"
    ),
    "watch.remarks-title": Text(en="About these runs", zh="关于这些训练记录"),
    "watch.help": Text(
        en="The line is the value, or its average where many values share a column; the dots"
        " behind it reach from the least to the largest of them. ! stands where a value was NaN or"
        " infinite. A run that goes back to an earlier step loses what it had measured after it.",
        zh="线是数值，一列有多个数值时是平均；后面的点从最小值画到最大值。! 表示那里有 NaN 或"
        "无穷大。训练回到较早的步时，那之后的旧数据会去掉。",
    ),
    # Keys
    "watch.key-search": Text(en="Search", zh="搜索"),
    "watch.about-search": Text(en="Search for a tag", zh="搜索标签"),
    "watch.key-leave": Text(en="All", zh="全部"),
    "watch.about-leave": Text(
        en="Leave the search, or take the cursor away", zh="离开搜索，或去掉游标"
    ),
    "watch.key-show": Text(en="Back", zh="返回"),
    "watch.about-show": Text(en="Back to the list of tags", zh="回到标签列表"),
    "watch.key-log": Text(en="Log", zh="对数"),
    "watch.about-log": Text(en="A logarithmic or a linear scale", zh="对数坐标或线性坐标"),
    "watch.key-smooth": Text(en="Smooth", zh="平滑"),
    "watch.about-smooth": Text(
        en="Smooth the curve more, or not at all again", zh="逐级平滑曲线，最后恢复原样"
    ),
    "watch.key-left": Text(en="Cursor", zh="游标"),
    "watch.about-left": Text(en="Move the cursor, which reads values", zh="移动读数的游标"),
    "watch.key-right": Text(en="Cursor", zh="游标"),
    "watch.about-right": Text(en="Move the cursor, which reads values", zh="移动读数的游标"),
    "watch.key-before": Text(en="Value before", zh="上一个值"),
    "watch.about-before": Text(en="The cursor to the value before", zh="游标移到上一个值"),
    "watch.key-after": Text(en="Value after", zh="下一个值"),
    "watch.about-after": Text(en="The cursor to the value after", zh="游标移到下一个值"),
    "watch.key-runs": Text(en="Runs", zh="记录"),
    "watch.about-runs": Text(en="Choose the runs that are drawn", zh="选择要画的训练记录"),
    "watch.key-remarks": Text(en="Remarks", zh="说明"),
    "watch.about-remarks": Text(
        en="All that had to be passed over in these files", zh="查看这些文件中跳过的全部内容"
    ),
    "watch.key-up": Text(en="Up", zh="向上"),
    "watch.about-up": Text(en="Up or down the list", zh="在列表中上下移动"),
    "watch.key-down": Text(en="Down", zh="向下"),
    "watch.about-down": Text(en="Up or down the list", zh="在列表中上下移动"),
    "watch.key-page-up": Text(en="Page up", zh="上一页"),
    "watch.about-page-up": Text(en="A page up or down the list", zh="列表翻页"),
    "watch.key-page-down": Text(en="Page down", zh="下一页"),
    "watch.about-page-down": Text(en="A page up or down the list", zh="列表翻页"),
    "watch.key-first": Text(en="First", zh="首行"),
    "watch.about-first": Text(en="First or last line of the list", zh="列表的首行或末行"),
    "watch.key-last": Text(en="Last", zh="末行"),
    "watch.about-last": Text(en="First or last line of the list", zh="列表的首行或末行"),
    "watch.key-quit": Text(en="Quit", zh="退出"),
    "watch.about-quit": Text(
        en="Quit; the run that is watched goes on", zh="退出；被观看的训练不受影响"
    ),
    "watch.key-take": Text(en="Choose", zh="选择"),
    "watch.about-take": Text(en="Choose the run, or take it away", zh="选择或取消这个训练记录"),
    # What is printed
    "watch.column-run": Text(en="run", zh="训练记录"),
    "watch.column-tag": Text(en="tag", zh="标签"),
    "watch.column-step": Text(en="step", zh="步"),
    "watch.column-last": Text(en="last", zh="最近"),
    "watch.column-low": Text(en="lowest", zh="最小"),
    "watch.column-high": Text(en="highest", zh="最大"),
    "watch.column-count": Text(en="values", zh="个数"),
}
