"""What is said about mistakes in lesson files, to those who write lessons."""

from tutor.messages import Text

FILES: dict[str, Text] = {
    "lesson.no-file": Text(
        en="there is no such file",
        zh="没有这个文件",
    ),
    "lesson.not-a-file": Text(
        en="this is no file but a folder, a pipe or a device: name a .yaml file",
        zh="这不是文件，而是文件夹、管道或设备：请给出一个 .yaml 文件",
    ),
    "lesson.link-loop": Text(
        en="the link points back to itself: name the file that it was meant for",
        zh="这个链接指回它自己：请直接给出它本该指向的文件",
    ),
    "lesson.unreadable-file": Text(
        en="the file cannot be read ({reason}): check its permissions",
        zh="文件读不出来（{reason}）：请检查它的权限",
    ),
    "lesson.too-large": Text(
        en="the file is larger than {limit} bytes: split it into several lessons",
        zh="文件超过 {limit} 字节：请拆成几课",
    ),
    "lesson.not-utf-8": Text(
        en="the byte {byte} here is not UTF-8: save the file in the encoding UTF-8",
        zh="此处的字节 {byte} 不是 UTF-8：请用 UTF-8 编码保存文件",
    ),
    "lesson.byte-order-mark": Text(
        en="the file begins with a byte order mark: save it as UTF-8 without one (without BOM)",
        zh="文件以字节顺序标记开头：请存为不带 BOM 的 UTF-8",
    ),
    "lesson.empty-file": Text(
        en="the file holds no lesson: begin with `id:`, `order:` and `title:`",
        zh="文件里没有课程：请从 `id:`、`order:` 和 `title:` 写起",
    ),
    "lesson.not-a-lesson": Text(
        en="a lesson is written as fields, one a line, like `id: softmax`",
        zh="课程由字段组成，每行一个，例如 `id: softmax`",
    ),
    "lesson.unseen-character": Text(
        en="here is a character that cannot be seen ({character}): delete it",
        zh="此处有一个看不见的字符（{character}）：请删去",
    ),
}

YAML: dict[str, Text] = {
    "lesson.yaml": Text(
        en="this is not YAML as lessons need it; the parser says: {reason}",
        zh="这里不是课程所用的 YAML；解析器的原话是：{reason}",
    ),
    "lesson.colon": Text(
        en="a colon is not allowed here: indent the fields of one block alike, and put a text that"
        ' holds ": " in quotes',
        zh='此处不能有冒号：同一层的字段要缩进一致；文字里若有 ": "，请给整段文字加引号',
    ),
    "lesson.missing-colon": Text(
        en="a colon is missing on the line before this place: write `field: value`",
        zh="此处之前的一行少了冒号：请写成 `field: value`",
    ),
    "lesson.unclosed-quote": Text(
        en="the quote that opens here is never closed: add the same quote at the end of the text"
        " (in single quotes an apostrophe is written '')",
        zh="从此处开始的引号没有闭合：请在文字末尾补上同样的引号（单引号内的撇号要写成 ''）",
    ),
    "lesson.unclosed-list": Text(
        en="the list that opens here with [ has no ] or lacks a comma between two values",
        zh="从此处的 [ 开始的列表缺少 ]，或者两个值之间少了逗号",
    ),
    "lesson.unclosed-mapping": Text(
        en="what opens here with {{ has no }} or lacks a comma between two fields; a text with"
        " quotes, braces or brackets in it must be in quotes",
        zh="从此处的 {{ 开始的内容缺少 }}，或者两个字段之间少了逗号；含有引号、括号的文字要加引号",
    ),
    "lesson.unexpected-here": Text(
        en="this does not belong here: indent it like the field it belongs to; after a closing"
        " quote nothing may follow",
        zh="此处的内容放得不对：请与它所属的字段对齐缩进；右引号之后不能再有内容",
    ),
    "lesson.missing-dash": Text(
        en="a list's items all begin with `- `, this one does not: add the dash or correct the"
        " indentation",
        zh="列表的每一项都以 `- ` 开头，这一项没有：请补上短横或改正缩进",
    ),
    "lesson.dash": Text(
        en="a list cannot begin here: put its first `- ` on a line of its own, or write [1, 2]",
        zh="列表不能从这里开始：请把第一个 `- ` 另起一行，或写成 [1, 2]",
    ),
    "lesson.escape": Text(
        en="in double quotes a backslash begins an escape, and `{found}` is none: write two"
        " backslashes or use single quotes",
        zh="双引号里的反斜杠是转义的开头，而 `{found}` 不是转义：请写两个反斜杠，或改用单引号",
    ),
    "lesson.tab": Text(
        en="a tab stands where spaces are needed: indent with spaces (two for each level)",
        zh="此处应为空格却是制表符：请用空格缩进（每层两个）",
    ),
    "lesson.reserved-start": Text(
        en="a text cannot begin with `{found}`: put the whole text in quotes",
        zh="文字不能以 `{found}` 开头：请给整段文字加引号",
    ),
    "lesson.no-value": Text(
        en="a value is expected here, not `{found}`: put a text in quotes if it begins like this",
        zh="此处应有一个值，而不是 `{found}`：若文字确实这样开头，请加引号",
    ),
    "lesson.block-header": Text(
        en="after | or > the line must end: begin the text on the next line, indented",
        zh="| 或 > 之后必须换行：请从下一行开始写，并且缩进",
    ),
    "lesson.several-documents": Text(
        en="one file holds one lesson: remove the lines `---` and `...` and what follows them",
        zh="一个文件只放一课：请删去 `---`、`...` 这样的行及其后面的内容",
    ),
    "lesson.alias": Text(
        en="aliases like `{name}` are not allowed: write the value out; put a text in quotes that"
        " begins with *",
        zh="不允许 `{name}` 这样的别名：请把值写出来；以 * 开头的文字要加引号",
    ),
    "lesson.anchor": Text(
        en="anchors like `{name}` are not allowed: write the value only; put a text in quotes that"
        " begins with &",
        zh="不允许 `{name}` 这样的锚点：请只写值；以 & 开头的文字要加引号",
    ),
    "lesson.tag": Text(
        en="tags like `{name}` are not allowed: write the value only; put a text in quotes that"
        " begins with !",
        zh="不允许 `{name}` 这样的标签：请只写值；以 ! 开头的文字要加引号",
    ),
    "lesson.merge-key": Text(
        en="`<<` does not merge fields here: write the fields out",
        zh="这里不能用 `<<` 合并字段：请把字段逐个写出来",
    ),
    "lesson.key-not-text": Text(
        en="a field's name is a word like `title`, not a list or a mapping; put a text in quotes"
        " that begins with {{ or [",
        zh="字段名是 `title` 这样的词，不能是列表或映射；以 {{ 或 [ 开头的文字要加引号",
    ),
    "lesson.too-deep": Text(
        en="more than {limit} levels within each other: no lesson needs so many",
        zh="嵌套超过 {limit} 层：课程用不着这么深",
    ),
    "lesson.too-many-values": Text(
        en="more than {limit} values in one file: split it into several lessons",
        zh="一个文件里的值超过 {limit} 个：请拆成几课",
    ),
}

FIELDS: dict[str, Text] = {
    "lesson.duplicate-key": Text(
        en="`{field}` stands twice, first on line {first}: keep one of the two",
        zh="`{field}` 写了两次，第一次在第 {first} 行：请只留一个",
    ),
    "lesson.unknown-field": Text(
        en="there is no field `{field}` here; the fields are: {known}",
        zh="这里没有字段 `{field}`；可用的字段有：{known}",
    ),
    "lesson.unknown-field-near": Text(
        en="there is no field `{field}` here: did you mean `{near}`?",
        zh="这里没有字段 `{field}`：是不是想写 `{near}`？",
    ),
    "lesson.comma-in-braces": Text(
        en="between braces a comma ends a value, so `{field}` is read as a field: put a text or a"
        " formula that holds commas in quotes",
        zh="花括号里逗号表示一个值结束，于是 `{field}` 被当成了字段：含逗号的文字或公式要加引号",
    ),
    "lesson.missing-field": Text(
        en="the field `{field}` is missing: add it to what begins here",
        zh="缺少字段 `{field}`：请在从此处开始的部分里补上",
    ),
    "lesson.missing-language": Text(
        en="the text has no `{field}`: write it in both languages, {{en: ..., zh: ...}}",
        zh="这段文字缺少 `{field}`：两种语言都要写，{{en: ..., zh: ...}}",
    ),
    "lesson.one-language": Text(
        en="`{field}` is needed in both languages: write {{en: ..., zh: ...}}, found `{found}`",
        zh="`{field}` 需要两种语言：请写成 {{en: ..., zh: ...}}，现在是 `{found}`",
    ),
    "lesson.expected-text": Text(
        en="`{field}` is a text in both languages: write {{en: ..., zh: ...}}, found `{found}`",
        zh="`{field}` 是两种语言的文字：请写成 {{en: ..., zh: ...}}，现在是 `{found}`",
    ),
    "lesson.expected-string": Text(
        en="`{field}` is a text: put it in quotes if it begins with [ or {{, found `{found}`",
        zh="`{field}` 应为文字：若以 [ 或 {{ 开头请加引号，现在是 `{found}`",
    ),
    "lesson.expected-fields": Text(
        en="`{field}` has fields of its own ({known}), found `{found}`",
        zh="`{field}` 下面应有自己的字段（{known}），现在是 `{found}`",
    ),
    "lesson.expected-mapping": Text(
        en="`{field}` holds names with values, like {{W: W, x: x}}, found `{found}`",
        zh="`{field}` 应为名称和值，例如 {{W: W, x: x}}，现在是 `{found}`",
    ),
    "lesson.expected-list": Text(
        en="`{field}` is a list: write [first, second] or lines that begin with `- `, found"
        " `{found}`",
        zh="`{field}` 应为列表：请写成 [甲, 乙]，或用 `- ` 开头逐行写，现在是 `{found}`",
    ),
    "lesson.expected-number": Text(
        en="`{field}` is a number like 2, -0.5 or 1e-3, found `{found}`",
        zh="`{field}` 应为 2、-0.5、1e-3 这样的数，现在是 `{found}`",
    ),
    "lesson.expected-whole": Text(
        en="`{field}` is a whole number like 3, found `{found}`",
        zh="`{field}` 应为 3 这样的整数，现在是 `{found}`",
    ),
    "lesson.expected-numbers": Text(
        en="`{field}` is a number or a list of numbers, like 2, [2, 1] or [[1, 0], [0, 1]], found"
        " `{found}`; what is computed belongs into `formula`",
        zh="`{field}` 应为数或数的列表，例如 2、[2, 1]、[[1, 0], [0, 1]]，现在是 `{found}`；"
        "要计算的内容请写在 `formula` 里",
    ),
    "lesson.expected-number-or-name": Text(
        en="`{field}` is a number or the name of a given, found `{found}`",
        zh="`{field}` 应为一个数或某个已知量的名称，现在是 `{found}`",
    ),
    "lesson.write-number": Text(
        en="`{field}`: `{found}` is not read as a number, write {instead}",
        zh="`{field}`：`{found}` 不会被读成数，请写 {instead}",
    ),
    "lesson.long-number": Text(
        en="`{field}`: a number may have {limit} characters at most",
        zh="`{field}`：一个数最多 {limit} 个字符",
    ),
    "lesson.not-finite": Text(
        en="`{field}`: `{found}` is no finite number: write a number that can be computed with",
        zh="`{field}`：`{found}` 不是有限的数：请写一个能参与计算的数",
    ),
    "lesson.number-below": Text(
        en="`{field}` must be at least {limit}, found {found}",
        zh="`{field}` 至少为 {limit}，现在是 {found}",
    ),
    "lesson.number-above": Text(
        en="`{field}` must be at most {limit}, found {found}",
        zh="`{field}` 至多为 {limit}，现在是 {found}",
    ),
    "lesson.number-not-above": Text(
        en="`{field}` must be greater than {limit}, found {found}",
        zh="`{field}` 必须大于 {limit}，现在是 {found}",
    ),
    "lesson.number-not-below": Text(
        en="`{field}` must be less than {limit}, found {found}",
        zh="`{field}` 必须小于 {limit}，现在是 {found}",
    ),
    "lesson.empty-text": Text(
        en="`{field}` is empty: write the text (the word null needs quotes)",
        zh="`{field}` 是空的：请写上内容（若就是 null 这个词，要加引号）",
    ),
    "lesson.empty-field": Text(
        en="`{field}` is empty: write its value or remove the field",
        zh="`{field}` 是空的：请写上值，或删去这个字段",
    ),
    "lesson.long-text": Text(
        en="`{field}` has more than {limit} characters: make it shorter",
        zh="`{field}` 超过 {limit} 个字符：请写短些",
    ),
    "lesson.too-few-parts": Text(
        en="`{field}` needs at least {limit}",
        zh="`{field}` 至少要有 {limit} 个",
    ),
    "lesson.too-many-parts": Text(
        en="`{field}` may hold {limit} at most",
        zh="`{field}` 至多 {limit} 个",
    ),
    "lesson.unknown-word": Text(
        en="`{field}` cannot be `{found}`; it is one of: {known}",
        zh="`{field}` 不能是 `{found}`；可选：{known}",
    ),
    "lesson.unknown-word-near": Text(
        en="`{field}` cannot be `{found}`: did you mean `{near}`? ({known})",
        zh="`{field}` 不能是 `{found}`：是不是想写 `{near}`？（{known}）",
    ),
    "lesson.wrong-value": Text(
        en="`{field}` cannot be read, found `{found}` ({reason})",
        zh="`{field}` 读不懂，现在是 `{found}`（{reason}）",
    ),
}

NAMES: dict[str, Text] = {
    "lesson.not-kebab": Text(
        en="`{found}` is no id: write small letters, digits and single dashes, like `max-pooling`",
        zh="`{found}` 不能作 id：请用小写字母、数字和单个短横，例如 `max-pooling`",
    ),
    "lesson.not-file-name": Text(
        en="the id is `{found}` but the file is named `{stem}`: make the two equal",
        zh="id 是 `{found}`，文件名却是 `{stem}`：两者要一致",
    ),
    "lesson.not-a-name": Text(
        en="`{found}` cannot be used as a name in formulas: begin with a letter, then letters,"
        " digits and _, no word of Python",
        zh="`{found}` 不能作公式里的名称：以字母开头，后接字母、数字和 _，且不能是 Python 关键字",
    ),
    "lesson.name-taken": Text(
        en="the name `{found}` already means something else, see line {first}: choose another",
        zh="名称 `{found}` 已有别的含义（见第 {first} 行）：请换一个",
    ),
    "lesson.no-lesson": Text(
        en="this experiment belongs to no lesson whose numbers and answers it could use: write"
        " numbers of its own",
        zh="这个实验不属于任何一课，没有可用的数值和答案：请直接写数值",
    ),
    "lesson.id-taken": Text(
        en="the id `{found}` already belongs to the step on line {first}: choose another",
        zh="id `{found}` 已被第 {first} 行的步骤使用：请换一个",
    ),
    "lesson.needs-itself": Text(
        en="a lesson cannot need itself: remove it from `needs`",
        zh="一课不能以自己为前提：请从 `needs` 中删去",
    ),
    "lesson.needs-twice": Text(
        en="`{found}` stands twice in `needs`: keep one",
        zh="`{found}` 在 `needs` 中出现了两次：请只留一个",
    ),
    "lesson.unknown-given": Text(
        en="there is no given `{found}`; the givens are: {known}",
        zh="没有已知量 `{found}`；已知量有：{known}",
    ),
    "lesson.unknown-given-near": Text(
        en="there is no given `{found}`: did you mean `{near}`?",
        zh="没有已知量 `{found}`：是不是想写 `{near}`？",
    ),
    "lesson.unknown-slip": Text(
        en="there is no slip `{found}`; docs/lesson-format.md lists them, like: {known}",
        zh="没有名为 `{found}` 的错误；docs/lesson-format.md 列出了全部，例如：{known}",
    ),
    "lesson.unknown-slip-near": Text(
        en="there is no slip `{found}`: did you mean `{near}`?",
        zh="没有名为 `{found}` 的错误：是不是想写 `{near}`？",
    ),
    "lesson.excuse-twice": Text(
        en="the slip `{found}` is excused twice in this step; once is enough",
        zh="这一步两次写了 `{found}`；写一次就够了",
    ),
    "lesson.excuse-not-needed": Text(
        en="a step of kind `{kind}` has no slips to excuse: leave `excuse` out",
        zh="`{kind}` 类的步骤没有可以免除的错误：请去掉 `excuse`",
    ),
    "lesson.unknown-answer": Text(
        en="no step has the `name` `{found}`; the names are: {known}",
        zh="没有哪一步的 `name` 是 `{found}`；已有的名称：{known}",
    ),
    "lesson.unknown-answer-near": Text(
        en="no step has the `name` `{found}`: did you mean `{near}`?",
        zh="没有哪一步的 `name` 是 `{found}`：是不是想写 `{near}`？",
    ),
}

RULES: dict[str, Text] = {
    "lesson.two-precisions": Text(
        en="`decimals` and `figures` exclude each other: keep one",
        zh="`decimals` 与 `figures` 只能取其一：请只留一个",
    ),
    "lesson.value-and-formula": Text(
        en="a given has a `value` or a `formula`, not both: keep one",
        zh="已知量要么有 `value`，要么有 `formula`，不能都有：请只留一个",
    ),
    "lesson.no-value-no-formula": Text(
        en="the given `{found}` has neither a `value` nor a `formula`: add one",
        zh="已知量 `{found}` 既没有 `value` 也没有 `formula`：请补上一个",
    ),
    "lesson.fresh-formula": Text(
        en="what a formula computes is not drawn: remove `fresh`, and draw the givens in the"
        " formula",
        zh="由公式算出的量不重新抽取：请删去 `fresh`，改为抽取公式里的已知量",
    ),
    "lesson.fresh-both": Text(
        en="`fresh` has either `choose` or `low`, `high` and `step`: keep one of the two ways",
        zh="`fresh` 要么用 `choose`，要么用 `low`、`high`、`step`：请只留一种",
    ),
    "lesson.fresh-incomplete": Text(
        en="`fresh` needs `low`, `high` and `step`, or `choose` with a list of numbers",
        zh="`fresh` 需要 `low`、`high`、`step` 三项，或者用 `choose` 给出一列数",
    ),
    "lesson.fresh-step": Text(
        en="`step` must be greater than 0: it is the distance between two numbers drawn",
        zh="`step` 必须大于 0：它是相邻两个可抽数之间的间隔",
    ),
    "lesson.fresh-ends": Text(
        en="`high` ({high}) must be greater than `low` ({low})",
        zh="`high`（{high}）必须大于 `low`（{low}）",
    ),
    "lesson.fresh-fine": Text(
        en="more than {limit} steps from `low` to `high`: make `step` larger",
        zh="从 `low` 到 `high` 超过 {limit} 步：请把 `step` 取大些",
    ),
    "lesson.fresh-uneven": Text(
        en="steps of {step} from {low} do not meet {high}: change `step` or `high`",
        zh="从 {low} 起每步 {step} 到不了 {high}：请改 `step` 或 `high`",
    ),
    "lesson.empty-list": Text(
        en="a list here holds no number: write at least one",
        zh="此处的列表里没有数：请至少写一个",
    ),
    "lesson.ragged": Text(
        en="all parts of an array have the same form: here {found}, before it {expected}",
        zh="数组各部分的形状必须相同：此处为 {found}，前面为 {expected}",
    ),
    "lesson.too-many-cells": Text(
        en="the value has more than {limit} cells: nobody computes so many by hand",
        zh="这个值超过 {limit} 格：没有人能手算这么多",
    ),
    "lesson.guess-compares": Text(
        en="A guess of the kind {found} chooses among variants: give the experiment at least two",
        zh="{found} 类的预测要在几个变体中选一个：请给这个实验至少写两个变体",
    ),
    "lesson.guess-variant": Text(
        en="The experiment has {count} variants, counted from 0: there is none of that number",
        zh="这个实验有 {count} 个变体，从 0 数起：没有这个编号的变体",
    ),
    "lesson.guess-exactly": Text(
        en="`exactly` is for guesses of the kind `first-loss` or `last-loss`: leave it out",
        zh="`exactly` 只用于 `first-loss` 或 `last-loss` 类的预测，请去掉",
    ),
    "lesson.labels-count": Text(
        en="`{field}` has {found} labels but the value has {expected}: name each once",
        zh="`{field}` 有 {found} 个名称，而值有 {expected} 个：请一一对应",
    ),
    "lesson.labels-not-needed": Text(
        en="there is nothing that `{field}` could name here: `columns` names a vector's cells,"
        " `rows` and `columns` a matrix's",
        zh="此处没有可由 `{field}` 命名的内容：向量的各格用 `columns`，矩阵用 `rows` 和 `columns`",
    ),
    "lesson.no-formula": Text(
        en="a step of kind `{kind}` needs a `formula`: its answer, like `exp(z)`",
        zh="`{kind}` 类的步骤需要 `formula`，即它的答案，例如 `exp(z)`",
    ),
    "lesson.order-formula": Text(
        en="an order has no `formula`: write the options in the right order, they are shown"
        " shuffled",
        zh="排序题没有 `formula`：按正确顺序写选项即可，显示时会打乱",
    ),
    "lesson.order-name": Text(
        en="an order has no number that a `name` could stand for: remove it",
        zh="排序题没有可供 `name` 指代的数：请删去",
    ),
    "lesson.few-options": Text(
        en="a step of kind `{kind}` needs at least {limit} `options`",
        zh="`{kind}` 类的步骤至少需要 {limit} 个选项（`options`）",
    ),
    "lesson.options-not-needed": Text(
        en="a step of kind `{kind}` has no `options`: remove them, or make it a choice",
        zh="`{kind}` 类的步骤没有 `options`：请删去，或改成选择题（choice）",
    ),
    "lesson.precision-not-needed": Text(
        en="an answer of kind `{kind}` is exact: remove the precision",
        zh="`{kind}` 类的答案是精确的：请删去精度要求",
    ),
    "lesson.ambiguous-width": Text(
        en="`{character}` takes one cell in some terminals and two in others: write it in words",
        zh="`{character}` 在有的终端占一格，在有的占两格：请改用文字",
    ),
    "lesson.ambiguous-width-instead": Text(
        en="`{character}` takes one cell in some terminals and two in others: write `{instead}`",
        zh="`{character}` 在有的终端占一格，在有的占两格：请写 `{instead}`",
    ),
    "lesson.brace-not-closed": Text(
        en="the {{ here has no }}: close it after the formula, or write {{{{ for a brace to be"
        " shown",
        zh="此处的 {{ 没有对应的 }}：请在公式后面闭合；若要显示花括号，请写 {{{{",
    ),
    "lesson.brace-not-opened": Text(
        en="the }} here has no {{: remove it, or write }}}} for a brace to be shown",
        zh="此处的 }} 没有对应的 {{：请删去；若要显示花括号，请写 }}}}",
    ),
    "lesson.brace-empty": Text(
        en="between the braces a formula is needed, like {{max(z)}} or {{max(z):2}}",
        zh="花括号里要有公式，例如 {{max(z)}} 或 {{max(z):2}}",
    ),
}

COURSE: dict[str, Text] = {
    "lesson.more": Text(
        en="and {more} more mistakes from here on: correct those above first",
        zh="从此处起还有 {more} 处错误：请先改正上面的",
    ),
    "lesson.unknown": Text(
        en="there is no lesson `{name}`; the lessons are: {known}",
        zh="没有名为 `{name}` 的课；现有：{known}",
    ),
    "lesson.unknown-near": Text(
        en="there is no lesson `{name}`: did you mean `{near}`?",
        zh="没有名为 `{name}` 的课：是不是想找 `{near}`？",
    ),
    "lesson.unknown-file": Text(
        en="there is no file `{file}`",
        zh="没有文件 `{file}`",
    ),
    "lesson.no-folder": Text(
        en="the lessons are missing: there is no folder `{folder}`; install the program again",
        zh="找不到课程：没有文件夹 `{folder}`；请重新安装本程序",
    ),
    "lesson.same-id": Text(
        en="the id `{found}` already belongs to {other}: choose another",
        zh="id `{found}` 已属于 {other}：请换一个",
    ),
    "lesson.same-order": Text(
        en="`order: {found}` already belongs to the lesson `{other}`: choose another number",
        zh="`order: {found}` 已被 `{other}` 一课使用：请换一个数",
    ),
    "lesson.unknown-need": Text(
        en="this lesson needs `{found}`, but there is no such lesson",
        zh="本课以 `{found}` 为前提，但没有这一课",
    ),
    "lesson.unknown-need-near": Text(
        en="this lesson needs `{found}`, but there is no such lesson: did you mean `{near}`?",
        zh="本课以 `{found}` 为前提，但没有这一课：是不是想写 `{near}`？",
    ),
    "lesson.needs-circle": Text(
        en="`{own}` needs `{found}`, and that needs `{own}`: nobody could begin",
        zh="`{own}` 以 `{found}` 为前提，而后者又以 `{own}` 为前提：谁也无从学起",
    ),
}

TEXTS: dict[str, Text] = {**FILES, **YAML, **FIELDS, **NAMES, **RULES, **COURSE}
