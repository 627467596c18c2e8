"""One month's payroll at county size, from the draft to the bank files, act by act as the office does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bench.county import OPENING, opened
from bench.measure import Row
from bench.steps import POST_RATIO, Steps

ITEM = "3 payroll month"
_ON = date(2018, 12, 13)
WHOLE_MONTH_SECONDS = 45


def month(vendor: str, address: str, folder: Path) -> list[Row]:
    """Draft, submit, approve, post; then the payment of it: the same, and the bank files."""
    with opened(address) as by:
        from yingbao.acts import funds, payments, runs  # noqa: PLC0415
        from yingbao.formats.bank import load_profile  # noqa: PLC0415

        steps = Steps(ITEM, vendor, by)
        payroll = steps.take("payroll: draft", lambda: runs.draft_payroll(OPENING, **by("jingban", _ON)))
        steps.post("payroll", steps.through("payroll", payroll, _ON), _ON, POST_RATIO)
        paid = steps.take("payment: draft", lambda: runs.draft_disbursement(OPENING, **by("jingban", _ON)))
        needed = paid.figures["pay_fen"]
        funds.benefit_arrived(needed, "b", **by("caiwu", _ON))
        funds.draw(needed, "d", **by("caiwu", _ON))
        number = steps.through("payment", paid, _ON)
        steps.post("payment", number, _ON, POST_RATIO)
        out = folder / f"bank-{vendor}"
        out.mkdir()
        files = steps.take("payment: instruct (bank files)",
                           lambda: payments.instruct(number, profile=load_profile(), folder=out, **by("caiwu", _ON)))  # fmt: skip
        lines = sum(one.count for one in files)
        what = f"the month whole: {payroll.figures['lines']:,} lines, {lines:,} paid, {len(files)} bank files"
        return steps.whole(what, WHOLE_MONTH_SECONDS)
