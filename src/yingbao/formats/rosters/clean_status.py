"""The words by which bureaux say what a person is: category, allowance, poverty flag, scheme status."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from yingbao.formats.rosters.clean_values import CleanDate, clean_date, clean_yes, folded
from yingbao.formats.rosters.grid import Value, text_of
from yingbao.values.facts import Category, FactKind

# Order matters: 城市特困 is destitute, 低保 comes after 低保边缘 (which is none of ours).
_CATEGORIES: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"边缘|临时救助|支出型", None),
        (r"特困|五保|供养|三无|^03$", Category.DESTITUTE.key),
        (r"(城市|城镇|城)(居民)?(最低生活保障|低保|保)|^01$", Category.SUBSISTENCE_URBAN.key),
        (r"(农村|农)(居民)?(最低生活保障|低保|保)|^02$", Category.SUBSISTENCE_RURAL.key),
        (r"建档立卡|贫困|低收入", Category.REGISTERED_LOW_INCOME.key),
        (r"重残|重度残疾|[一二12]级残疾|残[一二]|残疾", Category.SEVERE_DISABILITY.key),
    )
)
_FULL = re.compile(r"全额|a类|^全$|一类")
_PARTIAL = re.compile(r"差额|补差|b类|c类|^差$|二类|三类")
# Words of the column that name a person without changing the category of the roster.
_NEUTRAL = re.compile(
    r"低保|最低生活|分散|集中|一般|保障|救助|户|重点|正常|常补|a类|b类|c类|一级|二级|三级|四级|残|孤儿|特殊|享受|在保|扶贫|已脱贫|未脱贫|脱贫|"
    r"视力|听力|言语|肢体|智力|精神|多重|老年|重病|成年|未成年|困境|单亲"
)


@lru_cache(maxsize=4096)
def category_of(text: str) -> tuple[str | None, str | None, bool]:
    """Category key, allowance (``full``, ``partial``) and whether the words are known at all."""
    plain = folded(text)
    allowance = "full" if _FULL.search(plain) else "partial" if _PARTIAL.search(plain) else None
    for pattern, key in _CATEGORIES:
        if pattern.search(plain):
            return key, allowance, key is not None
    return None, allowance, bool(allowance or _NEUTRAL.search(plain))


_EXITED = re.compile(
    r"^(已|稳定|巩固|标注|已标注|已经|正常)?(脱贫|脱贫不稳定|标注脱贫|退出|稳定脱贫|脱贫户|脱贫(不)?享受政策|脱贫不脱政策)(户|人口)?$|"
    r"^已标注$|^标注$|^已脱$|^已退出$"
)
_NOT_EXITED = re.compile(
    r"^(未|没有|尚未|没|不)(标注)?(脱贫|退出)?(户|人口)?$|^未标注(脱贫)?$|^返贫(户|人口)?$|^贫困(户|人口)$|"
    r"^新识别$|^预脱贫$|^未脱$|^在册$|^/$|^-+$"
)


def poverty_flag(value: Value, label: str) -> bool | None:
    """True: flagged out of poverty. ``label`` tells what a yes means (是否未脱贫 turns it)."""
    text = re.sub(r"\(.*?\)|[\"'“”]", "", folded(value))
    if _NOT_EXITED.match(text):
        return False
    if _EXITED.match(text):
        return True
    yes = clean_yes(value)
    if yes is None:
        # A year in the flag column: flagged in that year.
        year = clean_date(value)
        return True if year and year.exact in ("year", "month", "day") and year.first.year > 2000 else None  # noqa: PLR2004
    # A bare 0 or 1 under 脱贫属性 follows no published list; under 是否… it is a plain yes or no.
    if re.search(r"未(标注)?脱贫", label):
        return not yes
    return yes


def poverty_exit(value: Value) -> tuple[bool | None, CleanDate | None]:
    """The column of the year or day: whether flagged, and when. Blank words mean not flagged."""
    plain = re.sub(r"年度?$", "", folded(value))
    if plain in ("", "未", "无", "未脱贫", "未标注", "未标注脱贫", "/", "-", "—", "--", "0", "否", "没有"):
        return False, None
    when = clean_date(value)
    if when:
        return True, when
    short = re.fullmatch(r"(1[4-9]|20)", plain)  # 18年 in a column of years that began in 2014
    if short:
        year = 2000 + int(short[1])
        return True, CleanDate(date(year, 1, 1), date(year, 12, 31), "year", reformed=True)
    return None, None


_SCHEME: dict[str, str | None] = {
    "1": FactKind.OTHER_SCHEME.key, "正常参保": FactKind.OTHER_SCHEME.key, "参保缴费": FactKind.OTHER_SCHEME.key,
    "正常缴费": FactKind.OTHER_SCHEME.key, "参保": FactKind.OTHER_SCHEME.key, "在职": FactKind.OTHER_SCHEME.key,
    "正常": FactKind.OTHER_SCHEME.key, "已参保": FactKind.OTHER_SCHEME.key, "在保": FactKind.OTHER_SCHEME.key,
    "缴费": FactKind.OTHER_SCHEME.key, "在职参保": FactKind.OTHER_SCHEME.key,
    "2": FactKind.OTHER_PENSION.key, "正常待遇": FactKind.OTHER_PENSION.key, "退休": FactKind.OTHER_PENSION.key,
    "离休": FactKind.OTHER_PENSION.key, "离退休": FactKind.OTHER_PENSION.key, "领取待遇": FactKind.OTHER_PENSION.key,
    "待遇领取": FactKind.OTHER_PENSION.key, "已退休": FactKind.OTHER_PENSION.key, "在发": FactKind.OTHER_PENSION.key,
    "享受待遇": FactKind.OTHER_PENSION.key, "领取": FactKind.OTHER_PENSION.key, "已领取": FactKind.OTHER_PENSION.key,
    # Paid to nobody at present, and not paying in: no reason to keep the person out.
    "3": None, "参保暂停": None, "暂停参保": None, "暂停缴费": None, "中断": None, "中断缴费": None, "停保": None, "终止": None,
    "4": None, "一次性退休": None, "终止参保": None, "未参保": None, "退保": None, "0": None,
    # Paused, yet still of the other scheme: two pensions are never due.
    "5": FactKind.OTHER_PENSION.key, "待遇暂停": FactKind.OTHER_PENSION.key, "暂停待遇": FactKind.OTHER_PENSION.key,
}  # fmt: skip


def scheme_status(text: str) -> tuple[str | None, bool]:
    """FactKind key of a status of another scheme, and whether the status is known."""
    plain = re.sub(r"[\s()]|\.0$", "", folded(text))
    without_code = re.sub(r"^0?([1-5])[-.、:_]?(?=[^\d.])", "", plain)
    for candidate in (plain, without_code, plain.lstrip("0") or "0"):
        if candidate in _SCHEME:
            return _SCHEME[candidate], True
    return None, False


_REGISTER: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"死亡|亡|去世|火化", FactKind.DEATH.key),
        (r"迁出|迁往|市外|外迁", FactKind.MOVED_OUT.key),
        (r"出国|出境|定居", FactKind.ABROAD.key),
        (r"服刑|收监|判刑|在押", FactKind.PRISONER.key),
        (r"服兵役|入伍|参军|现役", FactKind.SOLDIER.key),
        (r"^0$|不在户", FactKind.MOVED_OUT.key),
        (r"正常|在户|迁入|常住|在册|^1$|恢复|在校|有效", None),
    )
)


def register_state(text: str) -> tuple[str | None, bool]:
    """FactKind key of a household-register state (正常, 迁出, 死亡 …), and whether it is known."""
    plain = folded(text).removesuffix(".0")
    for pattern, key in _REGISTER:
        if pattern.search(plain):
            return key, True
    return None, False


@lru_cache(maxsize=16384)
def place(text: str) -> tuple[str, bool]:
    """A town or village without its mark of abolition, and whether it carried one (（原）鹤岭镇)."""
    found = re.sub(r"[(（\[【]\s*原\s*[)）\]】]|^原(?=[\u4e00-\u9fff]{2,}(镇|乡|村|居|社区|街道))", "", text).strip()
    return re.sub(r"\s+", "", found), found != text.strip()


_GROUP = re.compile(r"第?[\d一二三四五六七八九十]{1,3}(村民)?(小)?组$")


def village(text: str) -> tuple[str | None, str | None, bool]:
    """Town, village and mark of abolition of a cell: 杨洲村, 杨洲村3组, 长江镇杨洲村. None where it does not say."""
    found, abolished = place(text)
    found = _GROUP.sub("", found)
    both = re.fullmatch(r"([\u4e00-\u9fff]{2,5}?(?:镇|街道|乡))([\u4e00-\u9fff\d]{1,8}(?:村|居|社区|居委会|村委会))", found)
    return (both[1], both[2], abolished) if both else (None, found or None, abolished)


def account_text(value: Value) -> str | None:
    """The digits of a bank account; None for a damaged number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        # Beyond fifteen digits a spreadsheet number has lost its tail.
        whole = int(value)
        return str(whole) if value == whole and whole < 10**15 else None
    return re.sub(r"[\s'\-\u00a0\u200b]", "", folded(text_of(value))) or None
