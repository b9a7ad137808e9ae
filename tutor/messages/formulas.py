"""What is wrong with a formula, and what to write instead."""

from tutor.messages import Text

TEXTS = {
    "formula.empty": Text(en="There is no formula here; write one.", zh="这里没有公式；请写一个。"),
    "formula.syntax": Text(
        en="This is not a formula from here on; look for a missing operator, bracket or comma.",
        zh="从这里起不是公式；请检查是否少了运算符、括号或逗号。",
    ),
    "formula.too-long": Text(
        en="A formula has at most {limit} characters; use fewer, or several steps.",
        zh="公式最多 {limit} 个字符；请写短些，或分成几步。",
    ),
    "formula.too-deep": Text(
        en="Brackets and functions are nested more than {limit} deep; give parts names of their"
        " own.",
        zh="括号和函数嵌套超过 {limit} 层；请给其中的部分起名字。",
    ),
    "formula.no-result": Text(
        en="The last line must be the result: an expression without a name and =.",
        zh="最后一行应是结果：不带名字和等号的表达式。",
    ),
    "formula.line": Text(
        en="A line is name = expression, and the last one an expression.",
        zh="每行写成 名字 = 表达式，最后一行只写表达式。",
    ),
    "formula.name-taken": Text(
        en="The name {name} is taken already; choose another for this line.",
        zh="名字 {name} 已经用过；这一行请换一个。",
    ),
    "formula.chained-comparison": Text(
        en="Comparisons cannot be chained; write (a < b) * (b < c).",
        zh="比较不能连写；请写成 (a < b) * (b < c)。",
    ),
    "formula.caret": Text(en="Powers are written **, as in x**2.", zh="乘方写成 **，例如 x**2。"),
    "formula.and-or": Text(
        en="There is no and, or, not; multiply comparisons, or use where(mask, a, b).",
        zh="没有 and、or、not；请把比较相乘，或用 where(mask, a, b)。",
    ),
    "formula.starred": Text(
        en="Arguments are written one by one, without a star.", zh="参数要逐个写，不能用星号展开。"
    ),
    "formula.not-in-language": Text(
        en="{what} is no part of the formula language; it has numbers, names, + - * / ** @,"
        " comparisons, functions and indices.",
        zh="公式语言里没有 {what}；它有数、名字、+ - * / ** @、比较、函数和下标。",
    ),
    "formula.number-too-large": Text(
        en="This number is too large; use one below 1e300.", zh="这个数太大；请用小于 1e300 的数。"
    ),
    "formula.function-without-arguments": Text(
        en="{name} is a function; write what it works on, as in {name}(x).",
        zh="{name} 是函数；请写出它的参数，例如 {name}(x)。",
    ),
    "formula.unknown-name": Text(
        en="Nothing is called {name} here; use a given or an earlier answer.",
        zh="这里没有叫 {name} 的量；请用已知量或前面的答案。",
    ),
    "formula.unknown-name-near": Text(
        en="Nothing is called {name} here; did you mean {near}?",
        zh="这里没有叫 {name} 的量；是不是 {near}？",
    ),
    "formula.unknown-function": Text(
        en="There is no function {name}; the documentation lists them all.",
        zh="没有函数 {name}；文档里列出了全部函数。",
    ),
    "formula.unknown-function-near": Text(
        en="There is no function {name}; did you mean {near}?",
        zh="没有函数 {name}；是不是 {near}？",
    ),
    "formula.mask-index": Text(
        en="A comparison cannot be an index; use where(mask, a, b).",
        zh="比较结果不能作下标；请用 where(mask, a, b)。",
    ),
    "formula.missing": Text(
        en="{function} needs {name}; add it.", zh="{function} 缺少 {name}；请补上。"
    ),
    "formula.list-needed": Text(
        en="{function} takes a list: {function}([a, b]).",
        zh="{function} 需要一个列表：{function}([a, b])。",
    ),
    "formula.too-many": Text(
        en="{function} takes at most {most} arguments, not {got}.",
        zh="{function} 最多 {most} 个参数，这里有 {got} 个。",
    ),
    "formula.unknown-option": Text(
        en="{function} has no argument {name}; it has: {names}.",
        zh="{function} 没有参数 {name}；它有：{names}。",
    ),
    "formula.given-twice": Text(
        en="{function} is given {name} twice; leave one out.",
        zh="{function} 的 {name} 给了两次；请去掉一个。",
    ),
    "formula.not-a-number": Text(
        en="{what} stands where a number or an array is needed.",
        zh="这里需要数或数组，而不是 {what}。",
    ),
    "formula.shapes": Text(
        en="{function} cannot work on these shapes: {shapes}; look at rows, columns and axes.",
        zh="{function} 不能用于这些形状：{shapes}；请检查行、列和轴。",
    ),
    "formula.arguments": Text(
        en="{function} does not take these arguments: {said}; look at their shapes and words.",
        zh="{function} 不接受这些参数：{said}；请检查形状和选项。",
    ),
    "formula.array-too-large": Text(
        en="This array would have more than {limit} cells; use smaller ones.",
        zh="这个数组会超过 {limit} 个元素；请用小一些的。",
    ),
    "formula.no-cells": Text(
        en="This formula gives no number at all; look at its sizes and indices.",
        zh="这个公式一个数也算不出来；请检查大小和下标。",
    ),
    "formula.too-much-work": Text(
        en="This formula needs too many operations; use smaller arrays or fewer lines.",
        zh="这个公式的计算量太大；请用小一些的数组或少写几行。",
    ),
    "formula.undefined": Text(
        en="{function} is not defined for these numbers (a logarithm or root of a negative number,"
        " 0 / 0); use others.",
        zh="{function} 对这些数没有定义（负数的对数或平方根，或 0 / 0）；请换数。",
    ),
    "formula.overflow": Text(
        en="{function} becomes infinite with these numbers (a division by 0, an overflow); use"
        " others.",
        zh="{function} 对这些数会变成无穷大（除以 0 或溢出）；请换数。",
    ),
}
