"""What the screens say."""

from tutor.messages import Text

TEXTS = {
    # Keys, as the footer and the help name them
    "screen.key-quit": Text(en="Quit", zh="退出"),
    "screen.key-help": Text(en="Help", zh="帮助"),
    "screen.key-language": Text(en="中文", zh="English"),
    "screen.key-theme": Text(en="Dark or light", zh="深色/浅色"),
    "screen.key-search": Text(en="Search", zh="搜索"),
    "screen.key-leave-search": Text(en="All lessons", zh="全部课程"),
    "screen.key-back": Text(en="Back", zh="返回"),
    "screen.key-hint": Text(en="Hint", zh="提示"),
    "screen.key-solution": Text(en="Solution", zh="答案"),
    "screen.key-fresh": Text(en="New numbers", zh="换数字"),
    "screen.key-story": Text(en="Story of the lesson", zh="课程说明"),
    "screen.key-previous": Text(en="Previous", zh="上一步"),
    "screen.key-next": Text(en="Next", zh="下一步"),
    "screen.key-skip": Text(en="Skip this step for now", zh="先跳过这一步"),
    "screen.key-calculator": Text(en="Calculator", zh="计算器"),
    "screen.key-map": Text(en="Map", zh="目录"),
    "screen.key-pick": Text(en="Pick", zh="选择"),
    "screen.key-take-back": Text(en="Take back", zh="撤回"),
    "screen.key-close": Text(en="Close", zh="关闭"),
    "screen.key-use-result": Text(en="Into the answer", zh="填入答案"),
    "screen.key-recall": Text(en="Earlier lines", zh="历史记录"),
    # Commands of the palette
    "screen.palette": Text(en="Search for a command", zh="搜索命令"),
    "screen.no-command": Text(en="No command of that name", zh="没有这个命令"),
    "screen.command-language": Text(en="中文", zh="English"),
    "screen.about-language": Text(en="Say everything in Chinese", zh="全部改为英文"),
    "screen.command-theme": Text(en="Dark or light", zh="深色或浅色"),
    "screen.about-theme": Text(en="Change the colours of the screen", zh="切换屏幕配色"),
    "screen.command-glyphs": Text(en="Unicode or ascii signs", zh="Unicode 或 ASCII 符号"),
    "screen.about-glyphs": Text(
        en="Plain signs for terminals whose font lacks the others",
        zh="终端字体缺字时改用普通符号",
    ),
    "screen.command-help": Text(en="Help", zh="帮助"),
    "screen.about-help": Text(en="The keys of this screen", zh="本屏幕的按键"),
    "screen.command-quit": Text(en="Quit", zh="退出"),
    "screen.about-quit": Text(
        en="Everything is kept; the tutor goes on where you left", zh="一切都已保存，下次从这里继续"
    ),
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
    "screen.yes": Text(en="Yes", zh="是"),
    "screen.no": Text(en="No", zh="否"),
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
    "screen.needs": Text(en="Do this after: {needs}", zh="建议先学：{needs}"),
    "screen.needs-nothing": Text(en="Needs nothing before it.", zh="不需要先学别的课。"),
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
    "screen.help-answers": Text(
        en="Answers may be typed as 0.154, .154, 15.4%, 1.2e-3, 1.616/10.493 or e^0.48. Rows can"
        " be pasted. Round at each step as asked; honest rounding is never called wrong.\n"
        "Escape closes this page.",
        zh="答案可以写成 0.154、.154、15.4%、1.2e-3、1.616/10.493 或 e^0.48。可以整行粘贴。"
        "每一步按要求四舍五入；正常的舍入绝不会被判错。\n按 Esc 关闭本页。",
    ),
}
