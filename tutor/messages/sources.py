"""The words for cells: where the numbers of an answer come from."""

from tutor.messages import Text

TEXTS = {
    "source.heading": Text(en="{cell} comes from:", zh="{cell} 来自："),
    "source.this-number": Text(en="this number", zh="这个数"),
    "source.cells": Text(en="{name}: {where}", zh="{name}：{where}"),
    "source.number": Text(en="{name}", zh="{name}"),
    "source.no-cells": Text(
        en="No cell of other numbers: only sizes and fixed numbers.",
        zh="不来自任何一格：只用到大小和固定的数。",
    ),
    "source.all": Text(en="all of it", zh="全部"),
    "source.to": Text(en="{first} to {last}", zh="{first} 到 {last}"),
    "source.comma": Text(en=", ", zh="、"),
    "source.within": Text(en=", ", zh="，"),
    "source.also": Text(en="; ", zh="；"),
    "source.place": Text(en="place {which}", zh="第 {which} 个"),
    "source.places": Text(en="places {which}", zh="第 {which} 个"),
    "source.row": Text(en="row {which}", zh="第 {which} 行"),
    "source.rows": Text(en="rows {which}", zh="第 {which} 行"),
    "source.row-named": Text(en="row {which}", zh="{which}（行）"),
    "source.rows-named": Text(en="rows {which}", zh="{which}（行）"),
    "source.column": Text(en="column {which}", zh="第 {which} 列"),
    "source.columns": Text(en="columns {which}", zh="第 {which} 列"),
    "source.column-named": Text(en="column {which}", zh="{which}（列）"),
    "source.columns-named": Text(en="columns {which}", zh="{which}（列）"),
    "source.channel": Text(en="channel {which}", zh="第 {which} 个通道"),
    "source.channels": Text(en="channels {which}", zh="第 {which} 个通道"),
    "source.kernel": Text(en="kernel {which}", zh="第 {which} 个卷积核"),
    "source.kernels": Text(en="kernels {which}", zh="第 {which} 个卷积核"),
}
