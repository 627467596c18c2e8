"""What a reader of a simulation must know beside its figures: what was assumed, what was not foreseen, what had no effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from yingbao.policy.overlay import Overlay
from yingbao.values.month import Month, date_from_text, month_of_date, show_month

if TYPE_CHECKING:
    from yingbao.policy.in_force import InForce
    from yingbao.policy.parameter import Parameter

_NOT_FORESEEN = (
    "不预测死亡：按已知的人员推算，没有告知的死亡、迁移、名册变动都没有计入，越往后越偏高；到龄自动计入；镇按现在的登记。",
    "不预测今后的缴费：缴费年限和个人账户按已入账的算，今后到龄的人可能因此少算。",
)


def carried_on(*laws: InForce) -> dict[str, str]:
    """Each parameter whose last value was taken to go on, and the last month it has been checked for."""
    found: dict[str, str] = {}
    for law in laws:
        for name in law.names_carried():
            end = law.parameter(name).end_month
            found[name] = "" if end is None else show_month(end - 1)
    return dict(sorted(found.items()))


def notes(
    overlay: Overlay, reform: InForce, through: Month, assumed_years: Sequence[int], unchecked: Sequence[Parameter],
    carried: Mapping[str, str],
) -> tuple[str, ...]:  # fmt: skip
    """``unchecked``: the parameters for whose want the law in force is not shown to the end; ``carried``: see carried_on."""
    found = list(_NOT_FORESEEN)
    if unchecked:
        found.append(f"{show_month(unchecked[0].end_month or 0)} 起现行政策尚未核对（{'、'.join(one.name for one in unchecked)}），"
                     "该月起只列方案，不列现行和差额。")  # fmt: skip
    if carried:
        named = "、".join(f"{reform.parameter(name).label_zh}（参数 {name}，核对至 {last}）" for name, last in carried.items())
        found.append(f"假设：下列 {len(carried)} 个参数核对截止后沿用最后一个值，只作测算，不能据此办理：{named}。")
    if assumed_years:
        found.append(f"{'、'.join(str(year) for year in assumed_years)} 年度还没有代缴批次，按年末在册人员假设，不与账面比较。")
    later = [name for name, dated in overlay.overrides.items() if _first_month(dated) > through]
    if later:
        found.append(f"方案改的 {_named(reform, later)}，在 {show_month(through)} 以后才起作用，这里看不到。")
    unread = sorted(set(overlay.overrides) - reform.names_read() - set(later))
    if unread:
        found.append(f"方案改的 {_named(reform, unread)}，推算应发时没有用到：它不决定应发多少，或决定它是否施行的参数没有开启。")
    return tuple(found)


def _first_month(dated: Mapping[object, object]) -> Month:
    return month_of_date(date_from_text(str(next(iter(dated)))))


def _named(law: InForce, names: Iterable[str]) -> str:
    return "、".join(f"{law.parameter(name).label_zh}（参数 {name}）" for name in names)
