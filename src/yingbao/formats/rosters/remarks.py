"""What a remark says besides hints: that an allowance ended, a registration was cancelled, somebody left poverty; spans in one cell."""

from __future__ import annotations

import re
from datetime import date

from yingbao.formats.rosters.clean_values import CleanDate, clean_date, folded
from yingbao.formats.rosters.grid import Value, text_of

# A remark is a sentence: 取消, 退出 alone may speak of anything, so they count with what they speak of or at the end.
_ENDED = re.compile(
    r"停保|停发|停止(发放|享受|保障|供养|救助)|不再(享受|保障|符合|纳入)|(取消|退出|终止)(了)?(低保|特困|五保|保障|救助|供养|待遇|资格)|"
    r"(低保|特困|五保|保障|救助|供养|待遇|资格)(已)?(停|取消|终止|注销|退出)|已(停|取消|退出|清退|核销|核减)|清退|退保|(取消|退出)$"
)
_GOES_ON = re.compile(r"恢复|续保|重新|暂未|未(停|取消|退)|新增")
_CANCELLED = re.compile(r"(户口|户籍).{0,2}(注销|吊销)|(注销|吊销).{0,2}(户口|户籍)|已销户")
_PLANNED = re.compile(r"预计|拟|计划|准备|争取|力争|预脱贫|将")
_NOT_LEFT = re.compile(r"(未|没有|尚未|不能|返)(标注)?(脱)?贫")
_LEFT = re.compile(r"(?:(20\d{2}|1[4-9])年?(?:度|底|末)?)?(?:已经?|标注|已标注|稳定|正常|[年月日]){0,3}脱贫")
_SPAN = re.compile(r"\s*(?:至|到|~|～|—+|–|--|起至)\s*")


def says_ended(text: str) -> bool:
    """The allowance of this row has ended."""
    return bool(_ENDED.search(text)) and not _GOES_ON.search(text)


def says_cancelled(text: str) -> bool:
    """The registration was cancelled, and the remark does not say why."""
    return bool(_CANCELLED.search(text))


def says_left_poverty(text: str) -> tuple[bool | None, date | None]:
    """Whether a remark flags somebody out of poverty, and by the end of which year; None: it does not say."""
    plain = folded(text)
    if ("脱贫" not in plain and "返贫" not in plain) or _PLANNED.search(plain):
        return None, None
    if _NOT_LEFT.search(plain):
        return False, None
    found = _LEFT.search(plain)
    if not found:
        return None, None
    year = found[1]
    return True, date(int(year if len(year) == 4 else f"20{year}"), 12, 31) if year else None  # noqa: PLR2004 - a whole year


def both_ends(value: Value) -> tuple[CleanDate, CleanDate] | None:
    """The two dates of a cell such as 2016-03-01至2021-02-28; None where it is not plainly two."""
    text = text_of(value).strip()
    parts = _SPAN.split(text)
    if len(parts) == 1:  # 2017.5.6-2019.5.5: the one line that is no part of a date
        parts = next(([text[:i], text[i + 1 :]] for i, one in enumerate(text) if one == "-" and _two(text[:i], text[i + 1 :])), parts)
    if len(parts) != 2:  # noqa: PLR2004
        return None
    first, last = map(clean_date, parts)
    return (first, last) if first and last and first.first <= last.last else None


def _two(first: str, last: str) -> bool:
    one, other = clean_date(first.strip()), clean_date(last.strip())
    return bool(one and other and one.exact == other.exact and one.exact != "year")
