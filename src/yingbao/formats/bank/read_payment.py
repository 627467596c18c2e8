"""Reading a payment file as the bank does: for the mock bank, and to prove what was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from yingbao.formats.bank.errors import BankFileRefused
from yingbao.formats.bank.outfile import load
from yingbao.formats.bank.profile import Profile
from yingbao.formats.bank.read_frame import check_head, parse
from yingbao.formats.bank.records import PaymentBatch, PaymentLine


def read_payment_file(
    profile: Profile, source: Path | bytes, *, name: str = ""
) -> tuple[PaymentBatch, list[PaymentLine]]:
    """The batch and its lines. Raises BankFileRefused with every problem found."""
    content, shown = load(source, name, profile.max_lines)
    parsed = parse(profile, profile.payment, content, shown)
    columns = parsed.columns
    number = str(parsed.header.get("batch", columns.get("batch", [""])[0]))
    total = sum(cast("list[int]", columns["amount"]))
    if problems := check_head(parsed, number, parsed.count, total, "count"):
        raise BankFileRefused(shown, problems)
    blank: list[object] = [""] * parsed.count
    sources = ("line", "account", "account_name", "id_number", "amount", "line_summary", "person", "spare")
    together = zip(*(columns.get(source, blank) for source in sources), strict=True)
    lines = cast("list[PaymentLine]", list(map(PaymentLine._make, together)))
    head = parsed.header
    batch = PaymentBatch(
        number=number,
        pay_on=cast("date | None", head.get("pay_on")) or date.min,
        agreement=str(head.get("agreement", "")),
        payer_account=str(head.get("payer_account", "")),
        currency=str(head.get("currency", "CNY")),
        summary=str(head.get("summary", "")),
    )
    return batch, lines
