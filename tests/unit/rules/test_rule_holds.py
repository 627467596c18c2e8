"""Money waits for a reason, and the reason ends by itself."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from crowd import law, one_person

from yingbao.rules.certificates import PENSIONS
from yingbao.rules.holds import held_on
from yingbao.values.facts import FactKind
from yingbao.values.month import month_of

ACCOUNT = (FactKind.BANK_ACCOUNT, None, date(2018, 1, 1), None)
REFUSED = (FactKind.ACCOUNT_REFUSED, "R03", date(2018, 12, 20), None)
NEW_ACCOUNT = (FactKind.BANK_ACCOUNT, None, date(2019, 1, 5), None)
LAPSED = (FactKind.HOLD, "life_certificate_lapsed", date(2018, 12, 1), date(2019, 1, 31))
SUSPECTED = (FactKind.SUSPECTED_DEATH, None, date(2018, 12, 1), None)
STRANGE = (FactKind.HOLD, "wants_it_in_cash", date(2018, 12, 1), None)


@pytest.mark.parametrize(("facts", "day", "reason"), [
    ((ACCOUNT,), date(2018, 12, 31), None),
    ((), date(2018, 12, 31), "no_bank_account"),
    ((NEW_ACCOUNT,), date(2018, 12, 31), "no_bank_account"),
    ((ACCOUNT, REFUSED), date(2018, 12, 19), None),
    ((ACCOUNT, REFUSED), date(2018, 12, 31), "bank_account_refused"),
    ((ACCOUNT, REFUSED, NEW_ACCOUNT), date(2019, 1, 31), None),
    ((ACCOUNT, LAPSED), date(2019, 1, 31), "life_certificate_lapsed"),
    ((ACCOUNT, LAPSED), date(2019, 2, 1), None),
    ((LAPSED, SUSPECTED), date(2018, 12, 31), "suspected_death"),
    ((ACCOUNT, STRANGE), date(2018, 12, 31), "other"),
])  # fmt: skip
def test_a_payment_waits_for_the_first_reason_that_applies_on_the_day(
    facts: tuple[tuple[FactKind, str | None, date, date | None], ...], day: date, reason: str | None
) -> None:
    nobody_asked = pl.DataFrame({"person_id": [1], "pension_from": [None]}, schema=PENSIONS)
    found = held_on(one_person(date(1950, 1, 1), *facts), nobody_asked, day, law())
    assert found["reason"].to_list() == ([reason] if reason else [])


@pytest.mark.parametrize(("pension_from", "reasons"), [(None, ["deceased_no_heir"]), (month_of(2018, 12), [])])
def test_a_move_told_of_somebody_in_payment_ends_nothing_and_holds_nothing(pension_from: int | None, reasons: list[str]) -> None:
    moved = (FactKind.RELATION_ENDED, "transferred_out", date(2018, 12, 10), None)
    persons = pl.DataFrame({"person_id": [1], "pension_from": [pension_from]}, schema=PENSIONS)
    found = held_on(one_person(date(1950, 1, 1), ACCOUNT, moved), persons, date(2018, 12, 31), law())
    assert found["reason"].to_list() == reasons
