"""All checks of a pool, one after another; a check that cannot be made has failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yingbao.policy.errors import NotChecked, NotInForce
from yingbao.reports.checks import (
    accounts,
    books,
    chain,
    contributions,
    fingerprints,
    guards,
    money,
    people,
    rows,
    runs,
)
from yingbao.reports.checks.check import Check
from yingbao.reports.evidence import Evidence
from yingbao.values.errors import YingbaoError

# A part that could not be made because the day lies past the last day of the law: nothing is wrong with the books.
BEYOND = "BEYOND"

# In the order in which they are shown.
ALL: dict[str, Callable[[Evidence], Iterator[Check]]] = {
    "rows": rows.check, "chain": chain.check, "guards": guards.check, "books": books.check,
    "fingerprints": fingerprints.check, "contributions": contributions.check, "runs": runs.check,
    "money": money.check, "accounts": accounts.check, "people": people.check,
}  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """The checks made, and the parameters read for them that have no public document."""

    rows: list[Check]
    rests_on: list[str]


def run_checks(pool: int, day: date, only: Sequence[str] = ()) -> list[Check]:
    """Every identity over a pool's store on a day (``only``: some parts, by a key of ALL).

    Reads what is committed. A refusal on the way is a failed check that says so: broken books often
    cannot even be derived from.
    """
    return checked(pool, day, only).rows


def checked(pool: int, day: date, only: Sequence[str] = ()) -> Checked:
    """As :func:`run_checks`, with what the figures rest on."""
    evidence = Evidence(pool, day)
    found: list[Check] = []
    for name, check in ALL.items():
        if only and name not in only:
            continue
        try:
            found += check(evidence)
        except (NotChecked, NotInForce) as error:
            found.append(Check(BEYOND, name, "政策还没有核对到这一天，这一部分没有核对", "the law is not checked up to this day",
                               ok=False, left=None, right=None, detail=error.text(), detail_en=error.text("en")))  # fmt: skip
        except YingbaoError as error:
            found.append(_refused(name, error.text(), error.text("en")))
        except Exception as error:  # noqa: BLE001 - nobody can foresee what a damaged store throws: a check that breaks has failed
            found.append(_refused(name, f"{type(error).__name__}: {error}"[:_SHOWN]))
    return Checked(found, evidence.rests_on())


_SHOWN = 300  # characters of what a program says


def _refused(name: str, why: str, why_en: str = "") -> Check:
    return Check("ERROR", f"{name}_refused", "核对无法进行", "the check could not be made", ok=False, left=None, right=None,
                 detail=why, detail_en=why_en)  # fmt: skip


def as_json(found: Sequence[Check]) -> dict[str, Any]:
    """Plain values: the verdict and every check."""
    return {"ok": all(one.ok for one in found), "checks": [one.as_json() for one in found]}
