"""What is said of a slip whose details are known: what was done, and with what.

A key is the slip's name and its kind, as `engine/slips/described.py` gives them. `slip.<name>`
says the same without details.
"""

from tutor.messages import Text

TEXTS = {
    # Words in the sentences below
    "made.axis-columns": Text(en="down each column", zh="按每一列"),
    "made.axis-rows": Text(en="along each row", zh="按每一行"),
    "made.axis-all": Text(en="over all cells", zh="对所有格子"),
    "made.operation-sum": Text(en="sum", zh="和"),
    "made.operation-mean": Text(en="mean", zh="平均值"),
    "made.operation-max": Text(en="maximum", zh="最大值"),
    "made.operation-min": Text(en="minimum", zh="最小值"),
    # Where, and what was worked
    "made.inside": Text(en="Inside {function}: {said}", zh="在 {function} 里：{said}"),
    "made.titled": Text(en="{name} ({title})", zh="{name}（{title}）"),
    "made.instead": Text(en=" You worked {did}, not {asked}.", zh="你算的是 {did}，不是 {asked}。"),
    "made.everywhere": Text(
        en=" The same at each of the {count} such places.", zh="这样的 {count} 处都是如此。"
    ),
    # Signs and operands
    "made.sign-all": Text(en="All signs are turned round.", zh="正负号全都反了。"),
    "made.sign-one": Text(en="The sign of this number is turned round.", zh="这个数的正负号反了。"),
    "made.sign-subtracted": Text(
        en="{term} was subtracted; it has to be added.", zh="减去了 {term}；应该加上。"
    ),
    "made.sign-added": Text(
        en="{term} was added; it has to be subtracted.", zh="加上了 {term}；应该减去。"
    ),
    "made.sign-minus": Text(
        en="The minus in front of {term} was lost.", zh="{term} 前面的负号丢了。"
    ),
    "made.sign-turned": Text(
        en="{term} was taken with the other sign.", zh="{term} 的正负号反了。"
    ),
    "made.sign-instead": Text(
        en="A sign is turned round: you worked {did}, not {asked}.",
        zh="有一个正负号反了：你算的是 {did}，不是 {asked}。",
    ),
    "made.swapped-operands-instead": Text(
        en="The order is turned round: you worked {did}, not {asked}.",
        zh="先后顺序弄反了：你算的是 {did}，不是 {asked}。",
    ),
    "made.swapped-operands-names": Text(
        en="{name} and {other} changed places.", zh="{name} 和 {other} 的位置弄反了。"
    ),
    "made.wrong-operation-instead": Text(
        en="You worked {did}; asked is {asked}.", zh="你算的是 {did}；要求的是 {asked}。"
    ),
    "made.misplaced-term-instead": Text(
        en="Something stands at the wrong place: you worked {did}, not {asked}.",
        zh="有一项放错了位置：你算的是 {did}，不是 {asked}。",
    ),
    "made.wrong-derivative-instead": Text(
        en="This is another derivative: you worked {did}, not {asked}.",
        zh="这是另一个导数：你算的是 {did}，不是 {asked}。",
    ),
    "made.variant-instead": Text(
        en="This follows another convention: you worked {did}, not {asked}.",
        zh="这是另一种约定：你算的是 {did}，不是 {asked}。",
    ),
    "made.complement-instead": Text(
        en="One minus a number was taken for the number: you worked {did}, not {asked}.",
        zh="1 减去一个数和这个数本身弄混了：你算的是 {did}，不是 {asked}。",
    ),
    "made.complement-logarithm": Text(
        en="One was subtracted instead of taking the logarithm: you worked {did}, not {asked}.",
        zh="没有取对数，而是减去了 1：你算的是 {did}，不是 {asked}。",
    ),
    "made.complement-answer": Text(
        en="This is one minus the number that is asked.", zh="这是 1 减去所求的数。"
    ),
    # What was left out, or done too often
    "made.left-out-term-add": Text(
        en="{term} was left out: it has to be added.", zh="漏加了 {term}。"
    ),
    "made.left-out-term-subtract": Text(
        en="{term} was left out of the difference.", zh="做减法时漏掉了 {term}。"
    ),
    "made.left-out-term-instead": Text(
        en="A term was left out: you worked {did}, not {asked}.",
        zh="漏掉了一项：你算的是 {did}，不是 {asked}。",
    ),
    "made.left-out-factor-multiply": Text(
        en="The factor {term} was left out.", zh="漏乘了因子 {term}。"
    ),
    "made.left-out-factor-divide": Text(
        en="The division was left out: divide by {term}.", zh="漏了除法：要除以 {term}。"
    ),
    "made.left-out-factor-instead": Text(
        en="A factor or a division was left out: you worked {did}, not {asked}.",
        zh="漏乘或漏除了一个因子：你算的是 {did}，不是 {asked}。",
    ),
    "made.left-out-function-function": Text(
        en="{function} was left out: {term} was used as it is.",
        zh="漏了 {function}：直接用了 {term}。",
    ),
    "made.left-out-function-instead": Text(
        en="A function was left out: you worked {did}, not {asked}.",
        zh="漏了一个函数：你算的是 {did}，不是 {asked}。",
    ),
    "made.not-squared-term": Text(
        en="The square was left out: {term} was used as it is.",
        zh="漏了平方：直接用了 {term}。",
    ),
    "made.not-rooted-term": Text(
        en="The square root was left out: {term} was used as it is.",
        zh="漏了开平方：直接用了 {term}。",
    ),
    "made.not-rooted-instead": Text(
        en="A square root was left out: you worked {did}, not {asked}.",
        zh="漏了开平方：你算的是 {did}，不是 {asked}。",
    ),
    "made.not-squared-instead": Text(
        en="A square was left out: you worked {did}, not {asked}.",
        zh="漏了平方：你算的是 {did}，不是 {asked}。",
    ),
    "made.applied-twice-term": Text(
        en="{term} was added twice.", zh="加上 {term} 这一步做了两次。"
    ),
    "made.applied-twice-factor": Text(
        en="It was multiplied by {term} twice.", zh="乘以 {term} 这一步做了两次。"
    ),
    "made.applied-twice-divisor": Text(
        en="It was divided by {term} twice.", zh="除以 {term} 这一步做了两次。"
    ),
    "made.applied-twice-function": Text(
        en="{function} was done twice, one on the other.", zh="{function} 做了两次。"
    ),
    "made.applied-twice-instead": Text(
        en="Something was done twice: you worked {did}, not {asked}.",
        zh="有一步做了两次：你算的是 {did}，不是 {asked}。",
    ),
    "made.extra-function-function": Text(
        en="{function} was taken at the end; nobody asks for it.",
        zh="最后多做了一次 {function}。",
    ),
    "made.extra-function-square": Text(
        en="The square was taken at the end; nobody asks for it.", zh="最后多做了一次平方。"
    ),
    "made.extra-function-sqrt": Text(
        en="The square root was taken at the end; nobody asks for it.",
        zh="最后多做了一次开平方。",
    ),
    "made.extra-factor-double": Text(en="There is a factor of 2 too many.", zh="多乘了一个 2。"),
    "made.extra-factor-half": Text(
        en="There is a factor of one half too many.", zh="多乘了一个二分之一。"
    ),
    "made.extra-factor-instead": Text(
        en="There is a factor too many: you worked {did}, not {asked}.",
        zh="多了一个因子：你算的是 {did}，不是 {asked}。",
    ),
    # Logarithms, means, maxima
    "made.wrong-log-base-base": Text(
        en="The logarithm was taken to base {base}; ln is to base e.",
        zh="对数取了以 {base} 为底；ln 以 e 为底。",
    ),
    "made.wrong-log-base-asked": Text(
        en="The logarithm was taken to base {base}; asked is base {asked}.",
        zh="对数取了以 {base} 为底；要求以 {asked} 为底。",
    ),
    "made.sum-for-mean-many": Text(
        en="The sum of {term} was taken; asked is the mean of {count} numbers.",
        zh="求了 {term} 的总和；要求的是 {count} 个数的平均值。",
    ),
    "made.mean-for-sum-many": Text(
        en="The mean of {term} was taken; asked is the sum of {count} numbers.",
        zh="求了 {term} 的平均值；要求的是 {count} 个数的总和。",
    ),
    "made.max-for-mean-many": Text(
        en="The maximum of {term} was taken; asked is the mean of {count} numbers.",
        zh="取了 {term} 的最大值；要求的是 {count} 个数的平均值。",
    ),
    "made.mean-for-max-many": Text(
        en="The mean of {term} was taken; asked is the maximum of {count} numbers.",
        zh="求了 {term} 的平均值；要求的是 {count} 个数的最大值。",
    ),
    "made.sample-variance-fewer": Text(
        en="The squares were divided by n - 1 = {fewer}; here they are divided by n = {count}.",
        zh="平方和除以了 n - 1 = {fewer}；这里应除以 n = {count}。",
    ),
    "made.wrong-scale-fewer": Text(
        en="The sum was divided by {fewer}; there are {count} numbers.",
        zh="总和除以了 {fewer}；一共有 {count} 个数。",
    ),
    "made.wrong-scale-size": Text(
        en="{did} was used where {asked} belongs.", zh="该用 {asked} 的地方用了 {did}。"
    ),
    "made.wrong-scale-instead": Text(
        en="It was scaled by another number: you worked {did}, not {asked}.",
        zh="缩放用的数不对：你算的是 {did}，不是 {asked}。",
    ),
    "made.decimal-shift-right": Text(
        en="The decimal point stands one place too far to the right.",
        zh="小数点往右多移了一位。",
    ),
    "made.decimal-shift-left": Text(
        en="The decimal point stands one place too far to the left.",
        zh="小数点往左多移了一位。",
    ),
    "made.decimal-shift-left-two": Text(
        en="The decimal point stands two places too far to the left.",
        zh="小数点往左多移了两位。",
    ),
    "made.rounded-early-decimals": Text(
        en="On the way, {term} was rounded after decimal place {count}; carry more places.",
        zh="{term} 中途只保留了 {count} 位小数；请多留几位。",
    ),
    "made.rounded-early-figures": Text(
        en="On the way, {term} was rounded after significant figure {count}; carry more.",
        zh="{term} 中途只保留了 {count} 位有效数字；请多留几位。",
    ),
    # Rows, columns, places
    "made.wrong-axis-taken": Text(
        en="The {operation} was taken {did}; it has to be taken {asked}.",
        zh="{did}求了{operation}；应该{asked}求。",
    ),
    "made.wrong-axis-instead": Text(
        en="The axis is another one: you worked {did}, not {asked}.",
        zh="轴弄错了：你算的是 {did}，不是 {asked}。",
    ),
    "made.transposed-answer": Text(
        en="Rows and columns of the answer changed places.", zh="答案的行和列对调了。"
    ),
    "made.transposed-as-is": Text(
        en="{term} was used as it is; it has to be transposed.",
        zh="{term} 没有转置；应该先转置。",
    ),
    "made.transposed-turned": Text(
        en="{term} was transposed; it has to be used as it is.",
        zh="{term} 被转置了；应该按原样使用。",
    ),
    "made.transposed-instead": Text(
        en="Rows stand where columns belong: you worked {did}, not {asked}.",
        zh="行和列对调了：你算的是 {did}，不是 {asked}。",
    ),
    "made.wrong-index-entry": Text(
        en="A neighbouring entry was picked: {did}, not {asked}. Entries count from 0.",
        zh="取错了位置：取了 {did}，不是 {asked}。下标从 0 数起。",
    ),
    "made.wrong-index-instead": Text(
        en="Another entry was picked: you worked {did}, not {asked}. Entries count from 0.",
        zh="取错了位置：你算的是 {did}，不是 {asked}。下标从 0 数起。",
    ),
    "made.wrong-index-exponent": Text(
        en="The exponent of {term} is one too large or too small.",
        zh="{term} 的指数多了 1 或少了 1。",
    ),
    "made.wrong-index-one-hot": Text(
        en="The 1 stands at a neighbouring place; places count from 0.",
        zh="1 放在了相邻的位置；位置从 0 数起。",
    ),
    "made.wrong-cell-cell": Text(
        en="This is the number of another cell: {place}.", zh="这是另一格（{place}）的数。"
    ),
    "made.permuted-reversed": Text(
        en="The numbers are there, but in reverse order.", zh="数是对的，但顺序颠倒了。"
    ),
    "made.permuted-moved": Text(
        en="The numbers are there, but each is one place further on.",
        zh="数是对的，但都错开了一位。",
    ),
    "made.permuted-rows": Text(
        en="The rows are there, but in reverse order.", zh="各行是对的，但上下颠倒了。"
    ),
    "made.permuted-columns": Text(
        en="The columns are there, but in reverse order.", zh="各列是对的，但左右颠倒了。"
    ),
    "made.permuted-both": Text(
        en="The numbers are there, but rows and columns are both in reverse order.",
        zh="数是对的，但行和列的顺序都颠倒了。",
    ),
    "made.size-off-by-one-counted": Text(
        en="Places count from 0; you counted from 1.", zh="位置从 0 数起；你从 1 数起了。"
    ),
    "made.size-off-by-one-instead": Text(
        en="It is one too many or too few: you worked {did}, not {asked}.",
        zh="多了一个或少了一个：你算的是 {did}，不是 {asked}。",
    ),
    "made.floor-for-ceil-up": Text(
        en="It was rounded up; it has to be rounded down.", zh="向上取整了；应该向下取整。"
    ),
    "made.floor-for-ceil-down": Text(
        en="It was rounded down; it has to be rounded up.", zh="向下取整了；应该向上取整。"
    ),
    "made.floor-for-ceil-not": Text(en="It was not rounded to a whole number.", zh="没有取整。"),
    "made.floor-for-ceil-instead": Text(
        en="It was rounded the other way: you worked {did}, not {asked}.",
        zh="取整的方向反了：你算的是 {did}，不是 {asked}。",
    ),
    "made.unmasked-instead": Text(
        en="The mask was forgotten: you worked {did}, not {asked}.",
        zh="忘了掩码：你算的是 {did}，不是 {asked}。",
    ),
    # Kernels and windows, sums of products
    "made.flipped-kernel-kernel": Text(
        en="{term} was flipped; here a kernel slides as it is written.",
        zh="{term} 被翻转了；这里的卷积核按原样滑动，不翻转。",
    ),
    "made.wrong-padding-number": Text(
        en="The padding was {did}; asked is {asked}.", zh="填充用了 {did}；要求的是 {asked}。"
    ),
    "made.wrong-padding-instead": Text(
        en="The padding is another one: you worked {did}, not {asked}.",
        zh="填充不对：你算的是 {did}，不是 {asked}。",
    ),
    "made.wrong-stride-number": Text(
        en="The window moved by {did} at a time; asked is {asked}.",
        zh="窗口每次移动了 {did}；要求的是 {asked}。",
    ),
    "made.wrong-stride-instead": Text(
        en="The stride is another one: you worked {did}, not {asked}.",
        zh="步幅不对：你算的是 {did}，不是 {asked}。",
    ),
    "made.one-product-left-out": Text(
        en="In {term}, product {number} of {count} was left out.",
        zh="{term} 的 {count} 个乘积里，漏了第 {number} 个。",
    ),
    "made.one-product-twice": Text(
        en="In {term}, product {number} of {count} was counted twice.",
        zh="{term} 的 {count} 个乘积里，第 {number} 个算了两次。",
    ),
    "made.one-product-sign": Text(
        en="In {term}, product {number} of {count} has the wrong sign.",
        zh="{term} 的 {count} 个乘积里，第 {number} 个的正负号反了。",
    ),
    "made.one-product-some-left-out": Text(
        en="In {term}, one of the {count} products was left out.",
        zh="{term} 的 {count} 个乘积里漏了一个。",
    ),
    "made.one-product-some-twice": Text(
        en="In {term}, one of the {count} products was counted twice.",
        zh="{term} 的 {count} 个乘积里有一个算了两次。",
    ),
    "made.one-product-some-sign": Text(
        en="In {term}, one of the {count} products has the wrong sign.",
        zh="{term} 的 {count} 个乘积里有一个正负号反了。",
    ),
    "made.one-product-any": Text(
        en="In a sum of products one product is off: left out, counted twice, or its sign turned.",
        zh="乘积之和里有一个乘积不对：漏了、算了两次，或正负号反了。",
    ),
    "made.one-product-window-some-left-out": Text(
        en="One of the products in the window was left out.", zh="窗口里漏了一个乘积。"
    ),
    "made.one-product-window-some-twice": Text(
        en="One of the products in the window was counted twice.", zh="窗口里有一个乘积算了两次。"
    ),
    "made.one-product-window-some-sign": Text(
        en="One of the products in the window has the wrong sign.",
        zh="窗口里有一个乘积正负号反了。",
    ),
    "made.one-product-window-left-out": Text(
        en="The product at {place} of the window was left out.", zh="窗口里{place}的乘积漏了。"
    ),
    "made.one-product-window-twice": Text(
        en="The product at {place} of the window was counted twice.",
        zh="窗口里{place}的乘积算了两次。",
    ),
    "made.one-product-window-sign": Text(
        en="The product at {place} of the window has the wrong sign.",
        zh="窗口里{place}的乘积正负号反了。",
    ),
    # Other results
    "made.stale-value-name": Text(
        en="{other} was used where {name} belongs.", zh="该用 {name} 的地方用了 {other}。"
    ),
    "made.stale-value-copied": Text(
        en="This is {name}, not what is asked here.", zh="这是 {name}，不是这里要求的。"
    ),
    "made.stale-value-instead": Text(
        en="Another result was used: you worked {did}, not {asked}.",
        zh="用了另一个量：你算的是 {did}，不是 {asked}。",
    ),
}
