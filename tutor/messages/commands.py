"""What the commands and the plain dialogue say."""

from tutor.messages import Text

TEXTS = {
    "command.about": Text(
        en="Deep learning, computed by hand. Without a command: the map of lessons.",
        zh="动手算深度学习。不带命令时打开课程目录。",
    ),
    "command.statuses": Text(
        en="Exit status: 0 all is well; 1 something asked for is wrong or was not done: an unknown"
        " lesson, mistakes in a lesson or a formula, a line that could not be graded, a reset that"
        " was not done, a run that diverged; 2 the command is not used like this, or there is no"
        " terminal; 70 the program failed; 130 interrupted.",
        zh="退出码：0 正常；1 要求的内容有误或没有完成（课程不存在，课程或公式有错误，"
        "有一行无法批改，没有清除记录，训练发散）；2 命令用法不对或没有终端；"
        "70 程序出错；130 被中断。",
    ),
    "command.run-statuses": Text(
        en="Exit status: 0 closed by you; 1 the lesson is unknown, or it or the numbers have"
        " mistakes; 2 there is no terminal; 70 the program failed.",
        zh="退出码：0 正常关闭；1 课程不存在，或课程、数值有错误；2 没有终端；70 程序出错。",
    ),
    "command.practice-statuses": Text(
        en="Exit status: 0 ended by you, or by the end of the input; 1 the lesson is unknown, or"
        " it or the numbers have mistakes; 130 interrupted.",
        zh="退出码：0 正常结束或输入已尽；1 课程不存在，或课程、数值有错误；130 被中断。",
    ),
    "command.check-statuses": Text(
        en="Exit status: 0 all are good; 1 one of them has mistakes.",
        zh="退出码：0 全部正确；1 其中有错误。",
    ),
    "command.grade-statuses": Text(
        en="Exit status: 0 every line was graded, whatever its verdict; 1 a line could not be.",
        zh="退出码：0 每一行都已批改（无论对错）；1 有一行无法批改。",
    ),
    "command.reset-statuses": Text(
        en="Exit status: 0 erased, or brought back; 1 not done.",
        zh="退出码：0 已清除或已恢复；1 没有完成。",
    ),
    "command.explain-statuses": Text(
        en="Exit status: 0 worked out; 1 the formula or the file of numbers has mistakes.",
        zh="退出码：0 已算出；1 公式或数值文件有错误。",
    ),
    "command.lang": Text(en="Language: en or zh.", zh="语言：en 或 zh。"),
    "command.version": Text(en="Say the version and end.", zh="显示版本号。"),
    "command.run": Text(
        en="Open a lesson on the screen, by its name or its file.",
        zh="在屏幕上打开一课（课名或文件）。",
    ),
    "command.practice": Text(
        en="Work a lesson line by line: for screen readers, pipes and plain terminals.",
        zh="逐行问答地做一课：适合读屏软件、管道和简单终端。",
    ),
    "command.spot": Text(
        en="Find the slip in somebody's working of the lesson instead.",
        zh="改为找错：在别人对这一课的演算里找出错误。",
    ),
    "command.lessons": Text(en="List the lessons.", zh="列出所有课程。"),
    "command.progress": Text(en="Show how far you are.", zh="显示学习进度。"),
    "command.check": Text(
        en="Check lesson files, all of the course if none is named.",
        zh="检查课程文件；不指定文件时检查全部课程。",
    ),
    "command.grade": Text(
        en="Grade answers: JSON lines on standard input, one JSON line out for each.",
        zh="批改答案：从标准输入读取 JSON 行，每行输出一个 JSON 结果。",
    ),
    "command.grade-json": Text(en="This line is not JSON.", zh="这一行不是 JSON。"),
    "command.grade-long": Text(
        en="This line has more than {limit} characters.", zh="这一行超过 {limit} 个字符。"
    ),
    "command.grade-object": Text(
        en='A line is an object: {{"id": ..., "formula": ..., "given": ..., "answer": ...}}.',
        zh='每行应是一个对象：{{"id": ..., "formula": ..., "given": ..., "answer": ...}}。',
    ),
    "command.grade-missing": Text(
        en="{field} is missing; a line needs an answer, and a formula or a lesson with a step.",
        zh="缺少 {field}；每行需要 answer，以及 formula 或 lesson 加 step。",
    ),
    "command.grade-field": Text(
        en="There is no field {field}; write {near}.", zh="没有字段 {field}；应写作 {near}。"
    ),
    "command.grade-text": Text(en="{field} must be a text.", zh="{field} 应是文本。"),
    "command.grade-given": Text(
        en="{field} must be an object: name -> number or nested lists of numbers.",
        zh="{field} 应是对象：名字 -> 数或嵌套的数列表。",
    ),
    "command.grade-numbers": Text(
        en="{field} must be a number or nested lists of numbers with rows of equal length.",
        zh="{field} 应是数，或每行等长的嵌套数列表。",
    ),
    "command.grade-precision": Text(
        en="{field} must be a whole number: decimals 0 to {most}, or figures 1 to {most}.",
        zh="{field} 应是整数：decimals 为 0 到 {most}，figures 为 1 到 {most}。",
    ),
    "command.grade-seed": Text(en="seed must be a whole number.", zh="seed 应是整数。"),
    "command.grade-name": Text(
        en="The lesson states no given of the name {name}.", zh="这一课没有名为 {name} 的已知量。"
    ),
    "command.grade-step": Text(
        en="The lesson has no step {name}; it has: {known}.",
        zh="这一课没有步骤 {name}；它有：{known}。",
    ),
    "command.grade-lesson": Text(
        en="The lesson's file has mistakes, or no numbers meet its conditions; tutor check says"
        " which.",
        zh="课程文件有错误，或没有数值满足条件；tutor check 会说明。",
    ),
    "command.reset": Text(
        en="Begin a lesson, or everything, from scratch; it can be undone.",
        zh="清除一课或全部的记录，从头开始；可以撤销。",
    ),
    "command.paths": Text(en="Show where everything is kept.", zh="显示各种文件的位置。"),
    "command.explain": Text(
        en='Work a formula out line by line, in numbers: tutor explain "softmax([2, 1, 0.1])"',
        zh='逐行写出一个公式的算式：tutor explain "softmax([2, 1, 0.1])"',
    ),
    "command.formula": Text(
        en='A formula; its lines one by one where it has several: "z = [2, 1]" "softmax(z)".',
        zh='一个公式；有几行就依次写几个："z = [2, 1]" "softmax(z)"。',
    ),
    "command.decimals": Text(
        en="Decimals of the results; 3 unless told otherwise.", zh="结果保留几位小数；默认 3 位。"
    ),
    "command.figures": Text(
        en="Significant figures of the results, instead of decimals.",
        zh="改用有效数字：结果保留几位。",
    ),
    "command.given": Text(
        en="A YAML file with numbers for names: W: [[1, 2], [3, 4]]",
        zh="YAML 文件，给出各个名字的数：W: [[1, 2], [3, 4]]",
    ),
    "command.unfold": Text(
        en="Write out long sums and large arrays.", zh="长的求和与大的数组都完整写出。"
    ),
    "command.decimals-or-figures": Text(
        en="Say either --decimals or --figures, not both.",
        zh="--decimals 和 --figures 只能用一个。",
    ),
    "command.spot-or-given": Text(
        en="--spot draws its own numbers: leave --given out.",
        zh="--spot 自己出数：请去掉 --given。",
    ),
    "command.lesson": Text(en="Name of a lesson, or a file.", zh="课名或文件。"),
    "command.seed": Text(
        en="Begin a new round with the numbers of this seed.", zh="用这个种子的数字开始新的一轮。"
    ),
    "command.own-given": Text(
        en="Begin a new round with your own numbers: a YAML file with lines like `x: [0.5, 0.6]`.",
        zh="用自己的数值开始新的一轮：YAML 文件，每行如 `x: [0.5, 0.6]`。",
    ),
    "command.json": Text(en="As JSON.", zh="以 JSON 输出。"),
    "command.files": Text(en="Lesson files.", zh="课程文件。"),
    "command.reset-lesson": Text(en="Only this lesson.", zh="只清除这一课。"),
    "command.yes": Text(en="Do not ask.", zh="不再询问。"),
    "command.undo": Text(en="Bring back what the last reset took.", zh="恢复上一次清除的记录。"),
    "command.unknown-language": Text(
        en="There is no language {name}; use en or zh.", zh="没有语言 {name}；请用 en 或 zh。"
    ),
    "command.no-terminal": Text(
        en="The screen needs a terminal. For pipes and plain terminals there is:"
        " tutor practice LESSON",
        zh="屏幕界面需要终端。管道或简单终端请用：tutor practice 课名",
    ),
    "command.crashed": Text(
        en="The tutor failed; your answers are kept. A report for its authors is in {report}",
        zh="程序出错了；你的答案都已保存。给作者的报告在 {report}",
    ),
    "command.column-id": Text(en="lesson", zh="课名"),
    "command.column-title": Text(en="title", zh="标题"),
    "command.column-done": Text(en="done", zh="进度"),
    "command.column-summary": Text(en="what it is about", zh="内容"),
    "command.column-finished": Text(en="finished", zh="做完遍数"),
    "command.column-at": Text(en="last worked", zh="最近一次"),
    "command.nothing-begun": Text(
        en="No lesson was begun yet. Try: tutor run softmax",
        zh="还没有开始任何一课。试试：tutor run softmax",
    ),
    "command.lesson-good": Text(en="{path}: good", zh="{path}：没有错误"),
    "command.reset-question": Text(
        en="Erase what you did in {lesson}, spotting slips too? (y/n)",
        zh="清除 {lesson} 的全部记录，包括找错的记录？（y/n）",
    ),
    "command.reset-everything": Text(
        en="Erase what you did in all lessons? (y/n)", zh="清除所有课程的记录？（y/n）"
    ),
    "command.reset-nothing": Text(
        en="There is nothing to erase: nothing was done there yet.",
        zh="没有可清除的：那里还没有任何记录。",
    ),
    "command.reset-needs-yes": Text(
        en="Nothing was erased: add --yes where nobody can be asked.",
        zh="没有清除：无法询问时请加 --yes。",
    ),
    "command.reset-left": Text(en="Nothing was erased.", zh="没有清除。"),
    "command.reset-done": Text(
        en="Erased. It is kept in {kept}; tutor reset --undo brings it back.",
        zh="已清除。记录移到了 {kept}；tutor reset --undo 可以恢复。",
    ),
    "command.restored": Text(en="What the last reset took is back.", zh="上一次清除的记录已恢复。"),
    "command.restored-nothing": Text(en="There is no reset to undo.", zh="没有可以撤销的清除。"),
    "command.path-lessons": Text(en="lessons", zh="课程"),
    "command.path-journal": Text(en="journal", zh="学习记录"),
    "command.path-settings": Text(en="settings", zh="设置"),
    "command.path-runs": Text(en="lab runs", zh="训练记录"),
    # The plain dialogue
    "command.word-help": Text(en="help", zh="帮助"),
    "command.word-hint": Text(en="hint", zh="提示"),
    "command.word-solution": Text(en="solution", zh="答案"),
    "command.word-working": Text(en="working", zh="算式"),
    "command.word-working-too": Text(en="work", zh="过程"),
    "command.word-next": Text(en="next", zh="下一步"),
    "command.word-back": Text(en="back", zh="上一步"),
    "command.word-skip": Text(en="skip", zh="跳过"),
    "command.word-story": Text(en="story", zh="说明"),
    "command.word-numbers": Text(en="numbers", zh="数字"),
    "command.word-sources": Text(en="sources", zh="来源"),
    "command.word-new": Text(en="new", zh="换数字"),
    "command.word-quit": Text(en="quit", zh="退出"),
    "command.practice-help": Text(
        en="Type your answer and Enter; help lists what else you can type.",
        zh="输入答案后按回车；输入 帮助 查看还能输入什么。",
    ),
    "command.practice-words": Text(
        en="hint: one more hint. solution: the right answer. next, back, skip: other steps."
        " story, numbers: read them again. sources 0,1: which numbers flow into that cell of the"
        " answer (row and column, from 0). working, working 0,1: how it is worked out, once the"
        " step is done. new: the lesson with new numbers (your own: tutor practice LESSON"
        " --given FILE)."
        " = exp(0.48): the calculator. quit: end; everything is kept.",
        zh="提示：再给一条提示。答案：显示正确答案。下一步、上一步、跳过：去别的步骤。"
        "说明、数字：再看一遍。来源 0,1：答案的这一格（行、列从 0 数起）用到哪些数。"
        "算式、算式 0,1：做完后看整步或这一格怎样算出来。"
        "换数字：换一组数字重做（用自己的数字：tutor practice 课程 --given 文件）。"
        "= exp(0.48)：计算器。"
        "退出：结束，一切都已保存。（英文 hint、solution、next、back、skip、story、numbers、"
        "sources、working、new、quit 也可以。）",
    ),
    "command.step": Text(
        en="Step {place} of {total}: {title}", zh="第 {place} 步（共 {total} 步）：{title}"
    ),
    "command.asked-choice": Text(en="Answer with one letter.", zh="回答一个字母。"),
    "command.asked-choices": Text(
        en="Answer with the letters of all that are right, for example: a c",
        zh="回答所有正确选项的字母，例如：a c",
    ),
    "command.asked-order": Text(
        en="Answer with all letters in the right order, for example: b a c",
        zh="按正确顺序回答全部字母，例如：b a c",
    ),
    "command.next-row": Text(en="Row {row} of {rows}:", zh="第 {row} 行（共 {rows} 行）："),
    "command.cell": Text(en="{place}: {text}: ", zh="{place}：{text}："),
    "command.enter-goes-on": Text(en="Enter goes on.", zh="按回车继续。"),
    "command.finished": Text(
        en="All steps are done. new: once more with new numbers. quit: end.",
        zh="所有步骤都完成了。换数字：换一组数字再做。退出：结束。",
    ),
    "command.no-more-hints": Text(
        en="There are no more hints. solution shows the answer.",
        zh="没有更多提示了。输入 答案 可以看答案。",
    ),
    "command.solution-sure": Text(
        en="Type solution again to see it; the step then counts as shown.",
        zh="再输入一次 答案 就显示；这一步将记为看过答案。",
    ),
    "command.solution-not-shown": Text(en="Not shown.", zh="没有显示。"),
    "command.sources-choice": Text(
        en="This step asks for a choice; sources are for answers made of numbers.",
        zh="这一步是选择；只有由数组成的答案才有来源。",
    ),
    "command.sources-which": Text(
        en="Say which cell, counted from 0: {word} {first} is the first, {word} {last} the last.",
        zh="请说明是哪一格（从 0 数起）：{word} {first} 是第一格，{word} {last} 是最后一格。",
    ),
    "command.working-later": Text(
        en="The working is shown once the step is done. hint helps you on.",
        zh="做完这一步后才显示算式。可以先要提示。",
    ),
    "command.working-none": Text(
        en="There is nothing to work out here: the answer is chosen.",
        zh="这里没有要计算的：答案是选出来的。",
    ),
    "command.own-numbers": Text(
        en="This round has your own numbers: {names}.", zh="这一轮用的是你自己的数值：{names}。"
    ),
    "command.kept": Text(en="Everything is kept.", zh="一切都已保存。"),
    "command.not-kept": Text(
        en="What you did could not be written down.", zh="这次做的内容没能保存。"
    ),
    "command.unwritable": Text(
        en="The output could not be written: {reason}", zh="无法写入输出：{reason}"
    ),
}
