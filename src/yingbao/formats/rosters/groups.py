"""What a line of its own says of the rows below it: a village, a town, a category, a state.

``二、农村低保``, ``杨洲村（12户）``, ``村名：杨洲村``, ``长江镇杨洲村低保名单``: such a line stands between the rows, above one
of several tables of a sheet, or over the headings of tables side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from yingbao.formats.rosters.clean_status import category_of
from yingbao.formats.rosters.clean_values import folded
from yingbao.formats.rosters.kinds import CIVIL_AFFAIRS, CIVIL_ROSTERS, KINDS, WATCH_LIST, Kind
from yingbao.formats.rosters.watched import watched_group
from yingbao.values.facts import FactKind

_LONGEST = 40
# Of another scheme: who draws its pension, and who pays into it.
RETIRED = re.compile(r"(?<!未)(?<!没有)(退休|离休|领取|待遇)")
PAYS_IN = re.compile(r"在职|参保|缴费")
_NUMBERED = re.compile(r"^[(]?[一二三四五六七八九十\d]{1,3}[)、.,:]\s*|^第[一二三四五六七八九十\d]+[部分组类]+[:、]?")
_SAID = re.compile(r"^(村名|村居|村|行政村|社区|镇村|镇|乡镇|街道|所属村|所在村|单位|填报单位|类别|类型|救助类型|名称|户籍所在地)[:]")
_COUNTY = re.compile(r"^(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?(?:[\u4e00-\u9fff]{2,3}[市县](?!场))?(?=[\u4e00-\u9fff\d]|$)")
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:镇|街道|乡|开发区|高新区|园区|农场)")
_VILLAGE = re.compile(r"[\u4e00-\u9fff0-9]{1,8}?(?:村民委员会|居民委员会|村委会|居委会|社区|村|居)(?![住民保])(?!矫正|服刑)")
_NO_VILLAGE = re.compile(r"(农村|城乡|乡村|全村|各村|本村|每村|所属村|户籍村)$|^行政村$|\d{4}年|在村")
# What may follow the place in a line that is a heading and no sentence.
_REST = re.compile(r"[\u4e00-\u9fff0-9()年月组户人名:、\-—~/]{0,24}")
_SENTENCE = re.compile(r"[。；;!！？?]|以上|如下|请|应当|须|经.{0,6}(评议|审核|公示)|提供|负责|签字|盖章|制表|填表|审核|日期")
_LEFT = re.compile(r"(?<!未)消除|退出|减少|取消|停保|停发|清退|核减|退保|注销|终止")
_STAYS = re.compile(r"新增|增加|继续|在册|在保|现有|保留|应保尽保")
_SAYS_LIST = re.compile(r"名单|名册|花名|对象|人员|户|类|部分|低保|特困|五保|保障|脱贫|贫困|残疾|学生|军人|服刑|死亡|职工|退休|在职|参保")


@dataclass(frozen=True, slots=True)
class Group:
    """What a line says; None: not said."""

    town: str | None = None
    village: str | None = None
    category: str | None = None
    fact_kind: str | None = None
    poverty_flag: bool | None = None
    left: bool | None = None  # these people are no longer on the list

    def __bool__(self) -> bool:
        return self != _NOTHING

    def over(self, before: Group) -> Group:
        """What both say together, this one first."""
        kept = {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}
        return replace(before, **kept)


_NOTHING = Group()


@lru_cache(maxsize=4096)
def group_of(text: str, kind: Kind) -> Group:
    """What a line says of the rows below it on a roster of a kind. False where it says nothing."""
    plain = folded(text)
    if not plain or len(plain) > _LONGEST or _SENTENCE.search(plain):
        return _NOTHING
    plain = _SAID.sub("", _NUMBERED.sub("", plain))
    town, village, rest = _place(plain)
    if (town or village) and not _REST.fullmatch(rest):
        return _NOTHING
    return Group(town, village, _category(plain, kind), _fact_kind(plain, kind), _poverty(plain, kind),
                 says_left(plain, kind))  # fmt: skip


def says_left(text: str, kind: Kind) -> bool | None:
    """True: a list of those who left (本月退出, 减少人员, 停保名单); False: of those who joined or stay; None: not said."""
    if not kind.is_assistance or kind.name == "poverty_register":
        return None
    left, stays = _LEFT.search(text), _STAYS.search(text)
    return None if bool(left) == bool(stays) else bool(left)


def _place(text: str) -> tuple[str | None, str | None, str]:
    """Town and village at the beginning of a line, and what follows them."""
    rest = _COUNTY.sub("", text)
    town = _TOWN.match(rest)
    if town and re.search(r"(城镇|乡镇|各镇|全镇|村镇|市镇|乡镇街道)$", town[0]):
        town = None
    rest = rest[town.end() :] if town else rest
    village = _VILLAGE.match(rest)
    if village and _NO_VILLAGE.search(village[0]):
        village = None
    return (town[0] if town else None), (village[0] if village else None), rest[village.end() :] if village else rest


def _category(text: str, kind: Kind) -> str | None:
    if kind.name == WATCH_LIST:
        return watched_group(text)
    if kind.name not in CIVIL_ROSTERS:
        return None
    named = {name for name in CIVIL_AFFAIRS if KINDS[name].names.search(text)}
    key = named.pop() if len(named) == 1 else None if named else category_of(text)[0]
    return key if key in CIVIL_AFFAIRS else None


def _fact_kind(text: str, kind: Kind) -> str | None:
    if kind.fact_kind != FactKind.OTHER_SCHEME.key or not _SAYS_LIST.search(text):
        return None
    retired, pays = RETIRED.search(text), PAYS_IN.search(text)
    if bool(retired) == bool(pays):
        return None
    return FactKind.OTHER_PENSION.key if retired else FactKind.OTHER_SCHEME.key


def _poverty(text: str, kind: Kind) -> bool | None:
    if kind.name != "poverty_register":
        return None
    if re.search(r"未(标注)?脱贫", text):
        return False
    return True if re.search(r"已(标注)?脱贫|脱贫(户|人口|人员|退出)|退出(户|人口|人员|名单|名册)", text) else None
