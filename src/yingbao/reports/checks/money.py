"""I3 and MONEY: nobody is paid twice, and due = settled + in transit + held + open − to recover, to the fen."""

from __future__ import annotations

from collections.abc import Iterator

from yingbao.reports.checks.check import Check, equal, none_of
from yingbao.reports.evidence import Evidence
from yingbao.reports.money import COLUMNS, COLUMNS_ZH, money_of
from yingbao.store.models import OpeningTotal
from yingbao.values.money import yuan
from yingbao.values.month import show_month
from yingbao.values.purpose import Item


def check(evidence: Evidence) -> Iterator[Check]:
    """The identity item by item, and person by person that nothing recognised is above what is due."""
    if not OpeningTotal.objects.filter(pool=evidence.pool).exists() and not evidence.entries:
        return  # a pool without books has no money to prove
    found = money_of(evidence)
    for row in found.items.iter_rows(named=True):
        if not any(row[name] for name in COLUMNS) and row["item"] > Item.COUNTY_TOP_UP:
            continue  # an item of which this county has nothing
        right = row["due_fen"] - found.difference(row)
        shown = "；".join(f"{zh} {yuan(row[name])}" for name, zh in COLUMNS_ZH.items())
        yield equal("MONEY", f"money_{row['key']}", f"{row['zh']}：应发 = 已到账 + 在途 + 暂停 + 待发 − 追回（分）",
                    f"{row['key']}: due = settled + in transit + held + open - to recover, fen", row["due_fen"], right, shown)  # fmt: skip
    total = found.total
    yield equal("MONEY", "recovery", "转入追回 = 已收回 + 已核销 + 尚待追回（分）",
                "to recover = recovered + written off + outstanding, fen", total["to_recover_fen"],
                found.recovered_fen + found.written_off_fen + found.outstanding_fen)  # fmt: skip
    over = [f"#{row['person_id']} {show_month(row['from_month'])} 多 {yuan(-row['monthly_fen'])}"
            for row in found.over.head(99).iter_rows(named=True)]  # fmt: skip
    yield none_of("I3", "never_above_due", "没有任何人任何月份的确认金额超过应发（不重复发放）",
                  "nobody's recognised month is above what is due", over, max(len(over), 1))  # fmt: skip
