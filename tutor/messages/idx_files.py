"""What is wrong with a folder of images that somebody wants to train on."""

from tutor.messages import Text

TEXTS = {
    "idx.no-folder": Text(
        en="{folder} is no folder. --data wants the folder that holds the four files of MNIST.",
        zh="{folder} 不是文件夹。--data 需要存放 MNIST 四个文件的文件夹。",
    ),
    "idx.missing": Text(
        en="{folder} has no file {file}, packed (.gz) or not. All four are needed: images and"
        " labels, of train and of t10k.",
        zh="{folder} 里没有文件 {file}（.gz 也没有）。需要全部四个文件："
        "train 和 t10k 的图像与标签。",
    ),
    "idx.magic": Text(
        en="{file} is no such file: it begins with {found} rather than {expected}. Fetch it again,"
        " or check whether images and labels were exchanged.",
        zh="{file} 不是这种文件：开头是 {found}，应为 {expected}。请重新下载，"
        "或检查图像和标签文件是否互换了。",
    ),
    "idx.truncated": Text(
        en="{file} ends too early: its header promises {expected} bytes, there are at most"
        " {found}. Fetch it again.",
        zh="{file} 不完整：文件头说有 {expected} 字节，实际最多 {found} 字节。请重新下载。",
    ),
    "idx.too-long": Text(
        en="{file} goes on after the {expected} bytes that its header promises. Fetch it again.",
        zh="{file} 在文件头所说的 {expected} 字节之后还有内容。请重新下载。",
    ),
    "idx.too-large": Text(
        en="{file} says that it holds {found} bytes; the lab reads at most {largest}.",
        zh="{file} 声称有 {found} 字节；实验室最多读取 {largest} 字节。",
    ),
    "idx.empty": Text(en="{file} holds nothing.", zh="{file} 里没有内容。"),
    "idx.side": Text(
        en="{file} has images of {found}; the lab takes sides of 1 to {largest}.",
        zh="{file} 的图像大小是 {found}；实验室接受的边长为 1 到 {largest}。",
    ),
    "idx.needs-side": Text(
        en="{folder} has images of {found}; this model takes {expected}.",
        zh="{folder} 的图像大小是 {found}；这个模型需要 {expected}。",
    ),
    "idx.other-size": Text(
        en="{file} has images of {found}, the training images are {expected}. The files do not"
        " belong together.",
        zh="{file} 的图像大小是 {found}，而训练图像是 {expected}。这些文件不是一套。",
    ),
    "idx.other-count": Text(
        en="{file} has {labels} labels for the {images} images of {pictures}. The files do not"
        " belong together.",
        zh="{file} 有 {labels} 个标签，而 {pictures} 有 {images} 张图像。这些文件不是一套。",
    ),
    "idx.label": Text(
        en="{file}: label {place} is {label}; the classes are 0 to {largest}.",
        zh="{file}：第 {place} 个标签是 {label}；类别应为 0 到 {largest}。",
    ),
    "idx.not-packed": Text(
        en="{file} is not packed, though its name ends with .gz. Take the .gz off its name, or"
        " fetch it again.",
        zh="{file} 的名字以 .gz 结尾，但它并不是 gzip 压缩文件。请去掉名字里的 .gz，或重新下载。",
    ),
    "idx.broken-packing": Text(
        en="{file} is damaged: it cannot be unpacked to its end. Fetch it again.",
        zh="{file} 已损坏，无法完整解压。请重新下载。",
    ),
    "idx.unreadable": Text(en="{file} cannot be read: {reason}.", zh="无法读取 {file}：{reason}。"),
}
