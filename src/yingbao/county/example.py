"""The small set of examples: a hamlet's register and rosters, faults included, with a page on each file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from yingbao.county.files import WrittenFile, write_files
from yingbao.county.people import make_county

EXAMPLE_SEED = 20181201
_LAST_DAY = date(2018, 12, 11)  # November and December 2018

KIND_ZH = {
    1: "身份证号成了数字",
    2: "号码中有空格",
    3: "全角号码",
    4: "号码前有撇号",
    5: "小写 x",
    6: "以 × 等代替 X",
    7: "O 与 0 混淆",
    8: "15 位旧号",
    9: "校验码错",
    10: "日期不存在",
    11: "未来日期",
    12: "出生日期与号码不符",
    13: "性别与号码不符",
    14: "残疾证号填在身份证栏",
    15: "一格两个号码",
    16: "全家都是户主的号码",
    17: "同号异名",
    18: "换了号码",
    19: "姓名中有空格",
    20: "间隔号写法不一",
    21: "姓名有问号或方框",
    22: "姓名带备注",
    23: "繁体字",
    24: "曾用名",
    30: "隐藏行",
    31: "错误值",
    32: "日期含糊",
    33: "金额写成汉字",
    35: "两册村居不同",
    38: "有人不是保障对象",
    40: "已撤并的镇",
}

_HEAD = """# 示例名册 / Example rosters

全部人员均为按种子随机生成的虚构人员，与任何真人无关。这是一个小村落（约 {people} 人）
在 2018 年 11 月至 12 月收到的全部文件。
Everybody here is made up, drawn at random from a seed. These are all files that the office of a hamlet of about
{people} people gets in November and December 2018, with the faults that such files have (numbers: the dirt catalogue).

- `files.json`：各文件的部门、类别、数据月份、告知日期 / sender, kind, data month and day told of each file
- `控制数.json`：期初登记册的控制数 / control totals of the opening register
- `truth.parquet`：每一行做过什么手脚，仅供测试 / what was done to each row; for tests only

| 文件 file | 部门 bureau | 类别 kind | 人次 persons named | 毛病 faults |
|---|---|---|---|---|
"""


def _faults(truth: pl.DataFrame, name: str) -> str:
    """``5 小写 x ×3；1 身份证号成了数字 ×1`` for one file."""
    kinds = truth.filter((pl.col("file") == name) & (pl.col("kinds") != ""))["kinds"].str.split(",").explode()
    counted = kinds.cast(pl.Int64).value_counts().sort("kinds") if len(kinds) else None
    if counted is None:
        return ""
    return "；".join(f"{kind} {KIND_ZH[kind]} ×{count}" for kind, count in counted.iter_rows())


def write_examples(folder: Path) -> list[WrittenFile]:
    """Write the example set and its README into a folder; give the list of files."""
    county = make_county("hamlet", EXAMPLE_SEED)
    written = write_files(county, folder, until=_LAST_DAY)
    truth = pl.read_parquet(folder / "truth.parquet")
    lines = [
        f"| `{file.name}` | {file.bureau} | {file.kind} {file.month} | {file.parts} | {_faults(truth, file.name)} |"
        for file in written
    ]
    page = _HEAD.format(people=len(county.people)) + "\n".join(lines) + "\n"
    (folder / "README.md").write_text(page, encoding="utf-8")
    return written
