"""What the screens say."""

from tutor.messages import Text

TEXTS = {
    # Keys: `key-...` is the word of the footer, `about-...` what the help and the palette say
    "screen.key-experiments": Text(en="Lab", zh="实验"),
    "screen.about-experiments": Text(
        en="All experiments of the lab, also without a lesson", zh="实验室的全部实验，不上课也能做"
    ),
    "screen.key-quit": Text(en="Quit", zh="退出"),
    "screen.about-quit": Text(en="Quit; everything is kept", zh="退出；一切都会保存"),
    "screen.key-help": Text(en="Help", zh="帮助"),
    "screen.about-help": Text(en="Help: the keys of this screen", zh="帮助：本屏幕的按键"),
    "screen.key-commands": Text(en="Commands", zh="命令"),
    "screen.about-commands": Text(en="All commands, searched by name", zh="按名称搜索全部命令"),
    "screen.key-language": Text(en="中文", zh="English"),
    "screen.about-language": Text(en="中文 (everything in Chinese)", zh="English（全部改为英文）"),
    "screen.key-theme": Text(en="Colours", zh="配色"),
    "screen.about-theme": Text(en="Dark or light colours", zh="深色或浅色"),
    "screen.about-glyphs": Text(
        en="Plain ascii signs, or others again, for fonts that lack some",
        zh="字体缺字时改用 ASCII 符号，或改回来",
    ),
    "screen.key-search": Text(en="Search", zh="搜索"),
    "screen.about-search": Text(en="Search for a lesson", zh="搜索课程"),
    "screen.key-leave-search": Text(en="All lessons", zh="全部课程"),
    "screen.about-leave-search": Text(en="Leave the search: all lessons", zh="离开搜索，显示全部"),
    "screen.key-open": Text(en="Open", zh="打开"),
    "screen.about-open": Text(en="Open the line that is marked", zh="打开选中的一行"),
    "screen.key-walk-up": Text(en="Up", zh="向上"),
    "screen.about-walk-up": Text(en="Up or down the list", zh="在列表中上下移动"),
    "screen.key-walk-down": Text(en="Down", zh="向下"),
    "screen.about-walk-down": Text(en="Up or down the list", zh="在列表中上下移动"),
    "screen.key-walk-page-up": Text(en="Page up", zh="上一页"),
    "screen.about-walk-page-up": Text(en="A page up or down the list", zh="列表翻页"),
    "screen.key-walk-page-down": Text(en="Page down", zh="下一页"),
    "screen.about-walk-page-down": Text(en="A page up or down the list", zh="列表翻页"),
    "screen.key-back": Text(en="Back", zh="返回"),
    "screen.about-back": Text(en="Back to the map", zh="回到目录"),
    "screen.key-go-on": Text(en="Go on", zh="继续"),
    "screen.about-go-on": Text(
        en="On to the next step that is not done", zh="到下一个没完成的步骤"
    ),
    "screen.key-hint": Text(en="Hint", zh="提示"),
    "screen.about-hint": Text(en="One more hint for this step", zh="这一步再给一条提示"),
    "screen.key-solution": Text(en="Solution", zh="答案"),
    "screen.about-solution": Text(
        en="The solution of this step (press it twice)", zh="显示这一步的答案（要按两次）"
    ),
    "screen.key-fresh": Text(en="New numbers", zh="换数字"),
    "screen.about-fresh": Text(
        en="The same lesson again with new numbers", zh="换一组数字重做这一课"
    ),
    "screen.key-story": Text(en="Story", zh="说明"),
    "screen.about-story": Text(en="Show or hide the lesson's story", zh="显示或收起课程说明"),
    "screen.key-previous": Text(en="Back", zh="上一步"),
    "screen.about-previous": Text(
        en="The previous step; what is typed stays", zh="上一步；已填的内容保留"
    ),
    "screen.key-next": Text(en="Next", zh="下一步"),
    "screen.about-next": Text(
        en="The next step, done or not; what is typed stays", zh="下一步，不论是否做完；已填的保留"
    ),
    "screen.key-skip": Text(en="Skip", zh="跳过"),
    "screen.about-skip": Text(
        en="Leave this step for later, go to the next open one", zh="先跳过，到下一个没完成的步骤"
    ),
    "screen.key-scroll-up": Text(en="Up", zh="向上"),
    "screen.about-scroll-up": Text(en="Read what is above or below", zh="上下滚动阅读"),
    "screen.key-scroll-down": Text(en="Down", zh="向下"),
    "screen.about-scroll-down": Text(en="Read what is above or below", zh="上下滚动阅读"),
    "screen.key-focus": Text(en="Back", zh="返回"),
    "screen.about-focus": Text(en="To the lab, and back to the answer", zh="到实验区，再回到答案"),
    "screen.key-calculator": Text(en="Compute", zh="计算器"),
    "screen.about-calculator": Text(en="A line to calculate in", zh="打开计算器"),
    "screen.key-map": Text(en="Map", zh="目录"),
    "screen.about-map": Text(en="Back to the map of lessons", zh="回到课程目录"),
    "screen.key-pick-check": Text(en="Check", zh="检查"),
    "screen.about-pick-check": Text(
        en="Pick the option that is marked; check when enough is picked",
        zh="选择标出的选项；选够了就检查",
    ),
    "screen.key-pick": Text(en="Pick", zh="选择"),
    "screen.about-pick": Text(
        en="Pick the marked option (or type its letter)", zh="选择标出的选项（也可按字母）"
    ),
    "screen.key-take-back": Text(en="Take back", zh="撤回"),
    "screen.about-take-back": Text(en="Take back what was picked last", zh="撤回最近选的一项"),
    "screen.key-close": Text(en="Close", zh="关闭"),
    "screen.about-close": Text(
        en="Close the calculator; its lines are kept", zh="关闭计算器，历史保留"
    ),
    "screen.key-calculate": Text(en="Calculate", zh="计算"),
    "screen.about-calculate": Text(en="Calculate the line", zh="计算这一行"),
    "screen.key-use-result": Text(en="Into the answer", zh="填入答案"),
    "screen.about-use-result": Text(
        en="Put the result into the current cell of the answer", zh="把结果填入答案的当前格"
    ),
    "screen.key-recall": Text(en="Earlier lines", zh="历史记录"),
    "screen.about-recall": Text(en="Earlier lines of the calculator", zh="计算器的历史记录"),
    "screen.key-recall-later": Text(en="Later lines", zh="较新的记录"),
    "screen.about-recall-later": Text(en="Later lines again", zh="回到较新的记录"),
    "screen.name-up": Text(en="Up", zh="上"),
    "screen.name-down": Text(en="Down", zh="下"),
    "screen.name-left": Text(en="Left", zh="左"),
    "screen.name-right": Text(en="Right", zh="右"),
    "screen.name-space": Text(en="Space", zh="空格"),
    # The search for commands
    "screen.palette": Text(en="Search for a command", zh="搜索命令"),
    "screen.no-command": Text(en="No command has these words.", zh="没有含有这些字的命令。"),
    # The application
    "screen.how-to-quit": Text(
        en="Ctrl+Q quits. Everything is kept.", zh="按 Ctrl+Q 退出。一切都会保存。"
    ),
    "screen.too-small": Text(
        en="The window has {width} columns and {height} lines; the lessons need at least"
        " {least_width} x {least_height}. Please enlarge it.",
        zh="窗口现在是 {width} 列 {height} 行；课程至少需要 {least_width} 列 {least_height} 行。"
        "请把窗口放大。",
    ),
    "screen.yes": Text(en="Yes (y)", zh="是 (y)"),
    "screen.no": Text(en="No (n)", zh="否 (n)"),
    # The map
    "screen.home-title": Text(
        en="handgrad: deep learning, computed by hand", zh="handgrad：动手算深度学习"
    ),
    "screen.reading-lessons": Text(en="Reading the lessons", zh="正在读取课程"),
    "screen.search": Text(en="Search (press /)", zh="搜索（按 / 键）"),
    "screen.nothing-found": Text(en="No lesson has these words.", zh="没有课程含有这些字。"),
    "screen.map-progress": Text(
        en="{done} of {total} lessons done, {begun} in progress",
        zh="{total} 课中已完成 {done} 课，{begun} 课进行中",
    ),
    "screen.lesson-open": Text(en="{total} steps", zh="共 {total} 步"),
    "screen.lesson-begun": Text(en="{done} of {total} steps", zh="{total} 步中完成 {done} 步"),
    "screen.lesson-again": Text(
        en="{done} of {total} steps; finished {rounds} x",
        zh="{total} 步中完成 {done} 步；做完过 {rounds} 遍",
    ),
    "screen.needs": Text(en="after {needs}", zh="先学 {needs}"),
    "screen.needs-nothing": Text(en="needs no other lesson", zh="不需要先学别的课"),
    "screen.need": Text(en="{sign} {title} ({word})", zh="{sign} {title}（{word}）"),
    "screen.need-done": Text(en="done", zh="已完成"),
    "screen.need-in-progress": Text(en="in progress", zh="进行中"),
    "screen.need-open": Text(en="not done yet", zh="还没学"),
    "screen.list-join": Text(en=", ", zh="、"),
    "screen.broken-lesson": Text(
        en="This file has mistakes; Enter shows them.", zh="这个文件有错误；按回车查看。"
    ),
    "screen.lesson-unusable": Text(
        en="This lesson cannot be worked, because its file has mistakes:",
        zh="这一课无法使用，因为文件里有错误：",
    ),
    "screen.lesson-check-advice": Text(
        en="Its author finds them all with: tutor check {path}",
        zh="作者可以用这个命令找出全部错误：tutor check {path}",
    ),
    # A lesson
    "screen.heading": Text(en="{lesson}: {step}", zh="{lesson}：{step}"),
    "screen.seed": Text(en="numbers {seed}", zh="数字 {seed}"),
    "screen.asked-number": Text(
        en="Your answer: {name}a number, {precision}", zh="你的答案：{name}一个数，{precision}"
    ),
    "screen.asked-vector": Text(
        en="Your answer: {name}a vector, {precision}", zh="你的答案：{name}一个向量，{precision}"
    ),
    "screen.asked-matrix": Text(
        en="Your answer: {name}a matrix, {precision}", zh="你的答案：{name}一个矩阵，{precision}"
    ),
    "screen.asked-channels": Text(
        en="Your answer: {name}a matrix for each channel, {precision}",
        zh="你的答案：{name}每个通道一个矩阵，{precision}",
    ),
    "screen.asked-shape": Text(
        en="Your answer: {name}a shape, {precision}", zh="你的答案：{name}一个形状，{precision}"
    ),
    "screen.asked-whole": Text(
        en="Your answer: {name}a whole number", zh="你的答案：{name}一个整数"
    ),
    "screen.asked-choice": Text(
        en="Choose one (Enter, or its letter and Enter)", zh="选一个（回车，或按字母再回车）"
    ),
    "screen.asked-choices": Text(
        en="Choose all that are right (Space or letters), then Enter",
        zh="选出所有正确的（空格或字母），再按回车",
    ),
    "screen.asked-order": Text(
        en="Put them in order: Enter gives the next place, Backspace takes it back",
        zh="排出顺序：回车给出下一个位置，退格撤回",
    ),
    "screen.cell-read": Text(en="{cell}; {read}", zh="{cell}；{read}"),
    "screen.hint": Text(
        en="Hint {number} of {total}: {words}", zh="提示 {number}/{total}：{words}"
    ),
    "screen.hint-formula": Text(en="the formula is\n  {formula}", zh="公式是\n  {formula}"),
    "screen.hint-numbers": Text(en="with these numbers\n  {formula}", zh="代入数字\n  {formula}"),
    "screen.no-more-hints": Text(
        en="There are no more hints. F4 shows the solution.", zh="没有更多提示了。F4 显示答案。"
    ),
    "screen.solution-again": Text(
        en="Press F4 again to see the solution. The step then counts as shown, not as solved.",
        zh="再按一次 F4 显示答案。这一步将记为看过答案，而不是自己做出。",
    ),
    "screen.step-revealed": Text(en="The solution: {answer}", zh="答案：{answer}"),
    "screen.step-solved": Text(en="You have solved this step.", zh="这一步你已经做对了。"),
    "screen.enter-goes-on": Text(en="Enter: the next step.", zh="按回车进入下一步。"),
    "screen.lesson-finished": Text(
        en="All steps are done. F5: once more with new numbers. Escape: the map.",
        zh="所有步骤都完成了。F5：换一组数字再做一遍。Esc：回到目录。",
    ),
    "screen.only-step": Text(
        en="This is the only step that is left.", zh="只剩下这一步没有完成了。"
    ),
    "screen.nothing-picked": Text(
        en="Nothing is picked yet: Space or a letter picks.", zh="还没有选：按空格或字母选择。"
    ),
    "screen.no-fresh-numbers": Text(
        en="No new numbers that fit this lesson were found.", zh="没有找到适合这一课的新数字。"
    ),
    "screen.first-step": Text(en="This is the first step.", zh="这是第一步。"),
    "screen.last-step": Text(en="This is the last step.", zh="这是最后一步。"),
    "screen.fresh-question": Text(
        en="Begin again with new numbers? {done} of {total} steps of this round are done; they"
        " stay in your journal, but the lesson goes on with the new round.",
        zh="换一组数字重新开始吗？这一轮 {total} 步中已完成 {done} 步；它们仍留在记录里，"
        "但课程会从新的一轮继续。",
    ),
    # The calculator
    "screen.calculator": Text(
        en="exp(0.48) / 2, ln(0.154), 3^2, ans ...", zh="exp(0.48) / 2，ln(0.154)，3^2，ans ..."
    ),
    "screen.calculator-about": Text(
        en="Calculator: + - * / ^ exp ln sqrt tanh, of numbers",
        zh="计算器：数的 + - * / ^ exp ln sqrt tanh",
    ),
    # Help
    "screen.help-title": Text(en="Keys", zh="按键"),
    "screen.help-close": Text(en="Esc: back", zh="Esc：返回"),
    "screen.help-answers": Text(
        en="Answers may be typed as 0.154, .154, 15.4%, 1.2e-3, 1.616/10.493 or e^0.48. Rows can"
        " be pasted. Round at each step as asked; honest rounding is never called wrong.",
        zh="答案可以写成 0.154、.154、15.4%、1.2e-3、1.616/10.493 或 e^0.48。可以整行粘贴。"
        "每一步按要求四舍五入；正常的舍入绝不会被判错。",
    ),
    # Hints from the working, and the working itself
    "screen.hint-quantities": Text(en="you need {quantities}", zh="要用到：{quantities}"),
    "screen.hint-first": Text(en="begin with\n  {formula}", zh="先算\n  {formula}"),
    "screen.key-working": Text(en="Working", zh="算式"),
    "screen.about-working": Text(
        en="How the cell and the whole step are worked out, once the step is done",
        zh="做完这一步后，看当前格和整步怎么算",
    ),
    "screen.working-later": Text(
        en="The working is shown once the step is done. F3 gives a hint.",
        zh="做完这一步之后才显示算式。F3 给提示。",
    ),
    "screen.working-cell": Text(en="This cell:", zh="当前这一格："),
    "screen.working-step": Text(en="The whole step:", zh="整个步骤："),
    "screen.working-parts": Text(
        en="  <- here yours differs: {line}", zh="  <- 你的从这里开始不同：{line}"
    ),
    "screen.working-rests": Text(
        en="  <- from here it rests on {name}, which is not right yet",
        zh="  <- 从这里起用到了 {name}，而它还不对",
    ),
    "screen.working-own": Text(en="     yours: {line}", zh="     你的：{line}"),
}
