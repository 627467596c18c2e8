"""Codes as a clerk reads them: towns, villages, boxes, reasons, bureaux."""

from __future__ import annotations

from functools import cache

import polars as pl

from yingbao.formats.certificates import PROBLEMS as CERTIFICATE_PROBLEMS
from yingbao.formats.rosters import KINDS, REASONS
from yingbao.policy.divisions import TOWN, Divisions, load_divisions
from yingbao.policy.errors import BadDivisions
from yingbao.policy.tree import load
from yingbao.rules import contributions, coverage, endings, entitlement, holds
from yingbao.rules.criterion import filled
from yingbao.values.facts import CATEGORY_BY_KEY

# Values of facts, as said across the counter.
VALUE_ZH = {
    "employee": "职工养老保险", "civil_service": "机关事业单位养老保险", "all": "代缴和待遇都放弃",
    "proxy_contribution": "放弃代缴", "benefit": "放弃待遇", "counter": "窗口", "phone": "手机", "kiosk": "自助机",
    "village_visit": "村居上门", "data_trace": "数据比对",
}  # fmt: skip
UNKNOWN_PLACE = "（未知）"
_ASKED_BY = (contributions.PROXY_CONTRIBUTION, entitlement.OVER_AGE_POOR, entitlement.REGULAR)
_DETAIL_ZH = {
    coverage.BIRTH_UNKNOWN: "在领，出生日期不明，高龄加发无法判断，由镇社保所核实",
    **{endings.ENDED_BECAUSE + reason: f"居保关系已终止：{zh}" for reason, zh in endings.REASON_ZH.items()},
}


def in_law(name: str) -> object:
    """The last value of a parameter: for a sentence about no one month."""
    return load().parameters[name].entries[-1].value


@cache
def failed_zh() -> dict[str, str]:
    """The failed criteria as sentences, by their code."""
    return {one.fails_as: filled(one.fails_zh, in_law) for question in _ASKED_BY for one in question.criteria}


def divisions(pool: int) -> Divisions | None:
    """The county's towns and villages; None where they are not kept."""
    try:
        return load_divisions(pool=pool)
    except BadDivisions:
        return None


def places(pool: int, village: str = "village") -> list[pl.Expr]:
    """Columns ``town_name`` and ``village_name`` from a 12-digit village code column."""
    known = divisions(pool)
    names = {code: one.name for code, one in known.by_code.items()} if known else {}
    code = pl.col(village)
    town = code.str.slice(0, TOWN)
    unknown = pl.lit(UNKNOWN_PLACE)
    return [
        town.replace_strict(names, default=None, return_dtype=pl.String).fill_null(unknown).alias("town_name"),
        code.replace_strict(names, default=None, return_dtype=pl.String).fill_null(unknown).alias("village_name"),
    ]


def category_zh(key: str) -> str:
    """``subsistence_rural+severe_disability`` as words."""
    return "、".join(CATEGORY_BY_KEY[one].zh if one in CATEGORY_BY_KEY else one for one in key.split("+") if one)


def reason_zh(code: str) -> str:
    """A failed criterion, a hold or a record's reason code as a sentence; the code itself where unknown."""
    head = code.partition(":")[0]
    if head in failed_zh():
        return failed_zh()[head]
    if head in _DETAIL_ZH:
        return _DETAIL_ZH[head]
    if head in holds.REASONS:
        return holds.REASONS[head]
    if head in CERTIFICATE_PROBLEMS:
        return CERTIFICATE_PROBLEMS[head]
    return REASONS[head].zh if head in REASONS else code


def reasons_zh(codes: str) -> str:
    """Several codes, joined by commas or plus signs, as sentences."""
    parts = [part for part in codes.replace("+", ",").split(",") if part]
    return "；".join(dict.fromkeys(reason_zh(part) for part in parts))


def roster_zh(kind: str) -> str:
    """A kind of roster as words."""
    return KINDS[kind].zh if kind in KINDS else kind
