"""Sentences about what is remembered: settings, the journal, and the disk that they are on."""

from tutor.messages import Text

TEXTS: dict[str, Text] = {
    "learner.setting-value": Text(
        en="The setting {field} cannot be {value}. Write one of: {choices}.",
        zh="设置 {field} 不能是 {value}。可以写：{choices}。",
    ),
    "learner.setting-unknown": Text(
        en="There is no setting {field}. There are: {fields}.",
        zh="没有名为 {field} 的设置。可用的设置有：{fields}。",
    ),
    "learner.settings-broken": Text(
        en="The settings file could not be understood, so the defaults are used."
        " The old file is kept as {kept}.",
        zh="设置文件无法识别，因此使用默认设置。旧文件保存为 {kept}。",
    ),
    "learner.settings-unreadable": Text(
        en="The settings in {path} cannot be read ({reason}), so the defaults are used.",
        zh="无法读取设置文件 {path}（{reason}），因此使用默认设置。",
    ),
    "learner.settings-unsaved": Text(
        en="The settings could not be written to {path} ({reason})."
        " They hold until you close the tutor.",
        zh="无法把设置写入 {path}（{reason}）。这些设置只在本次运行中有效。",
    ),
    "learner.journal-broken": Text(
        en="The file of your progress was damaged. It is kept as {kept}, and a new one is begun"
        " with what could be read of it: {saved} entries.",
        zh="学习记录文件已损坏，原文件保存为 {kept}。"
        "已新建一个文件，并写入了从中读出的 {saved} 条记录。",
    ),
    "learner.journal-newer": Text(
        en="The file of your progress, {newer}, was written by a later version of handgrad."
        " It is left as it is. This version remembers in {path}.",
        zh="学习记录文件 {newer} 是由更新版本的 handgrad 写的，这里不会改动它。"
        "当前版本把记录写在 {path}。",
    ),
    "learner.journal-full": Text(
        en="The disk is full. Go on: your answers are kept in memory and written to {path} as soon"
        " as there is room. They are lost if you close the tutor before.",
        zh="磁盘已满。可以继续学习：答案暂存在内存里，一有空间就写入 {path}。"
        "如果在此之前关闭程序，这些答案会丢失。",
    ),
    "learner.journal-readonly": Text(
        en="Nothing can be written to {path} ({reason}). Go on: your answers are kept in memory,"
        " until you close the tutor. To keep them, let TUTOR_HOME name a folder that you may"
        " write to.",
        zh="{path} 不可写（{reason}）。可以继续学习：答案暂存在内存里，关闭程序后会丢失。"
        "若要保存，请把 TUTOR_HOME 设为一个可写的文件夹。",
    ),
    "learner.journal-locked": Text(
        en="Another program holds {path}. Go on: your answers are kept in memory and written as"
        " soon as it lets go. They are lost if you close the tutor before.",
        zh="另一个程序正占用 {path}。可以继续学习：答案暂存在内存里，一旦可以写入就会写入。"
        "如果在此之前关闭程序，这些答案会丢失。",
    ),
    "learner.journal-unavailable": Text(
        en="The file of your progress, {path}, cannot be used ({reason}). Go on: your answers are"
        " kept in memory, until you close the tutor. To keep them, let TUTOR_HOME name another"
        " folder.",
        zh="学习记录文件 {path} 无法使用（{reason}）。可以继续学习：答案暂存在内存里，"
        "关闭程序后会丢失。若要保存，请把 TUTOR_HOME 设为另一个文件夹。",
    ),
    "learner.restore-conflict": Text(
        en="Nothing was brought back: some of the rounds in {kept} are in your progress already.",
        zh="没有恢复任何内容：{kept} 中的某些轮次已经在学习记录里了。",
    ),
}
