"""缴费明细: each payment with its two states, collected and credited, and why money goes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from yingbao.formats.rosters import REASONS
from yingbao.reports import words
from yingbao.reports.moment import moment
from yingbao.rules.deadline import AFTER_DEADLINE
from yingbao.rules.due import Due
from yingbao.rules.makeup import BEYOND, TOO_LATE
from yingbao.rules.own_contributions import OF_THE_COUNTY, OVER_LIMIT, SAME_YEAR
from yingbao.rules.payments import payments
from yingbao.store.bases import Basis, snapshots_of
from yingbao.store.models import Fact
from yingbao.values.errors import YingbaoError
from yingbao.values.facts import FactKind
from yingbao.values.month import BEGINNING, month_of, month_of_date
from yingbao.values.purpose import Item

ITEM_OF = {
    FactKind.OWN_PAYMENT: Item.OWN_CONTRIBUTION, FactKind.MAKEUP_PAYMENT: Item.MAKEUP_CONTRIBUTION,
    FactKind.COLLECTIVE_AID: Item.COLLECTIVE_AID,
}  # fmt: skip
STATE_ZH = {
    "opening": "期初已含", "credited": "已记账", "collected": "已收、待记账", "goes_back": "应退还", "unclear": "资料不全、待核",
}  # fmt: skip
# Why money goes back, where neither a criterion nor the intake has words for it.
REFUSAL_ZH = {
    "duplicate": "同一年度已有一笔有效缴费或代缴", BEYOND: "补缴后累计缴费年限超过规定的年数", TOO_LATE: "已经领取养老金，不再补缴",
    OF_THE_COUNTY: "与代缴相同的部分，代缴在先", SAME_YEAR: "同年参加职工养老保险的月份", OVER_LIMIT: "集体补助超过当年最高缴费档次的部分",
    AFTER_DEADLINE: "在当年缴费截止日以后缴费",
}  # fmt: skip


@dataclass(frozen=True)
class PaymentLine:
    """One payment. ``state``: a key of STATE_ZH; ``why`` it goes back, if it does."""

    fact: int
    person_id: int
    kind: str
    year: int
    fen: int | None
    day: str
    reference: str
    state: str
    why: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Contributions:
    """The payments, and the parameters read to judge them that have no public document."""

    rows: list[PaymentLine]
    rests_on: list[str]


def contribution_list(pool: int, day: date, person_id: int | None = None) -> list[PaymentLine]:
    """Every payment known on a day, of one person if named, in the order of payment. Raises NotChecked."""
    return contributions_listed(pool, day, person_id).rows


def contributions_listed(pool: int, day: date, person_id: int | None = None) -> Contributions:
    """As :func:`contribution_list`, with what the states rest on."""
    known = moment(pool, day, person_ids=None if person_id is None else [person_id])
    law, opened = known.law(month_of_date(day) + 1), BEGINNING if known.opening is None else known.opening.opening_month
    basis = Basis(pool, "account", month_of(day.year, 1), day, 10**12)
    told = payments(known.facts, law)
    back = Due(known.facts, law, known.opening, snapshots_of(basis)).paid.refused
    why = dict(pl.concat([told, back]).select("fact_id", "refused").iter_rows())
    credited = {
        (person, item, year) for person, item, year, fen
        in known.facts.credits.group_by("person_id", "item", "year").agg(pl.col("fen").sum()).iter_rows() if fen > 0
    }  # fmt: skip
    references = dict(Fact.objects.filter(pk__in=told["fact_id"].to_list()).values_list("pk", "reference")) if told.height else {}
    found = []
    for row in told.iter_rows(named=True):
        kind = FactKind(row["kind"])
        booked = (row["person_id"], int(ITEM_OF[kind]), row["year"]) in credited
        state = _state(why[row["fact_id"]], before=month_of_date(row["day"]) < opened, booked=booked)
        found.append(PaymentLine(row["fact_id"], row["person_id"], kind.key, row["year"], row["fen"], str(row["day"]),
                                 references.get(row["fact_id"]) or "", state, refusal_zh(why[row["fact_id"]])))  # fmt: skip
    return Contributions(found, known.in_force.illustrative())


def _state(why: str | None, *, before: bool, booked: bool) -> str:
    if before:
        return "opening"
    if why is None:
        return "unclear"
    if why:
        return "goes_back"
    return "credited" if booked else "collected"


def refusal_zh(why: str | None) -> str:
    """The words for a refusal: of the criteria, of the intake, or our own."""
    if not why:
        return ""
    if why in REFUSAL_ZH:
        return REFUSAL_ZH[why]
    asked = "payment_not_a_tier" if why == "not_a_tier" else why
    if asked in REASONS:
        return REASONS[asked].zh
    return words.failed_zh().get(why, why)


def why_back(pool: int, day: date, person_id: int, reference: str) -> str:
    """Why a payment just taken in will go back to the payer; empty where it stands, or where the law is not known that far."""
    try:
        told = contribution_list(pool, day, person_id)
    except YingbaoError:  # the payment is kept: what becomes of it is said when it can be derived
        return ""
    return next((one.why for one in told if one.reference == reference and one.state == "goes_back"), "")
