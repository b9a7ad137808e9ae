"""What is said of a learner's own numbers: in a file, and on the page where they are typed."""

from tutor.messages import Text

TEXTS = {
    "own.not-a-mapping": Text(
        en="the numbers stand below each other, a name and what it is, like `x: [0.5, 0.6]`; this"
        " lesson has {known}",
        zh="每行写一个名称和它的数值，例如 `x: [0.5, 0.6]`；本课有 {known}",
    ),
    "own.unknown": Text(
        en="this lesson has no given `{found}`; it has {known}",
        zh="本课没有已知量 `{found}`；本课有 {known}",
    ),
    "own.unknown-near": Text(
        en="this lesson has no given `{found}`: did you mean `{near}`?",
        zh="本课没有已知量 `{found}`：是不是想写 `{near}`？",
    ),
    "own.derived": Text(
        en="`{found}` is computed as `{formula}`: give the numbers that it is computed from",
        zh="`{found}` 由 `{formula}` 算出：请改为给出它所用的数",
    ),
    "own.given": Text(
        en="So the lesson's other givens cannot be computed with these numbers.",
        zh="因此用这些数算不出本课的其他已知量。",
    ),
    "own.step": Text(
        en="So the step {step} cannot be computed with these numbers.",
        zh="因此用这些数无法计算 {step} 这一步。",
    ),
    "own.text": Text(
        en="So the words of the step {step} cannot be filled in: they need numbers of the shapes"
        " that the lesson has.",
        zh="因此 {step} 这一步的文字填不出来：它们需要与本课形状相同的数。",
    ),
    "own.other-kind": Text(
        en="with these numbers the answer of the step {step} has the shape {got} instead of {was}:"
        " rows and columns may be more or fewer, but not lists within lists",
        zh="用这些数时，{step} 这一步的答案形状是 {got}，而不是 {was}："
        "行数和列数可以改变，但嵌套的层数不能变",
    ),
    "own.unusable": Text(
        en="with these numbers the step {step} has no answer that could be asked for: it is no"
        " number, or not whole, or rounding on the way could move it without bound",
        zh="用这些数时，{step} 这一步没有可以提问的答案：它不是数，或不是整数，"
        "或中途舍入会使它任意偏离",
    ),
    "own.no-option": Text(
        en="with these numbers none of the options of the step {step} is right",
        zh="用这些数时，{step} 这一步的选项都不对",
    ),
    "own.same-options": Text(
        en="with these numbers two options of the step {step} say the same",
        zh="用这些数时，{step} 这一步有两个选项相同",
    ),
    "own.label": Text(
        en="A class is a whole number: 0 for the first one, and less than there are classes.",
        zh="类别是整数：从 0 数起，并且小于类别的个数。",
    ),
    # The page
    "own.key-open": Text(en="Own numbers", zh="自己的数字"),
    "own.about-open": Text(
        en="Your own numbers instead: those of your homework",
        zh="用自己的数字：把课程的数改成你作业里的数",
    ),
    "own.title": Text(
        en="Your own numbers: {lesson} ({source})", zh="自己的数字：{lesson}（{source}）"
    ),
    "own.source-lesson": Text(en="now the lesson's", zh="现在是课程的数字"),
    "own.source-yours": Text(en="now your own", zh="现在是你自己的数字"),
    "own.source": Text(en="your own numbers", zh="自己的数字"),
    "own.about": Text(
        en="Type over what is different, or paste rows: [[1, 2], [3, 4]], or from a spreadsheet."
        " F5 begins a new round with it.",
        zh="直接改写不同的数，或粘贴整行：[[1, 2], [3, 4]]，也可从表格软件粘贴。"
        "按 F5 用它们开始新的一轮。",
    ),
    "own.heading-number": Text(en="{title}", zh="{title}"),
    "own.heading-vector": Text(en="{title}, {shape} numbers", zh="{title}，{shape} 个数"),
    "own.heading-matrix": Text(en="{title}, {shape}", zh="{title}，{shape}"),
    "own.heading-yours": Text(en="{heading} (yours)", zh="{heading}（你的）"),
    "own.heading-computed": Text(en="{title} = {formula}", zh="{title} = {formula}"),
    "own.step-title": Text(en='"{title}"', zh="「{title}」"),
    "own.fault": Text(en="{place}: {said}", zh="{place}：{said}"),
    "own.blank": Text(en="This cell is still empty.", zh="这一格还是空的。"),
    "own.together": Text(
        en="These shapes must fit each other: {shapes}.", zh="这些形状要互相配合：{shapes}。"
    ),
    "own.of-shape": Text(en="{name} {shape}", zh="{name} {shape}"),
    "own.unchanged": Text(en="Nothing is changed yet.", zh="还没有改动。"),
    "own.fits": Text(
        en="Every step can be worked with these numbers. F5: begin.",
        zh="用这些数每一步都能做。按 F5 开始。",
    ),
    "own.other-shapes": Text(
        en="Its words may still speak of the shapes that it has otherwise.",
        zh="但课程的文字里可能仍按原来的形状说。",
    ),
    "own.unmet": Text(
        en="The lesson's words count on something that is not so with these numbers: {whys}.",
        zh="课程的文字以下面的条件为前提，而这些数不满足：{whys}。",
    ),
    "own.why-join": Text(en="; ", zh="；"),
    "own.why-more": Text(en="; and more", zh="；等等"),
    "own.hidden": Text(
        en="In {step} these numbers would hide a slip: {slip}",
        zh="在{step}里，这些数会掩盖一种错误：{slip}",
    ),
    "own.hidden-zero": Text(
        en="In {step} the answer is 0, which hides nearly every slip.",
        zh="{step}的答案是 0，几乎任何错误都看不出来。",
    ),
    "own.hidden-more": Text(
        en="They hide {count} more slips. You can begin all the same.",
        zh="还会掩盖另外 {count} 种错误。仍然可以开始。",
    ),
    "own.no-givens": Text(
        en="This lesson has no numbers that could be others.", zh="这一课没有可以换的数。"
    ),
    "own.taken-up": Text(
        en="What you were typing when the tutor ended is here again.",
        zh="上次退出时没写完的内容已恢复。",
    ),
    "own.last-cell": Text(
        en="That was the last number. F5 begins a round with them.",
        zh="这是最后一个数。按 F5 用这些数开始。",
    ),
    "own.too-long": Text(en="Nobody computes so many by hand.", zh="没有人能手算这么多。"),
    "own.only-one": Text(
        en="This is the only one; one must be left.", zh="只有这一个了；至少要留一个。"
    ),
    "own.nothing-typed": Text(en="There are no numbers in that.", zh="里面没有数。"),
    "own.other-axes": Text(
        en="That has the shape {got}, where {was} stands: rows and columns may be more or fewer,"
        " but not lists within lists. Nothing was changed.",
        zh="它的形状是 {got}，而这里是 {was}：行数和列数可以改变，但嵌套的层数不能变。"
        "内容没有改变。",
    ),
    "own.as-text": Text(
        en="{title} as text, such as {example}",
        zh="{title}，写成文字，例如 {example}",
    ),
    "own.nothing-changed": Text(
        en="These are the numbers of this round already. Esc: back to it.",
        zh="这一轮用的就是这些数。按 Esc 返回。",
    ),
    "own.begin-question": Text(
        en="Begin a new round with your own numbers? {done} of {total} steps of this round are"
        " done; they stay in your journal, but the lesson goes on with the new round.",
        zh="用自己的数字开始新的一轮吗？这一轮 {total} 步中已完成 {done} 步；它们仍留在记录里，"
        "但课程会从新的一轮继续。",
    ),
    "own.leave-question": Text(
        en="Go back to the lesson without these changes?", zh="放弃这些改动，回到课程吗？"
    ),
    "own.save-later": Text(
        en="Not saved: every cell must hold a number first.", zh="没有保存：要先把每一格填上数。"
    ),
    "own.saved": Text(
        en="Saved as {file}. From this folder: tutor run {lesson} --given {file} (or tutor"
        " practice)",
        zh="已保存为 {file}。在这个文件夹里可用：tutor run {lesson} --given {file}"
        "（或 tutor practice）",
    ),
    "own.not-saved": Text(en="It could not be saved: {reason}.", zh="无法保存：{reason}。"),
    # Its keys
    "own.key-next-cell": Text(en="Next", zh="下一格"),
    "own.about-next-cell": Text(
        en="To the next cell, and from the last one to the next given",
        zh="到下一格；最后一格之后到下一组已知量",
    ),
    "own.key-text": Text(en="Text", zh="文字"),
    "own.about-text": Text(
        en="Type or paste the whole given as text, of whatever shape",
        zh="把整个已知量写成文字或粘贴，形状不限",
    ),
    "own.key-begin": Text(en="Begin", zh="开始"),
    "own.about-begin": Text(en="Begin a new round with these numbers", zh="用这些数开始新的一轮"),
    "own.key-row-more": Text(en="+row", zh="加行"),
    "own.about-row-more": Text(en="One row more, below this one", zh="在当前行下面加一行"),
    "own.key-row-fewer": Text(en="-row", zh="减行"),
    "own.about-row-fewer": Text(en="Without this row", zh="去掉当前行"),
    "own.key-column-more": Text(en="+col", zh="加列"),
    "own.about-column-more": Text(
        en="One column more, after this one (of a vector: a number)",
        zh="在当前列后面加一列（向量则加一个数）",
    ),
    "own.key-column-fewer": Text(en="-col", zh="减列"),
    "own.about-column-fewer": Text(
        en="Without this column (of a vector: this number)", zh="去掉当前列（向量则去掉这个数）"
    ),
    "own.key-save": Text(en="Save", zh="保存"),
    "own.about-save": Text(
        en="Save the numbers in a file, for tutor run LESSON --given FILE, or tutor practice",
        zh="把数存成文件，供 tutor run 课程 --given 文件 或 tutor practice 使用",
    ),
    "own.key-focus": Text(en="Next given", zh="下一组"),
    "own.about-focus": Text(en="The next given", zh="下一组已知量"),
    "own.key-leave": Text(en="Back", zh="返回"),
    "own.about-leave": Text(en="Back to the lesson as it was", zh="回到原来的课程"),
    "own.key-take-line": Text(en="Take", zh="采用"),
    "own.about-take-line": Text(
        en="Put what the line says in the place of the given", zh="用这一行代替这个已知量"
    ),
    "own.key-close-line": Text(en="Back", zh="返回"),
    "own.about-close-line": Text(en="Close the line; nothing changes", zh="关闭这一行，不作改动"),
}
