"""What is said where a slip is to be spotted in somebody's working."""

from tutor.messages import Text

TEXTS = {
    # The page
    "spot.title": Text(
        en="Spot the slip: {lesson}, exercise {seed}", zh="找错：{lesson}，第 {seed} 题"
    ),
    "spot.about": Text(
        en="Somebody worked this out and made one slip. What comes after it goes on from the wrong"
        " number.",
        zh="下面是别人的演算，其中只有一处错误；后面的各行都是接着错误的数算下去的。",
    ),
    "spot.given": Text(en="These numbers are right:", zh="这些数是对的："),
    "spot.loading": Text(en="Somebody is working something out.", zh="正在出题。"),
    "spot.none": Text(
        en="No exercise of this kind can be made of this lesson.", zh="这一课无法出这种题。"
    ),
    # What is asked
    "spot.ask-line": Text(
        en="Which line is the first wrong one? A number from 1 to {count}.",
        zh="最先出错的是哪一行？输入 1 到 {count}。",
    ),
    "spot.ask-slip": Text(
        en="What went wrong in line {line}? A letter.", zh="第 {line} 行错在哪里？输入字母。"
    ),
    "spot.ask-correct": Text(
        en="What should the answer be? {title}: {asked}, {precision}.",
        zh="正确的结果是什么？{title}：{asked}，{precision}。",
    ),
    "spot.asked-number": Text(en="a number", zh="一个数"),
    "spot.asked-array": Text(
        en="{count} numbers, {shape}, such as {example}",
        zh="{count} 个数，形状 {shape}，例如 {example}",
    ),
    "spot.ask-done": Text(
        en="Done. Enter: the next exercise.", zh="这一题完成了。按回车做下一题。"
    ),
    # What is said of answers
    "spot.no-line": Text(
        en="Type the number of a line, from 1 to {count}.", zh="请输入行号，1 到 {count}。"
    ),
    "spot.line-early": Text(
        en="Line {line} is right: the slip comes later.", zh="第 {line} 行是对的：错误在后面。"
    ),
    "spot.line-late": Text(
        en="Line {line} is not the first wrong one: look further up.",
        zh="第 {line} 行不是最先出错的：请往上找。",
    ),
    "spot.line-found": Text(
        en="Yes, line {line} is the first wrong one.", zh="对，第 {line} 行最先出错。"
    ),
    "spot.no-letter": Text(
        en="Type one letter, from a to {last}.", zh="请输入一个字母，a 到 {last}。"
    ),
    "spot.slip-other": Text(
        en="No: that would give another number. Do the line again yourself.",
        zh="不对：那样会得出另一个数。请自己把这一行再算一遍。",
    ),
    "spot.slip-found": Text(
        en="Yes. Whoever wrote this would be told: {slip}", zh="对。可以这样告诉写的人：{slip}"
    ),
    "spot.no-number": Text(en="Type the right answer of this step.", zh="请输入这一步的正确结果。"),
    "spot.correct-wrong": Text(en="That is not right yet.", zh="还不对。"),
    "spot.correct-coarse": Text(
        en="Right so far, but rounded too much: {precision}.",
        zh="目前没错，但舍入得太多了：要求{precision}。",
    ),
    "spot.correct-incomplete": Text(en="Some of the numbers are missing.", zh="还有数没有填。"),
    "spot.corrected": Text(en="Right.", zh="正确。"),
    "spot.shown-line": Text(
        en="Line {line} is the first wrong one.", zh="最先出错的是第 {line} 行。"
    ),
    "spot.shown-slip": Text(
        en="Whoever wrote this would be told: {slip}", zh="可以这样告诉写的人：{slip}"
    ),
    "spot.shown-correct": Text(en="The answer: {answer}", zh="正确结果：{answer}"),
    "spot.should-be": Text(en="It should be worked like this:", zh="应当这样算："),
    "spot.done": Text(en="This exercise is done.", zh="这一题已经完成。"),
    # Hints
    "spot.hint": Text(en="{title}: {formula}", zh="{title}：{formula}"),
    # The dialogue
    "spot.practice-help": Text(
        en="hint: the formulas. solution: the answer to this question. next: another exercise."
        " help: these words. quit: end; everything is kept.",
        zh="提示：看公式。答案：显示这一问的答案。下一题：换一题。帮助：再看这些词。"
        "退出：结束，一切都已保存。（英文 hint、solution、next、help、quit 也可以。）",
    ),
    "spot.word-next": Text(en="next", zh="下一题"),
    "spot.solution-sure": Text(
        en="Type solution again to see the answer to this question.",
        zh="再输入一次 答案 就显示这一问的答案。",
    ),
    # The screen
    "spot.key-check": Text(en="Check", zh="检查"),
    "spot.about-check": Text(
        en="Check the answer; from a done exercise to the next", zh="检查答案；完成后进入下一题"
    ),
    "spot.key-hint": Text(en="Hint", zh="提示"),
    "spot.about-hint": Text(en="The formulas of the page", zh="看各步的公式"),
    "spot.key-solution": Text(en="Solution", zh="答案"),
    "spot.about-solution": Text(
        en="The answer to this question (press it twice)", zh="显示这一问的答案（要按两次）"
    ),
    "spot.solution-again": Text(
        en="Press F4 again to see the answer to this question.",
        zh="再按一次 F4 显示这一问的答案。",
    ),
    "spot.key-next": Text(en="Next", zh="换一题"),
    "spot.about-next": Text(en="Another exercise", zh="换一题"),
    "spot.key-lesson": Text(en="Lesson", zh="课程"),
    "spot.about-lesson": Text(en="Back to the lesson", zh="回到课程"),
    "spot.key-scroll": Text(en="Read", zh="滚动"),
    "spot.about-scroll": Text(en="Read what is above or below", zh="上下滚动阅读"),
    "spot.key-open": Text(en="Spot the slip", zh="找错"),
    "spot.about-open": Text(
        en="Spot the slip: find the mistake in somebody's working of this lesson",
        zh="找错：在别人对这一课的演算里找出错误",
    ),
}
