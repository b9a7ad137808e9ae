"""What is said of each slip: what happened and where to look, never the right number.

`at` is filled with one of the `slip.at-...` sentences, or is empty.
"""

from tutor.messages import Text

TEXTS = {
    "slip.at-formula": Text(en=" Look at {where}.", zh="请看 {where} 这一处。"),
    "slip.at-cell": Text(en="{cell}: {said}", zh="{cell}：{said}"),
    "slip.or": Text(en="Or: {said}", zh="也可能：{said}"),
    "slip.and": Text(en="And at the same time: {said}", zh="同时：{said}"),
    "slip.sign": Text(en="A sign is turned round.{at}", zh="有一个正负号反了。{at}"),
    "slip.swapped-operands": Text(
        en="Two things changed places: what comes first and what second?{at}",
        zh="两个量的位置弄反了：哪个在前，哪个在后？{at}",
    ),
    "slip.wrong-operation": Text(
        en="Another operation was done than the one that is asked.{at}",
        zh="这里做了另一种运算，不是要求的那一种。{at}",
    ),
    "slip.left-out-term": Text(
        en="Something that must be added (or subtracted) was left out.{at}",
        zh="漏掉了一个要加（或减）的项。{at}",
    ),
    "slip.left-out-factor": Text(
        en="Something to multiply with or to divide by was left out.{at}",
        zh="漏乘（或漏除）了一个因子。{at}",
    ),
    "slip.left-out-function": Text(
        en="A function was left out: its argument was used as it is.{at}",
        zh="漏了一个函数：直接用了它的自变量。{at}",
    ),
    "slip.applied-twice": Text(
        en="The same thing was done twice.{at}", zh="同一个运算做了两次。{at}"
    ),
    "slip.extra-function": Text(
        en="A function was applied at the end that nobody asked for.{at}",
        zh="最后多做了一个没有要求的函数运算。{at}",
    ),
    "slip.extra-factor": Text(
        en="There is a factor too many, such as 2 or one half.{at}",
        zh="多乘了一个因子，例如 2 或二分之一。{at}",
    ),
    "slip.wrong-log-base": Text(
        en="The logarithm has another base: ln is to base e.{at}",
        zh="对数的底数不对：ln 以 e 为底。{at}",
    ),
    "slip.wrong-axis": Text(
        en="Rows and columns were taken for each other: along which axis?{at}",
        zh="行和列弄混了：应该沿哪个轴？{at}",
    ),
    "slip.transposed": Text(
        en="Something is transposed: rows where columns belong.{at}",
        zh="有矩阵被转置了：行和列对调了。{at}",
    ),
    "slip.wrong-index": Text(
        en="A neighbouring entry was picked; entries count from 0.{at}",
        zh="取错了位置；下标从 0 数起。{at}",
    ),
    "slip.wrong-cell": Text(
        en="This number belongs into a neighbouring cell.{at}", zh="这个数属于相邻的格子。{at}"
    ),
    "slip.permuted": Text(
        en="The numbers are there, but in another order.{at}", zh="数是对的，但顺序变了。{at}"
    ),
    "slip.flipped-kernel": Text(
        en="The kernel was flipped; here it slides as it is written.{at}",
        zh="卷积核被翻转了；这里按原样滑动，不翻转。{at}",
    ),
    "slip.wrong-padding": Text(
        en="The padding is another one: how many zeros, and on which sides?{at}",
        zh="填充不对：补几圈零，补在哪些边？{at}",
    ),
    "slip.wrong-stride": Text(
        en="The stride is another one: how far does the window move?{at}",
        zh="步幅不对：窗口每次移动多少？{at}",
    ),
    "slip.size-off-by-one": Text(
        en="It is one too many or one too few.{at}", zh="多了一个或少了一个。{at}"
    ),
    "slip.floor-for-ceil": Text(
        en="It was rounded the other way: down or up?{at}", zh="取整的方向反了：向下还是向上？{at}"
    ),
    "slip.sum-for-mean": Text(
        en="This is the sum; the mean is asked.{at}", zh="这是总和；要求的是平均值。{at}"
    ),
    "slip.mean-for-sum": Text(
        en="This is the mean; the sum is asked.{at}", zh="这是平均值；要求的是总和。{at}"
    ),
    "slip.max-for-mean": Text(
        en="This is the maximum; the mean is asked.{at}", zh="这是最大值；要求的是平均值。{at}"
    ),
    "slip.mean-for-max": Text(
        en="This is the mean; the maximum is asked.{at}", zh="这是平均值；要求的是最大值。{at}"
    ),
    "slip.sample-variance": Text(
        en="The variance was divided by n - 1; here it is divided by n.{at}",
        zh="方差除以了 n - 1；这里应除以 n。{at}",
    ),
    "slip.not-squared": Text(en="A square was left out.{at}", zh="漏了平方。{at}"),
    "slip.not-rooted": Text(
        en="A square root was left out: the number itself was used.{at}",
        zh="漏了开平方：直接用了原数。{at}",
    ),
    "slip.stale-value": Text(
        en="Another result was used, or copied, than the one that is asked.{at}",
        zh="用了（或抄了）另一个量，不是要求的那个。{at}",
    ),
    "slip.wrong-scale": Text(
        en="It was scaled by another number than the one that is asked.{at}",
        zh="缩放用的数不对。{at}",
    ),
    "slip.unmasked": Text(
        en="The mask was forgotten: what may not be seen was counted.{at}",
        zh="忘了掩码：把不该看到的也算进去了。{at}",
    ),
    "slip.one-product": Text(
        en="In a sum of products one product is off: left out, doubled, or its sign lost.{at}",
        zh="乘积之和里有一个乘积不对：漏了、重复了，或丢了符号。{at}",
    ),
    "slip.rounded-early": Text(
        en="A result on the way was rounded too much.{at}", zh="中间结果舍入得太早。{at}"
    ),
    "slip.truncated": Text(
        en="The digits were cut off; the last one must be rounded.{at}",
        zh="直接截断了小数；最后一位应四舍五入。{at}",
    ),
    "slip.percent": Text(
        en="This is in percent; give the number itself.{at}", zh="这是百分数；请给出小数。{at}"
    ),
    "slip.decimal-shift": Text(
        en="The decimal point has moved.{at}", zh="小数点的位置移动了。{at}"
    ),
    "slip.digits-swapped": Text(en="Two digits changed places.{at}", zh="有两位数字写颠倒了。{at}"),
    "slip.typo": Text(
        en="One digit is off; perhaps it was only mistyped.{at}",
        zh="有一位数字不对，也许只是输错了。{at}",
    ),
    "slip.complement": Text(
        en="This is one minus the number that is asked, or its part was not taken from one.{at}",
        zh="这是 1 减去所求的数，或者忘了用 1 去减。{at}",
    ),
    "slip.misplaced-term": Text(
        en="Something stands inside where it belongs outside, or the reverse.{at}",
        zh="有一项放错了位置：该在外面的放进了里面，或者相反。{at}",
    ),
    "slip.wrong-derivative": Text(
        en="This is the derivative of another function, or taken at another place.{at}",
        zh="求的是另一个函数的导数，或代入了另一个点。{at}",
    ),
    "slip.variant": Text(
        en="This follows another convention; look at the one that is stated here.{at}",
        zh="这是另一种约定；请看这里采用的约定。{at}",
    ),
    "slip.wrong-shape": Text(
        en="The shape is another one than the answer's: {got} for {asked}.",
        zh="形状与答案不同：给的是 {got}，要求的是 {asked}。",
    ),
}
