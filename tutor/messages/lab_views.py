"""Sentences of the lab's views: layers, pictures of the model, samples."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    "view.key-next": Text(en="View", zh="视图"),
    "view.about-next": Text(
        en="Curve, layers, pictures of the model, samples: the next view",
        zh="曲线、各层、模型的图、样本：下一个视图",
    ),
    "view.key-before": Text(en="View", zh="视图"),
    "view.about-before": Text(en="The view before", zh="上一个视图"),
    "view.key-up": Text(en="Before", zh="上一个"),
    "view.about-up": Text(en="The picture before, or earlier samples", zh="上一张图，或前面的样本"),
    "view.key-down": Text(en="Next", zh="下一个"),
    "view.about-down": Text(en="The next picture, or later samples", zh="下一张图，或后面的样本"),
    "view.key-open": Text(en="Open", zh="打开"),
    "view.about-open": Text(
        en="The picture as a matrix, every number in full", zh="把图作为矩阵打开，显示完整的数"
    ),
    "view.waits": Text(en="This is measured when the next step is.", zh="走下一步时会测量这些。"),
    # Layers
    "view.layer": Text(en="layer", zh="层"),
    "view.gradient": Text(en="gradient", zh="梯度"),
    "view.weights": Text(en="weights", zh="权重"),
    "view.update": Text(en="update", zh="更新"),
    "view.dead": Text(en="dead", zh="死"),
    "view.healthy": Text(
        en="Gradient and weights are norms; update is its norm by that of the weights: from {low}"
        " to {high} is healthy. Dead: share of ReLU units that give 0 for every sample.",
        zh="梯度和权重都是范数；更新是更新量的范数除以权重的范数，{low} 到 {high} 是正常的。"
        "死：对所有样本都输出 0 的 ReLU 单元所占的比例。",
    ),
    "view.more-layers": Text(en="{count} more layers have no room", zh="还有 {count} 层放不下"),
    "view.word-healthy": Text(en="healthy", zh="正常"),
    "view.word-slow": Text(en="slow", zh="很慢"),
    "view.word-still": Text(en="stands still", zh="不动"),
    "view.word-large": Text(en="large steps", zh="步子大"),
    "view.word-dead": Text(en="dead units", zh="死单元"),
    # Pictures
    "view.picture-of": Text(
        en="{name} ({number} of {total}; up, down)",
        zh="{name}（第 {number} / {total} 张，按上下键换图）",
    ),
    "view.of-weights-one": Text(en="weights of {which}", zh="{which} 的权重"),
    "view.of-filters-one": Text(en="filters of {which}", zh="{which} 的卷积核"),
    "view.of-attention": Text(
        en="attention: by rows who looks, by columns at what", zh="注意力：行是谁在看，列是看谁"
    ),
    "view.of-attention-one": Text(
        en="attention of head {which}: by rows who looks, by columns at what",
        zh="第 {which} 个头的注意力：行是谁在看，列是看谁",
    ),
    "view.of-confusion": Text(
        en="confusion: by rows what it is, by columns what the model says",
        zh="混淆矩阵：行是真实类别，列是模型的回答",
    ),
    "view.of-regions": Text(
        en="regions: the class that the model gives to points of the plane",
        zh="区域：模型给平面上各点的类别",
    ),
    "view.exact": Text(en="Enter: every number in full", zh="回车：显示完整的数"),
    "view.digits": Text(en="9 stands for {largest}, the largest", zh="9 表示最大的 {largest}"),
    "view.every": Text(
        en="one row of {every}; Enter shows all", zh="每 {every} 行显示一行；按回车显示全部"
    ),
    "view.cut": Text(
        en="{rows} of {all_rows} rows, {columns} of {all_columns} columns; Enter shows all",
        zh="{all_rows} 行中的 {rows} 行，{all_columns} 列中的 {columns} 列；按回车显示全部",
    ),
    "view.cell": Text(
        en="row {row}, column {column}: {value}", zh="行 {row}，列 {column}：{value}"
    ),
    "view.key-back": Text(en="Back", zh="返回"),
    "view.about-back": Text(en="Back to the lab", zh="回到实验"),
    "view.key-move": Text(en="Move", zh="移动"),
    "view.about-move": Text(en="Read another cell", zh="读取另一个格子"),
    # Samples
    "view.samples": Text(
        en="samples {first} to {last} of {total}; {right} right",
        zh="第 {first} 到 {last} 个样本，共 {total} 个；{right} 个正确",
    ),
    "view.more-samples": Text(en="; down: more", zh="；按下键看后面的"),
    "view.says": Text(en="says {answer} {share}%", zh="答 {answer} {share}%"),
    "view.is": Text(en="it is {label}", zh="应为 {label}"),
    "view.was": Text(en="was {before}", zh="刚才 {before}"),
}
