"""The bulletin's story as data: on which day what happens, with which file or person.

Nothing here acts. A command goes through :func:`steps` and calls the acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from yingbao.county.cast import CAST, KEYS
from yingbao.county.dirt import luck
from yingbao.county.files import CALENDAR, REGISTER_TOLD_ON
from yingbao.county.people import County
from yingbao.county.rosters import account_of

# Why 3,229 by November and 11,472 in the year: civil affairs' rural list, two thirds of the poor, came on 3 December.
FIRST_PROXY_BATCH = date(2018, 11, 28)
SECOND_PROXY_BATCH = date(2018, 12, 20)
RISE_ANNOUNCED_ON = date(2019, 3, 1)


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One thing that happens. ``letter`` is the part of the story it belongs to (a to h).

    ``do``: open_register | load | coverage | proxy_run | account_run | payroll | bank_return | waiver_signed |
    waiver_withdrawn | rise_announced | proof.
    ``subject``: a kind of roster, a month, or the key of a story person; ``details`` by ``do``:
    load: data month; payroll: month; waiver: what is waived.
    """

    on: date
    turn: int
    letter: str
    do: str
    subject: str = ""
    details: Mapping[str, str] = field(default_factory=dict, compare=False)


# Part of the story of each file: the first loads, the late death, and the month of the leaver.
_LETTER = {("police_deaths", "2019-03"): "f", ("poverty_register", "2019-02"): "g"}

_EVENTS: tuple[tuple[date, str, str, str, dict[str, str]], ...] = (
    (REGISTER_TOLD_ON, "a", "open_register", "opening_register", {"paid_through": "2018-11"}),
    (date(2018, 11, 26), "b", "coverage", "", {}),
    (date(2018, 11, 26), "g", "waiver_signed", "zhou_guifang", {"waives": "benefit"}),
    (FIRST_PROXY_BATCH, "c", "proxy_run", "2018", {"basis": "2018-11-28"}),
    (date(2018, 12, 12), "b", "coverage", "", {}),
    (date(2018, 12, 13), "d", "payroll", "2018-12", {}),
    (date(2018, 12, 17), "d", "bank_return", "2018-12", {}),
    (SECOND_PROXY_BATCH, "c", "proxy_run", "2018", {"basis": "2018-12-20"}),
    (date(2019, 1, 7), "c", "account_run", "2018", {}),
    (date(2019, 1, 14), "d", "payroll", "2019-01", {"carries": "returned lines of 2018-12"}),
    (date(2019, 1, 15), "g", "waiver_withdrawn", "zhou_guifang", {}),
    (date(2019, 1, 17), "d", "bank_return", "2019-01", {}),
    (date(2019, 2, 20), "g", "waiver_signed", "zhang_nainai", {"waives": "benefit"}),
    (date(2019, 2, 21), "d", "payroll", "2019-02", {}),
    (date(2019, 2, 25), "d", "bank_return", "2019-02", {}),
    (RISE_ANNOUNCED_ON, "e", "rise_announced", "base_pension", {"from": "2019-01", "yuan": "148"}),
    (date(2019, 3, 13), "e", "payroll", "2019-03", {"arrears": "2019-01 and 2019-02, 13 yuan each"}),
    (date(2019, 3, 18), "d", "bank_return", "2019-03", {}),
    (date(2019, 3, 20), "h", "coverage", "", {}),
    (date(2019, 3, 20), "h", "proof", "", {}),
)


def steps() -> tuple[Step, ...]:
    """The whole story in order of days; on one day files come before what is done with them."""
    loads = [
        (told_on, _LETTER.get((kind, month), "a"), "load", kind, {"month": month})
        for month, told_on, kinds in CALENDAR
        for kind in kinds
    ]
    ordered = sorted([*_EVENTS, *loads], key=lambda event: (event[0], event[2] != "load"))
    return tuple(
        Step(on, turn, letter, do, subject, details) for turn, (on, letter, do, subject, details) in enumerate(ordered)
    )


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """What the bank says of one line. ``outcome``: settled | curable | do_not_resend | unknown.

    ``code`` and ``message`` are the bank's (see the bank profile); ``later`` is what it answers when asked again
    about an unknown one, or about the line sent anew.
    """

    outcome: str
    code: str = ""
    message: str = ""
    later: str = "settled"


SETTLED = BankAnswer("settled", "0", "成功")
CURABLE = BankAnswer("curable", "105", "账号与户名不匹配")
CLOSED = BankAnswer("do_not_resend", "211", "代发账号注销", later="do_not_resend")
UNKNOWN = BankAnswer("unknown", "2", "处理中")

# December 2018, by story person; nobody else's answer is fixed by name.
NAMED_ANSWERS: Mapping[str, BankAnswer] = {"liu_kangjie": CURABLE, "huang_yufang": UNKNOWN, "xu_yan": SETTLED}


def bank_answer(id18: str, month: str, named: Mapping[str, BankAnswer]) -> BankAnswer:
    """The bank's answer to a person's line of a month: one in 400 curable, 2,000 closed, 1,000 unknown.

    ``named``: ID number → answer for the people of the story, see :func:`named_answers`.
    """
    if month == "2018-12" and id18 in named:
        return named[id18]
    draw = luck("bank", id18, month) % 20_000
    if draw < 50:
        return CURABLE
    if draw < 60:
        return CLOSED
    return UNKNOWN if draw < 80 else SETTLED


def named_answers(id_of_number: Mapping[int, str]) -> dict[str, BankAnswer]:
    """NAMED_ANSWERS by ID number, from a county's numbers."""
    return {id_of_number[KEYS[key]]: answer for key, answer in NAMED_ANSWERS.items()}


def bank_accounts(county: County) -> pl.DataFrame:
    """The cards that poor elders outside the register hold, as they show them at the counter.

    number i64, name, id18, bank, account; the same accounts that the bureaux' lists carry where they carry any.
    """
    elders = county.people.filter(
        (pl.col("role") == "outsider")
        & (pl.col("birth") < date(1959, 4, 1))
        & pl.col("number").is_in(county.claims["number"].unique().to_list())
    ).sort("number")
    cards = [(row["number"], row["name"], row["id18"], *account_of(row)) for row in elders.iter_rows(named=True)]
    schema = {"number": pl.Int64, "name": pl.String, "id18": pl.String, "bank": pl.String, "account": pl.String}
    return pl.DataFrame(cards, schema=schema, orient="row").drop_nulls("account")


def parts() -> tuple[tuple[str, str], ...]:
    """Who is in the story: how the bulletin calls them, and their part in a Chinese sentence."""
    return tuple((person.called, person.part) for person in CAST)
