"""Names for made-up people: common surnames of the region, given names by sex and generation.

Homonyms occur, as they do in a village. Nobody real is meant.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Index = npt.NDArray[np.int64]

# Surname and weight; the first dozen cover about half of the people, as in the region.
_SURNAMES = (
    "张9 陈9 王8 刘6 徐6 朱5 周5 李5 吴5 顾4 沈4 黄4 丁3 许3 孙3 杨3 钱3 季3 薛3 冒3 何2 胡2 高2 郭2 "
    "马2 蒋2 曹2 严2 章2 石2 戴2 柳2 范2 邵2 卢2 唐2 冯2 宗2 葛2 姚1 夏1 潘1 陆1 金1 魏1 汤1 袁1 肖1 "
    "谢1 邓1 施1 祝1 缪1 仲1 邱1 鞠1 佘1 欧阳1 单1 仇1 查1"
)
SURNAMES: tuple[str, ...] = tuple(part.rstrip("0123456789") for part in _SURNAMES.split())
_WEIGHTS = np.array([int(part[-1]) for part in _SURNAMES.split()], dtype=np.float64)

_OLD_FEMALE = (
    "兰英 秀英 桂英 玉兰 桂兰 秀兰 凤英 素珍 玉珍 秀珍 美英 红英 桂珍 月英 金兰 扣珍 粉英 巧珍 兰珍 "
    "秀芳 桂芳 玉芳 翠英 腊英 存英 如英 万珍 宏英"
)
_OLD_MALE = (
    "国平 建国 志明 德明 金山 长林 宏明 永祥 正华 汉章 文才 学文 如山 书田 松林 广才 银山 兆祥 世友 "
    "桂林 金余 福林 寿山 有才 宝生 万年 如松 百林"
)
_MID_FEMALE = (
    "小红 丽华 春梅 海燕 爱琴 小兰 晓琴 亚萍 玲 萍 红梅 建芳 永梅 惠 丽 霞 秋云 雪梅 爱萍 翠萍 美华 "
    "国英 冬梅 建兰 琴 芳 云 小燕"
)
_MID_MALE = (
    "建军 志刚 海峰 建华 小明 爱国 永明 春林 勇 军 兵 国华 亚东 晓东 卫东 建林 志华 建平 明 林 红兵 "
    "宏兵 小勇 爱明 新华 小平 斌 祥"
)
_NEW_FEMALE = "婷婷 佳怡 思雨 欣怡 子涵 雨欣 梦洁 晨曦 静 雯 佳 颖 诗琪 雅婷 心怡 可欣 语嫣 若彤 慧敏 雪莹"
_NEW_MALE = "浩然 宇轩 子豪 俊杰 鑫 磊 伟 涛 杰 超 晨 天宇 志豪 文博 家豪 明轩 皓宇 嘉诚 宇航 凯"
GIVEN: tuple[tuple[str, ...], ...] = tuple(
    tuple(words.split()) for words in (_OLD_FEMALE, _OLD_MALE, _MID_FEMALE, _MID_MALE, _NEW_FEMALE, _NEW_MALE)
)
_FLAT = tuple(name for group in GIVEN for name in group)
_STARTS = np.cumsum([0, *(len(group) for group in GIVEN)])[:-1]
_SIZES = np.array([len(group) for group in GIVEN])

# Written whole: names of other peoples, with the middle dot of the household register (U+00B7).
WITH_DOT = ("阿依古丽·买买提", "努尔江·艾合买提", "扎西·多吉", "古丽娜·库尔班", "卓玛·央金", "帕提古丽·吐尔逊")
# Characters that the old GBK cannot write and GB18030 can;
WITH_RARE = ("徐䶮", "陈𬭎", "王㛃", "丁𬍛", "吴䶮华")


def draw_surnames(rng: np.random.Generator, count: int) -> Index:
    """``count`` positions in SURNAMES, by weight."""
    drawn: Index = rng.choice(len(SURNAMES), size=count, p=_WEIGHTS / _WEIGHTS.sum()).astype(np.int64)
    return drawn


def draw_given(rng: np.random.Generator, birth_year: Index, male: npt.NDArray[np.bool_]) -> Index:
    """Positions in the flat list of given names, by generation (before 1960, 1985, later) and sex."""
    generation = (birth_year >= 1960).astype(np.int64) + (birth_year >= 1985)
    group = generation * 2 + male
    within: Index = (rng.random(len(birth_year)) * _SIZES[group]).astype(np.int64)
    drawn: Index = within + _STARTS[group]
    return drawn


def compose(surname: Index, given: Index) -> pl.Series:
    """Surname and given name as text."""
    first = pl.Series("name", SURNAMES, dtype=pl.String).gather(surname)
    return first + pl.Series("given", _FLAT, dtype=pl.String).gather(given)
