"""What is said about answers as they are typed: how they were read, and what is asked back."""

from tutor.messages import Text

READING: dict[str, Text] = {
    "answer.read-as": Text(en="read as {value}", zh="读作 {value}"),
    "answer.read-as-shape": Text(en="read as {shape}", zh="读作 {shape}"),
    "answer.at-character": Text(
        en="Character {number}: {problem}", zh="第 {number} 个字符：{problem}"
    ),
    "answer.too-long": Text(
        en="This has {length} characters; at most {limit} are read here: write it shorter.",
        zh="这里有 {length} 个字符，最多只读 {limit} 个：请写得短一些。",
    ),
    "answer.too-deep": Text(
        en="Brackets, powers and functions stand more than {limit} deep here. Write it in steps.",
        zh="这里的括号、乘方或函数嵌套超过 {limit} 层。请分步写。",
    ),
}

CHARACTERS: dict[str, Text] = {
    "answer.character": Text(
        en='"{character}" has no meaning in a number: take it out.',
        zh="数里不能有「{character}」：请删去。",
    ),
    "answer.write-instead": Text(
        en='"{character}" cannot be read here: write {instead} instead.',
        zh="此处读不懂「{character}」：请改写成 {instead}。",
    ),
    "answer.letter-for-digit": Text(
        en='"{letter}" is a letter: write the digit {digit}.',
        zh="「{letter}」是字母：请写数字 {digit}。",
    ),
    "answer.word": Text(
        en='"{word}" is not known. Known are exp, ln, log10, log2, sqrt, tanh, sin, cos, abs, pi,'
        " e and inf.",
        zh="不认识「{word}」。可用的有 exp、ln、log10、log2、sqrt、tanh、sin、cos、abs、pi、e 和"
        " inf。",
    ),
    "answer.tex": Text(
        en='The TeX command "{command}" is not known: write the number itself.',
        zh="不认识 TeX 命令「{command}」：请直接写出数。",
    ),
    "answer.left-out": Text(
        en="The three points stand for numbers that were left out: write or print all of them.",
        zh="省略号表示有数被略去了：请写出或打印全部的数。",
    ),
}

NUMBERS: dict[str, Text] = {
    "answer.lone-point": Text(
        en="A point without digits is no number: write it with digits, as in 0.5.",
        zh="只有小数点，没有数字：请写上数字，例如 0.5。",
    ),
    "answer.two-points": Text(
        en='"{written}" has more than one decimal point: keep one.',
        zh="「{written}」有不止一个小数点：请只留一个。",
    ),
    "answer.exponent": Text(
        en='In "{written}" a whole number must follow the e, as in 1e-3.',
        zh="「{written}」中 e 的后面必须是整数，例如 1e-3。",
    ),
    "answer.exponent-size": Text(
        en="The exponent lies beyond {limit}: no answer is so large or so small.",
        zh="指数超出 {limit}：答案不会这么大，也不会这么小。",
    ),
    "answer.e-or-exponent": Text(
        en="It is not clear what e is here: write e^{sign}3 for a power of e, 1e{sign}3 for a"
        " power of ten, e {sign} 3 to calculate with e.",
        zh="此处的 e 有多种读法：e 的幂请写 e^{sign}3，10 的幂请写 1e{sign}3，用 e 来加减请写"
        " e {sign} 3。",
    ),
    "answer.two-numbers": Text(
        en="Is this two numbers, {first} and {second}? One is asked: write it without a blank or"
        " comma inside, or put an operator between the two.",
        zh="这是 {first} 和 {second} 两个数吗？这里只要一个数：数的中间不要有空格或逗号，要计算就"
        "在两数之间写上运算符。",
    ),
    "answer.decimal-comma": Text(
        en='Is the comma in "{written}" a decimal point? Then write {suggestion}.',
        zh="「{written}」里的逗号是小数点吗？如果是，请写 {suggestion}。",
    ),
    "answer.thousands-comma": Text(
        en='"{written}" can be read in two ways: write {decimal} or {whole}.',
        zh="「{written}」有两种读法：请写 {decimal} 或 {whole}。",
    ),
    "answer.digit-groups": Text(
        en="Is this one number with its digits in groups? Then write {joined}.",
        zh="这是一个数，只是把数字分了组吗？如果是，请写 {joined}。",
    ),
    "answer.left-over": Text(
        en='One number is asked, and "{text}" divides several: take it and what follows out.',
        zh="这里只要一个数，而「{text}」用来分隔几个数：请把它和后面的内容删去。",
    ),
    "answer.list-in-number": Text(
        en='One number is asked, and "{bracket}" is a bracket of a list: write the number alone.',
        zh="这里只要一个数，而「{bracket}」是列表的括号：请只写这个数。",
    ),
    "answer.nan": Text(
        en='"{word}" is not a number: if the result is undefined, look at the step before.',
        zh="「{word}」不是数：如果结果没有定义，请检查前一步。",
    ),
    "answer.true-or-false": Text(
        en='"{word}" is no number: write 1 for true, 0 for false.',
        zh="「{word}」不是数：表示真请写 1，表示假请写 0。",
    ),
}

CALCULATIONS: dict[str, Text] = {
    "answer.number-missing-after": Text(
        en='After "{symbol}" a number is missing: write it, or take "{symbol}" out.',
        zh="「{symbol}」的后面缺少一个数：请补上，或删去「{symbol}」。",
    ),
    "answer.number-missing-before": Text(
        en='Before "{symbol}" a number is missing: write it, or take "{symbol}" out.',
        zh="「{symbol}」的前面缺少一个数：请补上，或删去「{symbol}」。",
    ),
    "answer.operator-missing": Text(
        en='Between "{left}" and "{right}" an operator is missing: write * for a product.',
        zh="「{left}」和「{right}」之间缺少运算符：相乘请写 *。",
    ),
    "answer.two-signs": Text(
        en='"{signs}": two signs stand in a row. Keep one, or use brackets, as in 3-(-2).',
        zh="「{signs}」：两个正负号连在一起。请只留一个，或者加括号，例如 3-(-2)。",
    ),
    "answer.unclear-sign": Text(
        en='Does "{sign}" calculate here, or does it begin another number? Write 1{sign}2 without'
        " blanks to calculate; write 1, {sign}2 for two numbers.",
        zh="此处的「{sign}」是运算，还是另一个数的正负号？要运算请不留空格，写成 1{sign}2；是两个数"
        "请写成 1, {sign}2。",
    ),
    "answer.unclear-percent": Text(
        en='It is not clear what "%" belongs to: use brackets, as in 1/(3%) or (1/3)%.',
        zh="看不出「%」作用于哪一部分：请加括号，例如 1/(3%) 或 (1/3)%。",
    ),
    "answer.which-logarithm": Text(
        en='Which logarithm is "{word}"? Write ln, log10 or log2.',
        zh="「{word}」是哪一种对数？请写 ln、log10 或 log2。",
    ),
    "answer.function-alone": Text(
        en="{name} of which number? Write {name}(2).", zh="对哪个数求 {name}？请写成 {name}(2)。"
    ),
    "answer.function-brackets": Text(
        en="It is not clear where the argument of {name} ends: put it in brackets, {name}(...).",
        zh="看不出 {name} 作用到哪里为止：请加括号，写成 {name}(...)。",
    ),
    "answer.no-result-yet": Text(
        en='"{word}" is the last result of the calculator, and there is none yet: write a number.',
        zh="「{word}」表示计算器的上一个结果，现在还没有：请直接写出数。",
    ),
    "answer.division-by-zero": Text(
        en="This divides by 0: check the divisor.", zh="这里除以了 0：请检查除数。"
    ),
    "answer.root-of-negative": Text(
        en="The square root of {number:g} is no real number: check its sign.",
        zh="{number:g} 的平方根不是实数：请检查正负号。",
    ),
    "answer.logarithm-domain": Text(
        en="{name} of {number:g} does not exist: a logarithm needs a number above 0.",
        zh="{number:g} 的 {name} 不存在：对数的真数必须大于 0。",
    ),
    "answer.power-of-negative": Text(
        en="{base:g} to a power that is no whole number is no real number: check the brackets.",
        zh="{base:g} 的非整数次幂不是实数：请检查括号。",
    ),
    "answer.too-large": Text(
        en="The result is too large to be computed: check the exponents.",
        zh="结果太大，算不出来：请检查指数。",
    ),
    "answer.no-value": Text(
        en="This has no value, as inf - inf has none: look at the step before.",
        zh="这里没有值，正如 inf - inf 没有值：请检查前一步。",
    ),
}

BRACKETS: dict[str, Text] = {
    "answer.unclosed": Text(
        en='The bracket "{bracket}" is not closed: write its partner.',
        zh="括号「{bracket}」没有闭合：请补上另一半。",
    ),
    "answer.unopened": Text(
        en='The bracket "{bracket}" closes nothing: take it out, or open it before.',
        zh="括号「{bracket}」前面没有与它配对的括号：请删去，或在前面补上。",
    ),
    "answer.mismatched": Text(
        en='The bracket "{closing}" does not close "{opening}": use a pair.',
        zh="括号「{closing}」与「{opening}」不成对：请用成对的括号。",
    ),
    "answer.list-in-calculation": Text(
        en='The bracket "{bracket}" begins a list, and lists are not calculated with here: write'
        " the results.",
        zh="括号「{bracket}」引出一个列表，这里不能用列表来计算：请写出结果。",
    ),
}

ARRAYS: dict[str, Text] = {
    "answer.comma-in-list": Text(
        en='Is "{written}" one number or several? Write {decimal} for one number; write {apart},'
        " with blanks, for several.",
        zh="「{written}」是一个数还是几个数？一个数请写 {decimal}；几个数请在逗号后加空格，写成"
        " {apart}。",
    ),
    "answer.groups-in-list": Text(
        en="Is this one number or several? Write {joined} for one number; write {apart}, with"
        " blanks, for several.",
        zh="这是一个数还是几个数？一个数请写 {joined}；几个数请在逗号后加空格，写成 {apart}。",
    ),
    "answer.line-in-brackets": Text(
        en="Does a new row begin on this line? Then put ; before it; else go on in the same line.",
        zh="这一行是新的一行数吗？如果是，请在它前面写 ;；如果不是，请接着上一行写。",
    ),
    "answer.mixed-rows": Text(
        en="Rows end with lines here and with ; too: use only one of the two.",
        zh="这里既用换行又用 ; 来分行：请只用一种。",
    ),
    "answer.empty-line": Text(
        en="There is an empty line between rows: take it out, or put each block in brackets.",
        zh="行与行之间有空行：请删去，或者给每一块加上括号。",
    ),
    "answer.empty-row": Text(
        en="A row without numbers: write its numbers or take out a ;.",
        zh="有一行没有数：请写上数，或者删去一个 ;。",
    ),
    "answer.empty-list": Text(
        en="The brackets hold no numbers: write them inside.", zh="括号里没有数：请写在括号里。"
    ),
    "answer.ragged-rows": Text(
        en="Numbers in row {row}: {count}; in row 1: {expected}. All rows need as many.",
        zh="第 {row} 行的个数是 {count}，第 1 行的个数是 {expected}：各行的个数必须相同。",
    ),
    "answer.ragged-blocks": Text(
        en="Block {block} is {shape}, block 1 is {expected}: all blocks need the same shape.",
        zh="第 {block} 块是 {shape}，第 1 块是 {expected}：各块的形状必须相同。",
    ),
    "answer.mixed-depth": Text(
        en="Numbers and lists stand side by side here: put each row in brackets, or none.",
        zh="这里的数和列表混在一起：请给每一行都加括号，或者都不加。",
    ),
}

SHAPES: dict[str, Text] = {
    "answer.shape-form": Text(
        en='"{found}" does not belong to a shape: write whole numbers, 0 or more, as in 3 x 3.',
        zh="形状里不能有「{found}」：请写不小于 0 的整数，例如 3 x 3。",
    ),
    "answer.size-missing": Text(
        en='Beside "{symbol}" a size is missing: write a shape as in 3 x 3.',
        zh="「{symbol}」旁边缺少一个数：形状请写成 3 x 3 这样。",
    ),
    "answer.size-not-whole": Text(
        en='"{written}" is no size: write a whole number such as 3.',
        zh="「{written}」不能表示大小：请写整数，例如 3。",
    ),
    "answer.shape": Text(
        en="This has the shape {typed}; {asked} is asked.",
        zh="这里的形状是 {typed}，要求的是 {asked}。",
    ),
    "answer.one-number-asked": Text(
        en="One number is asked, alone and without list brackets; numbers read here: {count}.",
        zh="这里只要一个数，不加列表括号；现在读到的个数：{count}。",
    ),
    "answer.one-number-typed": Text(
        en="This is one number; an array of the shape {asked} is asked.",
        zh="这里只有一个数；要求的是形状为 {asked} 的数组。",
    ),
}

TEXTS: dict[str, Text] = {
    **READING,
    **CHARACTERS,
    **NUMBERS,
    **CALCULATIONS,
    **BRACKETS,
    **ARRAYS,
    **SHAPES,
}
